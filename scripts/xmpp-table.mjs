#!/usr/bin/env node
/** Writes docs/xmpp.md and docs/kith.doap anew. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as prettier from 'prettier';
import { declared, doap, page } from './lib/xmpp-table.mjs';
import { root } from './lib/tree.mjs';

const standards = await declared();
const options = await prettier.resolveConfig(join(root, 'docs/xmpp.md'));
writeFileSync(join(root, 'docs/xmpp.md'), await prettier.format(page(standards), { ...options, parser: 'markdown' }));
writeFileSync(join(root, 'docs/kith.doap'), doap(standards));
