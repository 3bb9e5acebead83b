import { describe, expect, it } from 'vitest';
import { parseXml } from '../../../test/harness/parse-xml.ts';
import { serialise } from '../stream/serialise.ts';
import { filled, NS_REGISTER, readForm } from './form.ts';

const known = { username: 'amy', password: 'secret' };
const answer = (inside: string) =>
  parseXml(`<iq xmlns="jabber:client" type="result"><query xmlns="${NS_REGISTER}">${inside}</query></iq>`);
const data = (inside: string) => `<x xmlns="jabber:x:data" type="form">${inside}</x>`;

describe('what a server wants to know', () => {
  it('asks nobody when a name and a password are all of it', () => {
    const form = readForm(answer('<instructions>Choose</instructions><username/><password/>'));
    expect(form.asks(known)).toBeUndefined();
    expect(serialise(filled(form, known))).toContain('<username>amy</username><password>secret</password></query>');
  });

  it('is asked of the person when it is more, in the server’s words', () => {
    const form = readForm(answer('<instructions>Choose</instructions><username/><password/><email/>'));
    expect(form.asks(known)).toMatchObject({
      instructions: 'Choose',
      fields: [{ name: 'email', label: 'Mail address' }],
    });
  });

  it('may stand in a form of its own, whose hidden parts go back as they came', () => {
    const form = readForm(
      answer(
        data(`<field type="hidden" var="FORM_TYPE"><value>${NS_REGISTER}</value></field>
          <field type="text-single" var="username"><required/></field><field type="text-private" var="password"><required/></field>
          <field type="list-single" var="x" label="Kind"><required/><option label="One"><value>1</value></option></field>`),
      ),
    );
    expect(form.asks(known)?.fields).toMatchObject([
      { name: 'x', kind: 'choice', options: [{ value: '1', label: 'One' }] },
    ]);
    const sent = serialise(filled(form, { ...known, x: '1', stranger: 'no' }));
    expect(sent).toContain('var="FORM_TYPE"');
    expect(sent).toContain('<field var="x"><value>1</value></field>');
    expect(sent).not.toContain('stranger');
  });

  it('brings a picture only when its bytes came along, and of a kind that is a picture', () => {
    const form = (type: string, cid: string, bytes = 'aGk=') =>
      readForm(
        answer(
          `${data(`<field var="ocr"><media xmlns="urn:xmpp:media-element"><uri type="image/png">cid:${cid}</uri></media></field>`)}
           <data xmlns="urn:xmpp:bob" cid="a@bob.xmpp.org" type="${type}">${bytes}</data>`,
        ),
      ).asks(known)?.picture;
    expect(form('image/png', 'a@bob.xmpp.org')).toEqual({ type: 'image/png', bytes: 'aGk=' });
    expect(form('image/png', 'a@bob.xmpp.org', 'aGk')).toBeUndefined();
    expect(form('image/svg+xml', 'a@bob.xmpp.org')).toBeUndefined();
    expect(form('image/png', 'b@bob.xmpp.org')).toBeUndefined();
  });

  it('may be a page elsewhere, which is told', () => {
    const form = readForm(answer('<x xmlns="jabber:x:oob"><url>https://home.example/new</url></x>'));
    expect([form.takes, form.page]).toEqual([false, 'https://home.example/new']);
    expect(readForm(answer('<x xmlns="jabber:x:oob"><url>javascript:x</url></x>')).page).toBeUndefined();
  });
});
