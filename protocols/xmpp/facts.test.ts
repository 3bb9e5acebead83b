import { beforeEach, describe, expect, it } from 'vitest';
import { KithError } from '../../src/base/index.ts';
import {
  availablePresence,
  type ConnectionEvent,
  type ContactId,
  newContact,
  offlinePresence,
} from '../../src/domain/index.ts';
import { Facts } from './facts.ts';
import { Handled } from './handled.ts';

const [amy, bob] = ['amy', 'bob'] as [ContactId, ContactId];
const online: ConnectionEvent = { type: 'status-changed', status: 'online' };
const presence = (id: ContactId, what = availablePresence): ConnectionEvent => ({
  type: 'presences-changed',
  presences: [[id, what]],
});
const contacts = (changed: readonly ContactId[], removed: readonly ContactId[] = []): ConnectionEvent => ({
  type: 'contacts-changed',
  changed: changed.map((id) => newContact(id)),
  removed,
});

describe('what is said upwards', () => {
  let said: ConnectionEvent[];
  let acknowledged: number[];
  let handled: Handled;
  let facts: Facts;
  let stumbled: unknown[];
  beforeEach(() => {
    said = [];
    acknowledged = [];
    handled = new Handled((number) => acknowledged.push(number));
    stumbled = [];
    facts = new Facts(
      (event) => said.push(event),
      handled,
      (error) => stumbled.push(error),
    );
  });

  it('is gathered until the turn ends: one event for many presences, the last of each', async () => {
    facts.say(presence(amy));
    facts.say(presence(bob));
    facts.say(presence(amy, offlinePresence));
    expect(said).toEqual([]);
    await Promise.resolve();
    expect(said).toEqual([
      {
        type: 'presences-changed',
        presences: [
          [amy, offlinePresence],
          [bob, availablePresence],
        ],
      },
    ]);
  });

  it('keeps its order between kinds', async () => {
    facts.say(presence(amy));
    facts.say(contacts([bob]));
    facts.say(presence(bob));
    await Promise.resolve();
    expect(said.map(({ type }) => type)).toEqual(['presences-changed', 'contacts-changed', 'presences-changed']);
  });

  it('forgets a contact that came and went in one turn, and keeps one that went and came', async () => {
    facts.say(contacts([amy]));
    facts.say(contacts([], [amy]));
    facts.say(contacts([], [bob]));
    facts.say(contacts([bob]));
    await Promise.resolve();
    expect(said).toEqual([{ type: 'contacts-changed', changed: [newContact(bob)], removed: [amy] }]);
  });

  it('goes out at once when it cannot wait, after what was said before', () => {
    facts.say(presence(amy));
    facts.sayNow(online);
    expect(said.map(({ type }) => type)).toEqual(['presences-changed', 'status-changed']);
  });

  it('holds back every stanza that had a part in it', async () => {
    handled.during(1, () => facts.say(presence(amy)));
    handled.during(2, () => facts.say(presence(bob)));
    facts.stored(0);
    await Promise.resolve();
    expect(acknowledged).toEqual([]);
    facts.stored(1);
    expect(acknowledged).toEqual([2]);
  });

  it('lets others wait until it is on disk', async () => {
    const done: string[] = [];
    facts.whenStored(() => done.push('nothing was said'));
    facts.say(presence(amy));
    facts.whenStored(() => done.push('amy'));
    facts.say(online);
    facts.whenStored(() => done.push('online'));
    await Promise.resolve();
    facts.whenStored(() => done.push('later'));
    expect(done).toEqual(['nothing was said']);
    facts.stored(1);
    expect(done.slice(1)).toEqual(['amy']);
    facts.stored(2);
    expect(done.slice(2)).toEqual(['online', 'later']);
  });

  it('goes on behind one that could not do what it waited for, on disk or about to be', async () => {
    const done: string[] = [];
    const fails = () => {
      throw new KithError('not-online', 'There is no session to send over');
    };
    facts.whenStored(fails);
    facts.say(presence(amy));
    facts.whenStored(fails);
    facts.whenStored(() => done.push('amy'));
    await Promise.resolve();
    facts.stored(1);
    expect(done).toEqual(['amy']);
    expect(stumbled).toHaveLength(2);
  });

  it('counts as stored when whoever heard it stored it at once', async () => {
    const done: string[] = [];
    const eager = new Facts(
      (event) => {
        const revision = said.push(event);
        eager.stored(revision);
        return revision;
      },
      handled,
      (error) => stumbled.push(error),
    );
    handled.during(1, () => eager.say(presence(amy)));
    eager.whenStored(() => done.push('stored'));
    await Promise.resolve();
    expect(done).toEqual(['stored']);
    expect(acknowledged).toEqual([1]);
  });
});
