/** What `npm start` does, from a fresh clone to a window. */
import { spawn } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { buildIfNeeded, isBuilt } from './built.mjs';
import { electronProgram, fetchElectron } from './electron.mjs';
import { installIfNeeded, isInstalled } from './install.mjs';
import { inTree, notWritable, root } from './tree.mjs';

/** Sets the exit code. What is said on the way goes to standard error: standard output is Kith's own. */
export async function start(line) {
  const say = (text) => console.error(text);
  const complete = isInstalled() && isBuilt();
  const trouble = complete ? undefined : (notWritable() ?? installIfNeeded(say) ?? buildIfNeeded(say));
  if (trouble !== undefined) return fail(trouble);
  if (wantsWindow(line, process.env)) {
    const program = electronProgram() ?? fetchElectron(say);
    if (program !== undefined) return runElectron(program, line);
    say('Electron is not here and could not be fetched; Kith opens in a browser window instead.');
  } else if (asksForWindow(line)) say('There is no screen here; Kith waits for a browser instead of opening a window.');
  // In this very process: another one would only wait beside it.
  const { main } = await import(pathToFileURL(inTree('dist/kith.js')).href);
  await main(line);
}

/** False for a verb, for help, without a person, and where there is no screen. */
export function wantsWindow(line, env) {
  return (Boolean(env['DISPLAY']) || Boolean(env['WAYLAND_DISPLAY'])) && asksForWindow(line);
}

/** A link is no verb. */
function asksForWindow(line) {
  const otherwise = ['--headless', '--help', '-h', '--version'];
  const isVerb = (word, at) =>
    !word.startsWith('-') && !/^[a-z][a-z0-9+.-]*:/i.test(word) && !['--profile', '--secrets'].includes(line[at - 1]);
  return !line.some((word) => otherwise.includes(word)) && !line.some(isVerb);
}

/** As root Chromium's sandbox cannot work; only then is it left out. */
function runElectron(program, line) {
  const asRoot = process.getuid?.() === 0;
  if (asRoot) console.error('Running as root: Electron starts without its sandbox.');
  const child = spawn(program, [...(asRoot ? ['--no-sandbox'] : []), root, ...line], { stdio: 'inherit' });
  // Ctrl-C reaches Electron by itself; what is sent to this process alone is passed on.
  process.on('SIGINT', () => {});
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(fail(`Electron did not start: ${error.message}`)));
    child.once('close', (code) => {
      process.exitCode = code ?? 1;
      resolve();
    });
  });
}

function fail(words) {
  console.error(words);
  process.exitCode = 1;
}
