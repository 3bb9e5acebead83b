/** The steps of `npm start`, in order. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { electronProgram, fetchElectron } from './electron.mjs';
import { ensureInstalled } from './install.mjs';
import { isBuilt } from './sources.mjs';
import { step } from './steps.mjs';

export async function start(root, line) {
  if (!(await ensureInstalled(root))) return fail('Kith could not be installed.');
  if (!isBuilt(root)) {
    const built = await step('Building Kith …', process.execPath, [join(root, 'scripts', 'build.mjs')], { cwd: root });
    if (!built) return fail('Kith could not be built.');
  }
  if (wantsWindow(line)) {
    const program = electronProgram(root) ?? (await fetchElectron(root));
    if (program !== undefined) return runElectron(program, root, line);
    console.error('Electron is not here and could not be fetched; Kith opens in a browser window instead.');
  }
  const { main } = await import(pathToFileURL(join(root, 'dist', 'kith.js')).href);
  await main(line);
}

/** False for a verb, for help, and where no window could be shown. A link is no verb. */
function wantsWindow(line) {
  const display = Boolean(process.env['DISPLAY']) || Boolean(process.env['WAYLAND_DISPLAY']);
  const otherwise = ['--headless', '--help', '-h', '--version'];
  const verb = line.find((word) => !word.startsWith('-'));
  return display && !line.some((word) => otherwise.includes(word)) && (verb === undefined || isValueOrLink(line, verb));
}

function isValueOrLink(line, word) {
  const before = line[line.indexOf(word) - 1];
  return /^[a-z][a-z0-9+.-]*:/i.test(word) || before === '--profile' || before === '--secrets';
}

/** As root Chromium's sandbox cannot work; only then it is left out. */
function runElectron(program, root, line) {
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  if (asRoot.length > 0) console.error('Running as root: Electron starts without its sandbox.');
  const child = spawn(program, [...asRoot, root, ...line], { stdio: 'inherit' });
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
