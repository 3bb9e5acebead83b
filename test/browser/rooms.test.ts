/** Rooms in the window: found in the list, talked in, entered, made, browsed and left. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { KithError } from '../../src/base/index.ts';
import type { ContactId, RoomId } from '../../src/domain/index.ts';
import { noLeaks } from '../harness/no-leaks.ts';
import { until } from '../harness/waiting.ts';
import { furnishRooms, garden, masks, rehearsal, vault } from './orchard.ts';
import { juliet } from './verona.ts';
import { type Look, type Scene, windows } from './window.ts';

describe('rooms', () => {
  noLeaks();
  const windowsOf = windows();
  const open = async (look: Look = {}): Promise<Scene> => {
    const scene = await windowsOf({}, { prepare: furnishRooms, ...look });
    await scene.page.getByRole('tree').waitFor();
    return scene;
  };
  const row = (page: Page, name: string) => page.getByRole('treeitem', { name: new RegExp(`^${name} ?, room`) });
  const enter = async (page: Page, name = 'Verona rehearsal'): Promise<void> => {
    await row(page, name).click();
    await page.getByRole('heading', { level: 1, name }).waitFor();
  };
  const doing = async (page: Page, what: RegExp | string): Promise<void> => {
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('menuitem', { name: what }).click();
  };

  describe('in the list', () => {
    it('stand below the people, with who named us, how much is unread, and why we are not in one', async () => {
      const { page } = await open();
      await page.getByRole('treeitem', { name: /^Rooms/ }).waitFor();
      await page
        .getByRole('treeitem', { name: /^Verona rehearsal ?, room ?, .*lamp cue.*, @ 1 mentions of you/ })
        .waitFor();
      await page
        .getByRole('treeitem', { name: /^Garden club ?, room ?, Peter: the lilacs are early ?, 24 unread/ })
        .waitFor();
      await page.getByRole('treeitem', { name: /^The vault ?, room ?, You are banned from this room/ }).waitFor();
      await page.getByRole('treeitem', { name: /^Masked ball ?, room ?, Benvolio invites you/ }).waitFor();
    });

    it('have a tab of their own and stand in Recent; only those that named us count there', async () => {
      const { page } = await open();
      await page.getByRole('tab', { name: 'Recent , 2 with unread messages' }).click();
      await row(page, 'Verona rehearsal').waitFor();
      expect(await row(page, 'The vault').count()).toBe(0);
      await page.keyboard.press('Control+3');
      expect(await page.getByRole('tab', { name: 'Rooms' }).getAttribute('aria-selected')).toBe('true');
      expect(await page.getByRole('treeitem').count()).toBe(4);
    });

    it('are found by a few letters, and opened by Enter', async () => {
      const { page } = await open();
      await page.locator('#find').focus();
      await page.keyboard.type('rehear');
      await row(page, 'Verona rehearsal').waitFor();
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { level: 1, name: 'Verona rehearsal' }).waitFor();
      expect(await page.title()).toContain('Verona rehearsal · Kith');
    });

    it('have a menu at their row: left with a way back, and removed only after it was said what that means', async () => {
      const { page, stage } = await open();
      await row(page, 'Garden club').focus();
      await page.keyboard.press('Shift+F10');
      await page.getByRole('menuitem', { name: 'Leave' }).click();
      await until('leaving', async () => stage.askedFor('room.leave').length === 1 || undefined);
      await page.getByText('You are not in this room').waitFor();
      await page.getByRole('button', { name: 'Undo' }).click();
      await until('coming back', async () => stage.askedFor('room.join').length === 1 || undefined);
      await row(page, 'The vault').click({ button: 'right' });
      await page.getByRole('menuitem', { name: 'Remove from my rooms…' }).click();
      await page.getByText('You leave The vault, and it no longer stands in your list on any device.').waitFor();
      expect(stage.askedFor('room.forget')).toEqual([]);
      await page.getByRole('button', { name: 'Remove', exact: true }).click();
      await row(page, 'The vault').waitFor({ state: 'detached' });
      expect(stage.askedFor('room.forget')).toEqual([{ account: juliet.id, room: vault }]);
    });
  });

  describe('an invitation', () => {
    it('is asked quietly, with who and their words, and put off it waits among the rooms', async () => {
      const { page, stage } = await open();
      const card = page.getByRole('region', { name: 'Invitation to Masked ball' });
      await card.getByText('Bring the good lantern.').waitFor();
      await card.getByText('Benvolio invites you to this room.').waitFor();
      expect(await page.evaluate(() => document.activeElement === document.body)).toBe(true);
      await card.getByRole('button', { name: 'Not now' }).click();
      await card.waitFor({ state: 'detached' });
      await row(page, 'Masked ball').click();
      await page.getByRole('status').getByText('Benvolio invites you to this room.').waitFor();
      expect(stage.askedFor('room.join')).toEqual([]);
      await page.getByRole('main').getByRole('button', { name: 'Join' }).click();
      await page.getByLabel('Message to Masked ball').waitFor();
    });

    it('is followed from its card, and declined with the other side told nothing more', async () => {
      const { page, stage } = await open();
      await page.getByRole('button', { name: 'Decline' }).click();
      await until('declining', async () => stage.askedFor('room.forget').length === 1 || undefined);
      await page.getByText('The invitation to Masked ball was declined').waitFor();
      stage.roomIs(masks, {
        status: 'left',
        wanted: false,
        invitation: { from: 'romeo@montague.example' as ContactId, text: '' },
      });
      await page.getByRole('region', { name: 'Invitation to masks' }).getByRole('button', { name: 'Join' }).click();
      await page.getByRole('heading', { level: 1, name: 'masks' }).waitFor();
      expect(stage.askedFor('room.join')).toEqual([{ account: juliet.id, address: masks }]);
    });
  });

  describe('a conversation', () => {
    it('says who speaks, each in one colour everywhere, and what names us stands out', async () => {
      const { page } = await open();
      await enter(page);
      const log = page.getByRole('log');
      const groups = log.getByRole('group');
      expect(await groups.filter({ hasText: 'Which horses?' }).getAttribute('aria-label')).toMatch(/^Peter, /);
      const colour = async (text: string): Promise<string> =>
        groups
          .filter({ hasText: text })
          .locator('b')
          .first()
          .evaluate((at) => getComputedStyle(at).color);
      expect(await colour('Which horses?')).toBe(await colour('Running order'));
      expect(await colour('Which horses?')).not.toBe(await colour('fourth wall'));
      const mention = log.getByRole('article').filter({ hasText: 'can you take the lamp cue' });
      expect(await mention.locator('b').textContent()).toBe('Juliet');
      expect(await log.locator('b', { hasText: /^juliet$/i }).count()).toBe(1);
      await log.locator('em').getByText('sharpens a pencil, loudly').waitFor();
      expect(await log.locator('em').textContent()).toBe('Tybalt sharpens a pencil, loudly');
      await log.getByText(/^New since/).waitFor();
    });

    it('takes what is written, shows what comes, and tells a new topic where it happened', async () => {
      const { page, stage } = await open();
      await enter(page);
      await page.keyboard.type('Seven it is.');
      await page.keyboard.press('Enter');
      await page.getByRole('log').getByText('Seven it is.').waitFor();
      expect(stage.askedFor('message.send').at(-1)).toMatchObject({ target: { kind: 'room', room: rehearsal } });
      stage.hearRoom(rehearsal, 'Mercutio', 'A wedding, then.');
      await page.getByRole('log').getByText('A wedding, then.').waitFor();
      await page.getByRole('status').getByText('Mercutio: A wedding, then.').waitFor({ state: 'attached' });
      stage.roomIs(rehearsal, { topic: 'Act three', topicBy: 'Rosaline' });
      await page.getByRole('log').getByText('Rosaline changed the topic: Act three').waitFor();
      await page.getByTitle('Show the whole topic').getByText('Act three').waitFor();
    });

    it('has its whole topic behind a press', async () => {
      const { page, stage } = await open();
      stage.roomIs(rehearsal, { topic: `Act two.\n${'A long line of props. '.repeat(30)}\nThe end` });
      await enter(page);
      const topic = page.getByTitle('Show the whole topic');
      const before = (await topic.boundingBox())!.height;
      await topic.click();
      expect((await topic.boundingBox())!.height).toBeGreaterThan(before * 2);
      expect(await topic.getAttribute('aria-expanded')).toBe('true');
    });

    it('that we were put out of says so, keeps the draft, and has the way back where one would write', async () => {
      const { page, stage } = await open();
      await enter(page);
      await page.getByLabel('Message to Verona rehearsal').fill('Wait for me');
      const reason = { code: 'permission-denied', text: 'You were removed from this room: too loud' } as const;
      stage.roomIs(rehearsal, { status: 'left', reason });
      await page.getByRole('log').getByText('You were removed from this room: too loud').waitFor();
      await page.getByRole('main').getByRole('button', { name: 'Try again' }).click();
      await until('another try', async () => stage.askedFor('room.join').length === 1 || undefined);
      expect(await page.getByLabel('Message to Verona rehearsal').inputValue()).toBe('Wait for me');
    });

    it('that was lost says that Kith tries again by itself', async () => {
      const { page, stage } = await open();
      await enter(page);
      stage.roomIs(rehearsal, {
        status: 'left',
        reason: { code: 'network', text: 'The room’s server is shutting down' },
      });
      await page
        .getByRole('status')
        .getByText('The room’s server is shutting down. Kith tries again by itself.')
        .waitFor();
      await page.getByRole('button', { name: 'Try now' }).waitFor();
      stage.roomIs(rehearsal, { status: 'joining', reason: undefined } as never);
      await page.getByText('Messages wait here and go when you are in').waitFor();
      await page.getByLabel('Message to Verona rehearsal').waitFor();
    });

    it('asks for the password a room wants, and forgets what was not it', async () => {
      const { page, stage } = await open();
      stage.roomIs(vault, { status: 'left', reason: { code: 'password-needed', text: 'This room needs a password' } });
      stage.answers['room.join'] = () => {
        throw new KithError('password-needed', 'This is not the room’s password');
      };
      await enter(page, 'The vault');
      const field = page.getByLabel('Password of the room', { exact: true });
      await field.fill('rope');
      await field.press('Enter');
      await until('the password', async () => stage.askedFor('room.join').length === 1 || undefined);
      expect(stage.askedFor('room.join')).toEqual([{ account: juliet.id, address: vault, password: 'rope' }]);
      expect(await field.inputValue()).toBe('');
      delete stage.answers['room.join'];
      await field.fill('ladder');
      await field.press('Enter');
      await page.getByLabel('Message to The vault').waitFor();
    });

    it('with markup and signs that turn the writing round in names and topic shows them as they are', async () => {
      const { page, stage, complaints } = await open();
      stage.roomIs(rehearsal, { name: '<b>Room</b>\u202egnp', topic: '<img src=x onerror=alert(1)>\u202e' });
      stage.hearRoom(rehearsal, '<i>Nick</i>\u202egpj', 'said');
      await page.getByRole('treeitem', { name: /^<b>Room<\/b>⟨⟩gnp/ }).click();
      await page.getByRole('heading', { level: 1, name: '<b>Room</b>⟨⟩gnp' }).waitFor();
      await page.getByText('<img src=x onerror=alert(1)>⟨⟩').first().waitFor();
      await page.getByRole('log').getByText('<i>Nick</i>⟨⟩gpj').waitFor();
      expect(await page.getByRole('main').locator('img').count()).toBe(0);
      expect(complaints).toEqual([]);
    });
  });

  describe('the members', () => {
    it('stand by what they may do, are found by letters, and are spoken to by a press', async () => {
      const { page } = await open();
      await enter(page);
      await page.keyboard.press('Control+i');
      const pane = page.getByRole('complementary', { name: 'In Verona rehearsal' });
      expect(await pane.getByRole('heading', { level: 3 }).allTextContents()).toEqual([
        'Moderators · 2',
        'Participants · 7',
        'Listeners · 1',
      ]);
      await pane.getByRole('button', { name: /^juliet \(you\)/ }).waitFor();
      await pane.getByRole('button', { name: /^Rosaline ?, available ?, owner/ }).waitFor();
      await pane.getByRole('searchbox', { name: 'Find a member' }).fill('balth');
      expect(await pane.getByRole('listitem').allTextContents()).toEqual([
        'Participants · 1',
        expect.stringMatching(/^BBalthasar/),
      ]);
      await pane.getByRole('button', { name: /^Balthasar/ }).click();
      expect(await page.getByLabel('Message to Verona rehearsal').inputValue()).toBe('Balthasar: ');
      expect(await page.evaluate(() => document.activeElement?.id)).toBe('message-field');
    });

    it('are walked with the arrow keys, and hear of who comes and goes', async () => {
      const { page, stage } = await open();
      await enter(page);
      await page.keyboard.press('Control+i');
      const pane = page.getByRole('complementary');
      await pane.getByRole('button', { name: /^Mercutio/ }).focus();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowDown');
      expect(await page.evaluate(() => document.activeElement?.textContent)).toMatch(/^R?Rosaline|^B?Balthasar/);
      await page.keyboard.press('End');
      expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('County Paris');
      stage.happen({ type: 'occupants-changed', room: rehearsal, changed: [], removed: ['Tybalt'] });
      await pane.getByRole('button', { name: /^Tybalt/ }).waitFor({ state: 'detached' });
      await pane.getByText('Participants · 6').waitFor();
    });

    it.each([
      ['Change the topic…', 'Topic', 'Act four', 'room.setTopic', { topic: 'Act four' }],
      ['Change your name here…', 'Your name here', 'Jules', 'room.setNick', { nick: 'Jules' }],
    ] as const)('stand below what is being done: %s', async (what, label, written, verb, wish) => {
      const { page, stage } = await open();
      await enter(page);
      await doing(page, what);
      const field = page.getByRole('textbox', { name: label });
      expect(await field.evaluate((at) => at === document.activeElement)).toBe(true);
      await field.fill(written);
      await page.keyboard.press('Enter');
      await field.waitFor({ state: 'detached' });
      expect(stage.askedFor(verb)).toEqual([{ account: juliet.id, room: rehearsal, ...wish }]);
    });

    it('are joined by whom one invites; what the room refuses stands beneath what was written', async () => {
      const { page, stage } = await open();
      let refusals = 1;
      stage.answers['room.invite'] = () => {
        refusals -= 1;
        if (refusals >= 0) throw new KithError('permission-denied', 'Only moderators may invite');
        return null;
      };
      await enter(page);
      await doing(page, 'Invite somebody…');
      await page.getByLabel('Address of whom to invite').fill('romeo@montague.example');
      await page.getByLabel('A word to them').fill('Bring a ladder');
      await page.keyboard.press('Enter');
      await page.getByRole('alert').getByText('Only moderators may invite').waitFor();
      expect(await page.getByLabel('A word to them').inputValue()).toBe('Bring a ladder');
      await page.keyboard.press('Enter');
      await page.getByText('romeo@montague.example was invited').waitFor();
      expect(stage.askedFor('room.invite').at(-1)).toEqual({
        account: juliet.id,
        room: rehearsal,
        address: 'romeo@montague.example',
        text: 'Bring a ladder',
      });
    });

    it('are let in as an owner decides, who alone is offered it', async () => {
      const { page, stage } = await open();
      await enter(page);
      await page.getByRole('button', { name: 'More', exact: true }).click();
      expect(await page.getByRole('menuitem', { name: 'Room settings…' }).count()).toBe(0);
      await page.keyboard.press('Escape');
      const me = stage.connections.get(juliet.id)!.occupants.get(rehearsal)!.get('juliet')!;
      stage.happen({
        type: 'occupants-changed',
        room: rehearsal,
        changed: [{ ...me, affiliation: 'owner' }],
        removed: [],
      });
      await doing(page, 'Room settings…');
      await page.getByRole('radio', { name: 'Members' }).click();
      await page.getByLabel('New password', { exact: true }).fill('ladder');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('The room was set up anew').waitFor();
      expect(stage.askedFor('room.configure')).toEqual([
        { account: juliet.id, room: rehearsal, settings: { membersOnly: true, password: 'ladder' } },
      ]);
    });
  });

  describe('coming into one', () => {
    it('goes by its address, from anywhere by a key, and a fault stands where it is mended', async () => {
      const { page, stage } = await open();
      await page.keyboard.press('Control+j');
      await page.getByRole('heading', { name: 'Join a room' }).waitFor();
      await page.keyboard.press('Enter');
      await page.getByRole('alert').getByText('Write the address of the room.').waitFor();
      let tries = 0;
      stage.answers['room.join'] = ({ account }) => {
        tries += 1;
        if (tries === 1) throw new KithError('password-needed', 'This room needs a password');
        if (tries === 2) throw new KithError('already-exists', 'Somebody in this room bears that name');
        stage.roomIs('cell@rooms.verona.example' as RoomId, { status: 'joined' });
        return {
          id: 'x' as never,
          account,
          target: { kind: 'room', room: 'cell@rooms.verona.example' as RoomId },
          unread: 0,
        };
      };
      await page.getByLabel('Address of the room').fill('cell@rooms.verona.example');
      await page.keyboard.press('Enter');
      await page.getByRole('alert').getByText('This room needs a password').waitFor();
      expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('password');
      await page.keyboard.type('rope');
      await page.keyboard.press('Enter');
      await page.getByRole('alert').getByText('Somebody in this room bears that name').waitFor();
      expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('nick');
      await page.keyboard.type('Friar');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { level: 1, name: 'cell' }).waitFor();
      expect(stage.askedFor('room.join').at(-1)).toEqual({
        account: juliet.id,
        address: 'cell@rooms.verona.example',
        nick: 'Friar',
        password: 'rope',
      });
    });

    it('by making it asks for no more than an address, and takes a name, a password and who may come', async () => {
      const { page, stage } = await open();
      stage.answers['room.create'] = ({ account, address }) => {
        stage.roomIs(address as RoomId, { status: 'joined' });
        return { id: 'x' as never, account, target: { kind: 'room', room: address as RoomId }, unread: 0 };
      };
      await page.keyboard.press('Control+3');
      await page.getByRole('button', { name: 'Make…' }).click();
      await page.getByLabel('Address of the room').fill('ball@rooms.verona.example');
      await page.getByRole('textbox', { name: 'Name' }).fill('Ball');
      await page.getByLabel('Only those who are invited may come in').check();
      await page.getByRole('button', { name: 'Make', exact: true }).click();
      await page.getByRole('heading', { level: 1, name: 'ball' }).waitFor();
      expect(stage.askedFor('room.create')).toEqual([
        {
          account: juliet.id,
          address: 'ball@rooms.verona.example',
          settings: { persistent: true, name: 'Ball', membersOnly: true },
        },
      ]);
    });

    it('from the list of a service, a page at a time', async () => {
      const { page, stage } = await open();
      const page1 = Array.from({ length: 50 }, (_, index) => ({
        id: `r${index}@rooms.verona.example` as RoomId,
        name: `Room ${index}`,
      }));
      stage.answers['room.list'] = ({ service, after }) => {
        if (service === 'nowhere.example') throw new KithError('not-found', 'There is no such service');
        return after === undefined ? { rooms: page1, next: 'r49' } : { rooms: [{ id: garden, name: 'Garden club' }] };
      };
      await page.keyboard.press('Control+3');
      await page.getByRole('button', { name: 'Browse…' }).click();
      const list = page.getByRole('list', { name: 'Rooms' });
      await until('a page', async () => (await list.getByRole('listitem').count()) === 50 || undefined);
      await page.getByRole('button', { name: 'Show more' }).click();
      await page.getByRole('button', { name: 'Open Garden club' }).waitFor();
      expect(await page.getByRole('button', { name: 'Show more' }).count()).toBe(0);
      await page.getByRole('button', { name: 'Join Room 7', exact: true }).click();
      await page.getByRole('heading', { level: 1, name: 'r7' }).waitFor();
      await page.keyboard.press('Control+3');
      await page.getByRole('button', { name: 'Browse…' }).click();
      await page.getByLabel('Service').fill('nowhere.example');
      await page.keyboard.press('Enter');
      await page.getByRole('alert').getByText('There is no such service').waitFor();
    });

    it('by a link only opens it; one we are not in has its door', async () => {
      const { page, stage } = await open();
      const there = 'tomb@rooms.verona.example' as RoomId;
      const conversation = stage.keepTalk({ kind: 'room', room: there }, [], 0, 0);
      stage.tell(
        { type: 'conversations-changed', changed: [conversation], removed: [] },
        { type: 'conversation-wanted', conversation: conversation.id },
      );
      await page.getByRole('heading', { level: 1, name: 'tomb' }).waitFor();
      await page.getByRole('status').getByText('You are not in this room.').waitFor();
      expect(stage.askedFor('room.join')).toEqual([]);
      stage.answers['room.join'] = () => {
        throw new KithError('permission-denied', 'This room is for members only');
      };
      await page.getByRole('main').getByRole('button', { name: 'Join' }).click();
      await page.getByRole('status').getByText('This room is for members only.').waitFor();
    });
  });
});
