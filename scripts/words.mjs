#!/usr/bin/env node
/** Gathers what the window says into its catalogs and names what a language has no words for yet. */
import { writeFileSync } from 'node:fs';
import { catalogs, shownWords } from './lib/catalogs.mjs';
import { inTree } from './lib/tree.mjs';

for (const [path, text] of catalogs()) {
  writeFileSync(inTree(path), text);
  const shown = shownWords(text);
  const missing = [...shown].filter(([, words]) => words === '').map(([english]) => english);
  console.log(`${path}: ${shown.size} texts`);
  if (path.endsWith('.po')) for (const english of missing) console.log(`  not translated: ${english}`);
}
