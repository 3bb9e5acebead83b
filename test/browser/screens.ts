/** Everything that can be seen at once, one screen after the other: for every test that holds all of them to something. */
import type { Page } from 'playwright-core';
import { type QuestionId, snapshot } from '../../src/domain/index.ts';
import { facts } from './facts.ts';
import { showFiles } from './file-scene.ts';
import { furnishRooms, rehearsal, rooms, vault } from './orchard.ts';
import type { Stage } from './stage.ts';
import { atWork, juliet, neighbours, now } from './verona.ts';

export const cast = {
  accounts: [juliet, atWork],
  neighbours: [
    ...neighbours,
    {
      address: 'rosaline@verona.example',
      name: 'Rosaline',
      groups: [],
      availability: 'unknown',
      request: 'I was the owl.',
    },
  ],
} as const;

/** By name, with the way there in a window of 1280 pixels that was opened with `cast`. */
export const screens: readonly (readonly [string, (page: Page, stage: Stage) => Promise<void>])[] = [
  [
    'a conversation with details, a failed message and an account in trouble',
    async (page, stage) => {
      stage.happen({ type: 'status-changed', status: 'offline', reason: { code: 'network', text: '' } }, atWork.id);
      stage.tell({ type: 'retry-planned', retry: { account: atWork.id, at: now + 24_000 } });
      await page.getByRole('treeitem', { name: /^Romeo Montague/ }).click();
      await page.locator('#message-field').fill('And the shutters?');
      await page.keyboard.press('Enter');
      await page.getByRole('log').getByText('And the shutters?').waitFor();
      const talk = [...stage.messages.values()].find((all) => all.at(-1)?.body === 'And the shutters?')!;
      stage.deliver(talk.at(-1)!.id, { state: 'failed', text: 'no such room' });
      stage.typing('romeo@montague.example', 'composing');
      await page.getByText('Romeo Montague is typing').waitFor();
      await page.getByRole('button', { name: 'Details', exact: true }).click();
      await page.getByRole('complementary').waitFor();
    },
  ],
  ['files on their way, here, and about to be sent', showFiles],
  [
    'recent, with nothing open',
    async (page) => {
      await page.getByRole('tab', { name: /Recent/ }).click();
      await page.getByRole('tree', { name: 'Recent' }).waitFor();
    },
  ],
  [
    'the status menu',
    async (page) => {
      await page.locator('#self').click();
      await page.getByRole('menu').waitFor();
    },
  ],
  [
    'a certificate question',
    async (page, stage) => {
      const question = { id: 'q1' as QuestionId, account: juliet.id, asked: now } as const;
      stage.tell({ type: 'questions-changed', open: [{ ...question, kind: 'certificate', question: facts }] });
      await page.getByText('one question').first().waitFor();
      await page.getByRole('button', { name: 'Show' }).click();
      await page.getByRole('heading', { name: 'Is this really capulet.example?' }).waitFor();
    },
  ],
  [
    'adding a person',
    async (page) => {
      await page.getByRole('button', { name: 'Add a person' }).click();
      await page.getByRole('button', { name: 'Add', exact: true }).click();
      await page.getByText('Write their address.').waitFor();
    },
  ],
  [
    'a room with its members, a mention and an invitation',
    async (page, stage) => {
      await showRooms(page, stage);
      await page.getByRole('treeitem', { name: /^Verona rehearsal/ }).click();
      await page.getByRole('log').getByText('can you take the lamp cue').waitFor();
      stage.roomIs(rehearsal, { topic: 'Act three', topicBy: 'Rosaline' });
      await page.getByText('Rosaline changed the topic').waitFor();
      await page.keyboard.press('Control+i');
      await page.getByRole('complementary').waitFor();
    },
  ],
  [
    'a room one is not in, and the list of rooms',
    async (page, stage) => {
      await showRooms(page, stage);
      stage.roomIs(vault, { status: 'left', reason: { code: 'password-needed', text: 'This room needs a password' } });
      await page.getByRole('treeitem', { name: /^The vault/ }).click();
      await page.getByLabel('Password of the room', { exact: true }).waitFor();
    },
  ],
  [
    'what an owner decides about a room',
    async (page, stage) => {
      await showRooms(page, stage);
      await page.getByRole('treeitem', { name: /^Verona rehearsal/ }).click();
      const me = stage.connections.get(juliet.id)!.occupants.get(rehearsal)!.get('juliet')!;
      const changed = [{ ...me, affiliation: 'owner' } as const];
      stage.happen({ type: 'occupants-changed', room: rehearsal, changed, removed: [] });
      await page.getByRole('button', { name: 'More', exact: true }).click();
      await page.getByRole('menuitem', { name: 'Room settings…' }).click();
      await page.getByLabel('Name of the room').waitFor();
    },
  ],
  ...(['Join…', 'Make…', 'Browse…'] as const).map(
    (name) =>
      [
        `rooms, ${name}`,
        async (page: Page, stage: Stage) => {
          const found = rooms.map(({ id, name: called }) => ({ id, name: called }));
          stage.answers['room.list'] = () => ({ rooms: found, next: 'more' });
          await page.keyboard.press('Control+3');
          await page.getByRole('button', { name }).click();
          if (name === 'Browse…') await page.getByRole('button', { name: 'Show more' }).waitFor();
          else await page.getByLabel('Address of the room').waitFor();
        },
      ] as const,
  ),
  ...(['Accounts', 'Appearance', 'Privacy', 'Passwords', 'Keyboard', 'About'] as const).map(
    (name) =>
      [
        `settings, ${name}`,
        async (page: Page, stage: Stage) => {
          if (name === 'Accounts') {
            const reason = { code: 'authentication-failed', text: '' } as const;
            stage.happen({ type: 'status-changed', status: 'offline', reason }, atWork.id);
          }
          await page.getByRole('button', { name: 'Settings', exact: true }).click();
          await page.getByRole('navigation', { name: 'Settings' }).getByRole('button', { name }).click();
          await page.getByRole('heading', { level: 1, name }).waitFor();
        },
      ] as const,
  ),
];

/** As they come in while the window is open. */
async function showRooms(page: Page, stage: Stage): Promise<void> {
  furnishRooms(stage);
  stage.tell({ type: 'connection-opened', connection: snapshot(stage.connections.get(juliet.id)!) });
  stage.tell({ type: 'conversations-changed', changed: [...stage.conversations.values()], removed: [] });
  await page.keyboard.press('Control+3');
  await page.getByRole('treeitem', { name: /^Verona rehearsal/ }).waitFor();
}
