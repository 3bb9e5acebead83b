/** A name for this session among those of the account: resource binding, RFC 6120 section 7. */
import { newId } from '../../../src/base/index.ts';
import { refusal } from './conditions.ts';
import { xml, type Element } from './element.ts';
import { ns } from './namespaces.ts';
import type { Patience } from './patience.ts';
import type { Wire } from './wire.ts';

/** Resolves with the address the server gave, whatever that is. What else arrives meanwhile is put into `early`. */
export async function bind(
  wire: Wire,
  features: Element,
  resource: string | undefined,
  early: Element[],
  patience: Patience,
): Promise<string> {
  const wish = resource === undefined ? undefined : xml('resource', ns.bind, {}, resource);
  const result = await ask(wire, xml('bind', ns.bind, {}, wish), 'The server gave no session', early, patience);
  const address = result.child('bind', ns.bind)?.child('jid')?.text() ?? '';
  const session = features.child('session', ns.session);
  if (session !== undefined && session.child('optional') === undefined)
    await ask(wire, xml('session', ns.session), 'The server began no session', early, patience);
  return address;
}

async function ask(
  wire: Wire,
  question: Element,
  failure: string,
  early: Element[],
  patience: Patience,
): Promise<Element> {
  const id = newId();
  wire.write(xml('iq', ns.stanzas, { type: 'set', id }, question));
  const answered = (element: Element) => element.is('iq', ns.stanzas) && element.attribute('id') === id;
  const answer = await answerTo(wire, answered, early, patience);
  if (answer.attribute('type') !== 'result') throw refusal(failure, answer);
  return answer;
}

/** The first element that is an answer. Stanzas before it belong to whoever stands on the stream. */
export async function answerTo(
  wire: Wire,
  isAnswer: (element: Element) => boolean,
  early: Element[],
  patience: Patience,
): Promise<Element> {
  const answer = async (): Promise<Element> => {
    for (;;) {
      const element = await wire.next();
      if (isAnswer(element)) return element;
      if (early.push(element) > mostEarly)
        throw wire.fail({ condition: 'policy-violation', text: 'Too much came before the session stood' });
    }
  };
  return await patience.step(answer(), 'Beginning the session');
}

const mostEarly = 1000;
