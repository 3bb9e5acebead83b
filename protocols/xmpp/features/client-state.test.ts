import { describe, expect, it } from 'vitest';
import { XmppRig } from '../../../test/harness/xmpp-rig.ts';
import { xml } from '../stream/element.ts';
import { clientState } from './client-state.ts';
import { presence } from './presence.ts';

const NS_CSI = 'urn:xmpp:csi:0';
const offering = {
  features: xml('features', 'http://etherx.jabber.org/streams', {}, xml('csi', NS_CSI)),
};
const rig = () => new XmppRig({ features: [presence, clientState] });
const told = (one: XmppRig) =>
  one
    .written()
    .filter(({ xmlns }) => xmlns === NS_CSI)
    .map(({ name }) => name);
const attended = (one: XmppRig, looked: boolean) => one.connection.facets.attention!.set(looked);

describe('whether anybody looks', () => {
  it('is told when it changes', async () => {
    const one = rig();
    await one.online(offering);
    await attended(one, true);
    expect(told(one)).toEqual([]);
    await attended(one, false);
    await attended(one, false);
    expect(told(one)).toEqual(['inactive']);
    await attended(one, true);
    expect(told(one)).toEqual(['active']);
  });

  it('is told to no server that did not offer to hear it', async () => {
    const one = rig();
    await one.online();
    await attended(one, false);
    expect(told(one)).toEqual([]);
  });

  it('is told again when a session goes on, which a server takes for an active one', async () => {
    const one = rig();
    await one.online(offering);
    await attended(one, false);
    told(one);
    one.server.break();
    await one.online({ ...offering, resumed: true });
    expect(told(one)).toEqual(['inactive']);
  });
});
