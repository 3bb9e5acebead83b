import { describe, expect, it } from 'vitest';
import { noLeaks } from '../harness/no-leaks.ts';
import { now } from './verona.ts';
import { axeFaults, windows } from './window.ts';

const romeo = 'romeo@montague.example';
const sheet = `> Where is *the moon*?
> > In the cart.
It is _not_ in the ~cart~ wagon, see \`moon.cue\`:
\`\`\`
*13* moon
\`\`\``;

describe('styling in what was written', () => {
  noLeaks();
  const open = windows();

  it.each(['light', 'dark'] as const)(
    'is shown with its marks, quotations and code as such: %s',
    async (colorScheme) => {
      const { page, stage, complaints } = await open({}, { colorScheme });
      await page.getByRole('treeitem', { name: /^Romeo Montague/ }).click();
      const { id } = stage.hear(romeo, sheet);
      const plate = page.locator(`[data-message="${id}"]`);
      await plate.waitFor();
      expect(await plate.locator('strong').allInnerTexts()).toEqual(['*the moon*']);
      expect(await plate.locator('em').allInnerTexts()).toEqual(['_not_']);
      expect(await plate.locator('s').allInnerTexts()).toEqual(['~cart~']);
      expect(await plate.locator('code').allInnerTexts()).toEqual(['`moon.cue`', '*13* moon']);
      expect(await plate.locator('blockquote blockquote').allInnerTexts()).toEqual(['In the cart.']);
      expect(await axeFaults(page)).toEqual([]);
      expect(complaints).toEqual([]);
    },
  );

  it('is not read into words whose sender wants none', async () => {
    const { page, stage } = await open();
    await page.getByRole('treeitem', { name: /^Romeo Montague/ }).click();
    const { id } = stage.hear(romeo, '> *a* _b_', now, { unstyled: true });
    const plate = page.locator(`[data-message="${id}"]`);
    await plate.getByText('> *a* _b_').waitFor();
    expect(await plate.locator('strong, em, blockquote').count()).toBe(0);
  });

  it('goes with what somebody does: /me is their name', async () => {
    const { page, stage } = await open();
    await page.getByRole('treeitem', { name: /^Romeo Montague/ }).click();
    const { id } = stage.hear(romeo, '/me climbs *down*');
    const plate = page.locator(`[data-message="${id}"]`);
    await plate.getByText('Romeo Montague climbs').waitFor();
    expect(await plate.locator('strong').allInnerTexts()).toEqual(['*down*']);
    stage.hear(romeo, '/meanwhile, nothing');
    await page.getByRole('log').getByText('/meanwhile, nothing').waitFor();
  });
});
