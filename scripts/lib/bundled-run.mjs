/** Runs a program that is written in TypeScript and never installed: bundled into a folder that goes with it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';
import { inTree, root } from './tree.mjs';

/** `run` is the function that `entry` exports: it is given the command line, and resolves with the exit code. Ends the process. */
export async function runBundled(entry, run) {
  process.chdir(root);
  // Inside the tree, so that what the bundle leaves outside is found.
  const folder = mkdtempSync(inTree(`node_modules/.kith-${run}-`));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  // Ending by a signal would skip the exit handlers, and leave servers and daemons behind.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(130));
  try {
    const bundle = await rolldown({
      input: inTree(entry),
      external: [/^node:/, 'prettier', '@photostructure/sqlite', 'playwright-core'],
      platform: 'node',
      // `using` is newer than the Node that runs it.
      transform: { target: 'es2022' },
      logLevel: 'warn',
    });
    await bundle.write({ file: `${folder}/${run}.mjs`, format: 'esm', sourcemap: true });
    await bundle.close();
    const program = await import(pathToFileURL(`${folder}/${run}.mjs`).href);
    process.exit(await program[run](process.argv.slice(2)));
  } catch (error) {
    console.error(error.name === 'MissingProgram' ? `Not done: ${error.message}` : error);
    process.exit(2);
  }
}
