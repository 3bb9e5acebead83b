import { describe, expect, it } from 'vitest';
import { noLeaks } from '../harness/no-leaks.ts';
import { until } from '../harness/waiting.ts';
import { account, juliet, neighbours, type Neighbour } from './verona.ts';
import { windows } from './window.ts';

const rosaline: Neighbour = {
  address: 'rosaline@verona.example',
  name: 'Rosaline',
  groups: [],
  availability: 'unknown',
  request: 'We met at the masked supper. I was the owl.',
};

describe('the list of people', () => {
  noLeaks();
  const open = windows();

  it('stands in groups, the more reachable first, with a tree’s places for the ear', async () => {
    const { page } = await open();
    const tree = page.getByRole('tree', { name: 'People' });
    await tree.waitFor();
    const rows = await tree
      .getByRole('treeitem')
      .evaluateAll((items) =>
        items.map((item) => [item.getAttribute('aria-level'), item.querySelector('bdi')?.textContent]),
      );
    expect(rows).toEqual([
      ['1', 'Close'],
      ['2', 'Benvolio'],
      ['2', 'Romeo Montague'],
      ['2', 'Friar Laurence'],
      ['2', 'Nurse'],
      ['1', 'Family'],
      ['2', 'Lady Capulet'],
      ['2', 'Tybalt'],
      ['1', 'Verona'],
      ['2', 'Mercutio'],
      ['2', '佐藤美月'],
      ['2', 'ليلى الأندلسي'],
      ['2', 'Tybalt'],
    ]);
    const nurse = tree.getByRole('treeitem', { name: /Nurse ?, away/ });
    expect(await nurse.getAttribute('aria-posinset')).toBe('4');
    expect(await nurse.getAttribute('aria-setsize')).toBe('4');
  });

  it('shows presence, typing and what is unread as they come, and never reorders under the pointer', async () => {
    const { page, stage } = await open();
    const nurse = page.getByRole('treeitem', { name: /^Nurse/ });
    await nurse.hover();
    stage.presence('angelica@capulet.example', 'available', 'The bread is out');
    await page.getByRole('treeitem', { name: /^Nurse ?, available/ }).waitFor();
    const names = (): Promise<(string | undefined)[]> =>
      page.getByRole('treeitem').evaluateAll((items) => items.map((item) => item.querySelector('bdi')?.textContent));
    expect((await names()).slice(1, 5)).toEqual(['Benvolio', 'Romeo Montague', 'Friar Laurence', 'Nurse']);
    await page.mouse.move(900, 300);
    await until('the new order', async () => ((await names())[2] === 'Nurse' ? true : undefined));

    stage.typing('mercutio@verona.example', 'composing');
    await page.getByRole('treeitem', { name: /^Mercutio.*typing…/ }).waitFor();
    stage.typing('mercutio@verona.example', 'active');
    stage.hear('mercutio@verona.example', 'A plague on both your printers');
    await page.getByRole('treeitem', { name: /^Mercutio.*A plague on both your printers.*1 unread/ }).waitFor();
    stage.presence('benvolio@montague.example', 'offline');
    await page.getByRole('treeitem', { name: /^Benvolio ?, offline.*Seen 17:53/ }).waitFor();
    await page.getByRole('tab', { name: /Recent.*2.*with unread messages/ }).waitFor();
  });

  it('keeps Recent in the order of the last word', async () => {
    const { page, stage } = await open();
    await page.getByRole('tab', { name: /Recent/ }).click();
    await page.mouse.move(900, 300);
    stage.hear('mercutio@verona.example', 'Me first');
    const first = page.getByRole('treeitem').first();
    await until('Mercutio to come first', async () =>
      (await first.locator('bdi').textContent()) === 'Mercutio' ? true : undefined,
    );
  });

  it('finds by a piece of a name or an address, opens the first with Enter, and offers to add a stranger', async () => {
    const { page } = await open();
    await page.getByRole('treeitem', { name: /^Nurse/ }).waitFor();
    await page.locator('#find').focus();
    await page.keyboard.type('lauren');
    await page.getByRole('treeitem', { name: /^Nurse/ }).waitFor({ state: 'detached' });
    expect(await page.getByRole('treeitem').count()).toBe(1);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Friar Laurence' }).waitFor();

    await page.locator('#find').focus();
    await page.keyboard.type('paris@kinsman.example');
    await page.getByText('Nothing for “paris@kinsman.example”').waitFor();
    await page.getByRole('button', { name: 'Add paris@kinsman.example' }).click();
    expect(await page.getByLabel('Address').inputValue()).toBe('paris@kinsman.example');
  });

  it('asks someone, and says so under the field when that cannot be', async () => {
    const { page, stage } = await open();
    await page.getByRole('button', { name: 'Add a person' }).click();
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByText('Write their address.').waitFor();
    await page.getByLabel('Address').fill('paris@kinsman.example');
    await page.getByLabel('Name').fill('County Paris');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByText('paris@kinsman.example was asked').waitFor();
    expect(stage.askedFor('contact.request')).toEqual([
      { account: 'juliet', address: 'paris@kinsman.example', alias: 'County Paris', welcome: true },
    ]);
  });

  it('shows a request where the person will be, accepts it, or sets it aside with a way back', async () => {
    const { page, stage } = await open({ neighbours: [...neighbours, rosaline] });
    const card = page.getByRole('region', { name: 'Request from Rosaline' });
    await card.getByText('We met at the masked supper. I was the owl.').waitFor();
    await card.getByRole('button', { name: 'Not now' }).click();
    await card.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Undo' }).click();
    await card.getByRole('button', { name: 'Accept' }).click();
    await until('both wishes', () => stage.askedFor('contact.request').at(0));
    expect(stage.askedFor('contact.authorise')).toEqual([{ account: 'juliet', contact: 'rosaline@verona.example' }]);
    expect(stage.askedFor('contact.request')).toEqual([{ account: 'juliet', address: 'rosaline@verona.example' }]);
  });

  it('keeps a request put off in its quiet place, over a reload, and answers it there', async () => {
    const { page, stage } = await open({ neighbours: [...neighbours, rosaline] });
    const card = page.getByRole('region', { name: 'Request from Rosaline' });
    await card.getByRole('button', { name: 'Not now' }).focus();
    await page.keyboard.press('Enter');
    await card.waitFor({ state: 'detached' });
    expect(stage.askedFor('contact.setAside')).toEqual([
      { account: 'juliet', contact: 'rosaline@verona.example', aside: true },
    ]);
    await until('the focus in the list', () =>
      page.evaluate(() => (document.activeElement?.getAttribute('role') === 'treeitem' ? true : undefined)),
    );
    await page.reload();
    await page.getByRole('treeitem', { name: /^Benvolio/ }).waitFor();
    expect(await card.count()).toBe(0);

    await page.getByRole('treeitem', { name: /^Benvolio/ }).focus();
    await page.keyboard.press('End');
    const place = page.getByRole('treeitem', { name: /^Requests set aside ?, 1$/, expanded: false });
    await place.waitFor();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    const row = page.getByRole('treeitem', { name: /^Rosaline.*Wants to see when you are online/ });
    await row.waitFor();
    await page.keyboard.press('Enter');
    const about = page.getByRole('complementary', { name: 'About Rosaline' });
    await about.getByText('I was the owl.', { exact: false }).waitFor();
    await about.getByRole('button', { name: 'Decline' }).click();
    await until('the wish', () => stage.askedFor('contact.refuse').at(0));
    expect(stage.askedFor('contact.refuse')).toEqual([{ account: 'juliet', contact: 'rosaline@verona.example' }]);

    await page.locator('#find').focus();
    await page.keyboard.type('rosal');
    await page.getByRole('treeitem', { name: /^Rosaline/ }).waitFor();
    await about.getByRole('button', { name: 'Accept' }).click();
    await until('both wishes', () => stage.askedFor('contact.request').at(0));
    expect(stage.askedFor('contact.authorise')).toEqual([{ account: 'juliet', contact: 'rosaline@verona.example' }]);
  });

  it('changes the status and its message from the menu, by keys alone', async () => {
    const { page, stage } = await open();
    await page.getByRole('tree').waitFor();
    await page.keyboard.press('Control+Shift+S');
    await page.getByRole('menu', { name: 'Status' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await until('the wish', () => stage.askedFor('presence.set').at(0));
    expect(stage.askedFor('presence.set')).toEqual([{ availability: 'busy', message: 'Learning lines' }]);
    await page.getByRole('button', { name: /Juliet Capulet ?, busy/ }).waitFor();

    await page.keyboard.press('Enter');
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await page.getByLabel('Status message').fill('On the balcony');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /On the balcony/ }).waitFor();
    expect(stage.askedFor('presence.set').at(-1)).toEqual({ availability: 'busy', message: 'On the balcony' });
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('self');
  });

  it('holds ten thousand people with only those in sight in the page', async () => {
    const many = Array.from({ length: 10_000 }, (_, index): Neighbour => ({
      address: `person${index}@verona.example`,
      name: `Person ${String(index).padStart(5, '0')}`,
      groups: [`Group ${index % 20}`],
      availability: index % 3 === 0 ? 'available' : 'offline',
    }));
    const { page, stage } = await open({ neighbours: many, said: {} });
    await page.getByRole('tree').waitFor();
    expect(await page.getByRole('treeitem').count()).toBeLessThan(60);
    stage.happen({
      type: 'presences-changed',
      presences: many.map(({ address }) => [address as never, { availability: 'away', status: '', message: 'Out' }]),
    });
    await page.getByRole('treeitem').nth(1).focus();
    await page.keyboard.press('End');
    await page.getByRole('treeitem', { name: /^Person 09979/ }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('treeitem');
    expect(await page.getByRole('treeitem').count()).toBeLessThan(60);
    await page.locator('#find').focus();
    await page.keyboard.type('09001');
    await page.getByRole('treeitem', { name: /^Person 09001/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Person 09001' }).waitFor();
  });

  it('lets no name or status break out of its place', async () => {
    const names = [
      '<script>alert(1)</script>',
      '\u202egro.elpmaxe@live',
      'A'.repeat(2000),
      'line\nbreak',
      ' '.repeat(8),
      'Z̸̡͓͍̼a̷l̶g̸o̶ '.repeat(20),
    ];
    const { page, complaints } = await open({
      neighbours: names.map((name, index) => ({
        address: `odd${index}@verona.example`,
        name,
        groups: [],
        availability: 'available',
        message: `${name} ${'<img src=x>'}`,
      })),
      said: {},
    });
    await page.getByRole('tree').waitFor();
    const tree = (await page.getByRole('tree').boundingBox())!;
    for (const row of await page.getByRole('treeitem').all()) {
      const box = (await row.boundingBox())!;
      expect(box.height).toBeLessThanOrEqual(60);
      expect(box.width).toBeLessThanOrEqual(tree.width);
    }
    await page.getByRole('treeitem').nth(2).click();
    await page.locator('#message-field').waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    expect(await page.locator('img').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it('says on one line each what two accounts need', async () => {
    const work = account('work', 'juliet@work.example');
    const { page, stage } = await open({ accounts: [juliet, work] });
    await page.getByRole('tree').waitFor();
    stage.happen({ type: 'status-changed', status: 'connecting' }, work.id);
    await page.getByText('Connecting to work.example…').waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await until('the wish', () => stage.askedFor('presence.set').at(0));
    expect(stage.askedFor('presence.set')).toEqual([{ account: 'work', availability: 'offline', message: '' }]);
  });
});
