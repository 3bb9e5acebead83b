/** Rooms: come in, talk, see who is there, and go. */
import { describe, expect, it } from 'vitest';
import { newId } from '../../src/base/index.ts';
import type { RoomsFacet } from '../../src/contracts/index.ts';
import {
  everythingTold,
  type Message,
  type MessageId,
  type Occupant,
  type Room,
  type RoomId,
} from '../../src/domain/index.ts';
import type { Ground } from './ground.ts';
import type { Guest, Household } from './guest.ts';
import { inHousehold } from './household.ts';

/** Somebody in contract with a room: what they do there, and what they see. */
class Visitor {
  readonly guest: Guest;
  readonly room: RoomId;

  constructor(guest: Guest, room: RoomId) {
    this.guest = guest;
    this.room = room;
  }

  get facet(): RoomsFacet {
    return this.guest.connection.facet('rooms')!;
  }

  get known(): Room | undefined {
    return this.guest.connection.living.rooms.get(this.room);
  }

  get there(): ReadonlyMap<string, Occupant> {
    return this.guest.connection.living.occupants.get(this.room) ?? new Map();
  }

  enter(nick: string): Promise<void> {
    return this.facet.join(this.room, { nick });
  }

  async say(body: string): Promise<MessageId> {
    const id = newId<MessageId>();
    const target = { kind: 'room', room: this.room } as const;
    const said = { id, target, body, at: Date.now(), disclosure: everythingTold };
    await this.guest.connection.facet('messages')!.send(said);
    return id;
  }

  async hears(body: string): Promise<Message> {
    const fits = (message: Message): boolean => message.body === body;
    const heard = await this.guest.heard.until('messages-received', ({ messages }) => messages.some(fits));
    return heard.messages.find(fits)!;
  }

  async untilKnown(fits: (room: Room | undefined) => boolean): Promise<void> {
    if (fits(this.known)) return;
    await this.guest.heard.until('rooms-changed', () => fits(this.known), { after: this.guest.heard.events.length });
  }

  async untilThere(fits: (there: ReadonlyMap<string, Occupant>) => boolean): Promise<void> {
    if (fits(this.there)) return;
    const looked = (): boolean => fits(this.there);
    await this.guest.heard.until('occupants-changed', looked, { after: this.guest.heard.events.length });
  }
}

export function rooms(ground: () => Ground): void {
  /** Both online and at the door of the same room. */
  async function atTheDoor(house: Household): Promise<readonly [Visitor, Visitor]> {
    const room = ground().room('orchard');
    const [juliet, romeo] = [await house.newcomer('juliet'), await house.newcomer('romeo')];
    await juliet.arrive();
    await romeo.arrive();
    return [new Visitor(juliet, room), new Visitor(romeo, room)];
  }

  async function inside(house: Household): Promise<readonly [Visitor, Visitor]> {
    const [juliet, romeo] = await atTheDoor(house);
    await juliet.enter('Juliet');
    await romeo.enter('Romeo');
    await juliet.untilThere((there) => there.has('Romeo'));
    return [juliet, romeo];
  }

  describe('rooms', () => {
    it(
      'are known as joined when joining resolves, with who is there and what they may',
      inHousehold(ground, async (house) => {
        const [juliet, romeo] = await inside(house);
        expect(juliet.known).toMatchObject({ status: 'joined', nick: 'Juliet', wanted: true });
        expect(romeo.known).toMatchObject({ status: 'joined', nick: 'Romeo', wanted: true });
        expect([...romeo.there.keys()].toSorted()).toEqual(['Juliet', 'Romeo']);
        expect(romeo.there.get('Juliet')).toMatchObject({ role: 'moderator', affiliation: 'owner', own: false });
        expect(romeo.there.get('Romeo')).toMatchObject({ role: 'participant', affiliation: 'none', own: true });
      }),
    );

    it(
      'carry what is said to everybody in them, and back to its speaker as acknowledged',
      inHousehold(ground, async (house) => {
        const [juliet, romeo] = await inside(house);
        const id = await juliet.say('What’s in a name?');
        expect(await romeo.hears('What’s in a name?')).toMatchObject({
          target: { kind: 'room', room: romeo.room },
          direction: 'incoming',
          nick: 'Juliet',
          origin: id,
        });
        expect(await juliet.hears('What’s in a name?')).toMatchObject({ id, direction: 'outgoing', nick: 'Juliet' });
        await romeo.say('That which we call a rose');
        expect(await juliet.hears('That which we call a rose')).toMatchObject({ direction: 'incoming', nick: 'Romeo' });
      }),
    );

    it(
      'carry a correction with who its speaker is, whatever they are called by then',
      inHousehold(ground, async (house) => {
        const [juliet, romeo] = await inside(house);
        const id = await juliet.say('A rows by any other name');
        const first = await romeo.hears('A rows by any other name');
        await juliet.facet.setNick(juliet.room, 'Capulet');
        await romeo.untilThere((there) => there.has('Capulet'));
        const correction = { id: newId<MessageId>(), target: first.target, body: 'A rose', at: Date.now() };
        await juliet.guest.connection.facet('corrections')!.correct({ ...correction, disclosure: everythingTold }, id);
        const second = await romeo.hears('A rose');
        expect(second).toMatchObject({ nick: 'Capulet', replaces: id, direction: 'incoming' });
        expect(first.occupant).toBeDefined();
        expect(second.occupant).toBe(first.occupant);
      }),
    );

    it(
      'tell a new topic to everybody, with who gave it',
      inHousehold(ground, async (house) => {
        const [juliet, romeo] = await inside(house);
        await juliet.facet.setTopic(juliet.room, 'Act two');
        await romeo.untilKnown((room) => room?.topic === 'Act two');
        expect(romeo.known?.topicBy).toBe('Juliet');
      }),
    );

    it(
      'show a change of name as one person going and another coming',
      inHousehold(ground, async (house) => {
        const [juliet, romeo] = await inside(house);
        await romeo.facet.setNick(romeo.room, 'Montague');
        await juliet.untilThere((there) => there.has('Montague') && !there.has('Romeo'));
        expect(romeo.known?.nick).toBe('Montague');
        await expect(romeo.facet.setNick(romeo.room, 'Juliet')).rejects.toMatchObject({ code: 'already-exists' });
        expect(romeo.known?.nick).toBe('Montague');
      }),
    );

    it(
      'let somebody in under a name like the one they wanted when that is taken',
      inHousehold(ground, async (house) => {
        const [juliet, romeo] = await atTheDoor(house);
        await juliet.enter('Romeo');
        await romeo.enter('Romeo');
        expect(romeo.known?.status).toBe('joined');
        expect(romeo.known?.nick).not.toBe('Romeo');
        expect(romeo.known?.nick).toContain('Romeo');
      }),
    );

    it(
      'are left for good: nobody is heard of any more, and the room stays in the list until it is forgotten',
      inHousehold(ground, async (house) => {
        const [juliet, romeo] = await inside(house);
        await romeo.facet.leave(romeo.room);
        await juliet.untilThere((there) => !there.has('Romeo'));
        expect(romeo.known).toMatchObject({ status: 'left', wanted: false });
        expect(romeo.there.size).toBe(0);
        await expect(romeo.say('Anybody?')).rejects.toMatchObject({ code: 'not-online' });
        await romeo.facet.forget(romeo.room);
        expect(romeo.known).toBeUndefined();
      }),
    );

    it(
      'with a password let in who knows it, and say that they need one',
      inHousehold(ground, async (house) => {
        const [juliet, romeo] = await atTheDoor(house);
        await juliet.facet.create(juliet.room, { nick: 'Juliet' }, { name: 'Orchard', password: 'ladder' });
        await expect(romeo.enter('Romeo')).rejects.toMatchObject({ code: 'password-needed' });
        const wrong = romeo.facet.join(romeo.room, { nick: 'Romeo', password: 'rope' });
        await expect(wrong).rejects.toMatchObject({ code: 'password-needed' });
        await romeo.facet.join(romeo.room, { nick: 'Romeo', password: 'ladder' });
        expect(romeo.known).toMatchObject({ status: 'joined', name: 'Orchard' });
      }),
    );

    it(
      'are not made where there is one already',
      inHousehold(ground, async (house) => {
        const [juliet, romeo] = await atTheDoor(house);
        await juliet.enter('Juliet');
        const made = romeo.facet.create(romeo.room, { nick: 'Romeo' }, {});
        await expect(made).rejects.toMatchObject({ code: 'already-exists' });
      }),
    );

    it(
      'ask somebody in: an invitation stands in their list until they follow it',
      inHousehold(ground, async (house) => {
        const [juliet, romeo] = await atTheDoor(house);
        await juliet.facet.create(juliet.room, { nick: 'Juliet' }, { membersOnly: true });
        await juliet.facet.invite(juliet.room, romeo.guest.address, 'Bring a ladder');
        await romeo.untilKnown((room) => room?.invitation !== undefined);
        expect(romeo.known?.invitation?.text).toBe('Bring a ladder');
        // A room may name its own people by what they are called there.
        expect([juliet.guest.address, `${juliet.room}/Juliet`]).toContain(romeo.known?.invitation?.from);
        await romeo.enter('Romeo');
        expect(romeo.known?.invitation).toBeUndefined();
        expect(romeo.there.get('Romeo')?.affiliation).toBe('member');
      }),
    );

    it(
      'that anybody may find are listed by their service',
      inHousehold(ground, async (house) => {
        const [juliet, romeo] = await atTheDoor(house);
        await juliet.facet.create(juliet.room, { nick: 'Juliet' }, { name: 'Orchard', persistent: true });
        const found: string[] = [];
        for (let after: string | undefined, more = true; more; more = after !== undefined) {
          const page = await romeo.facet.list(undefined, after);
          found.push(...page.rooms.map(({ id }) => id as string));
          after = page.next;
        }
        expect(found).toContain(juliet.room);
      }),
    );
  });
}
