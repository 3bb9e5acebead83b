/** A slow step: says what it does, shows that it is alive, says how long it took. */
import { spawn } from 'node:child_process';

/**
 * Runs a program quietly. On failure what it printed is shown. `within`: milliseconds after which it is ended.
 * Resolves with true when it ended with 0.
 */
export async function step(words, program, args, { cwd, env, within, show = true } = {}) {
  const began = Date.now();
  const { stderr } = process;
  const seconds = () => Math.round((Date.now() - began) / 1000);
  const draw = (text) => stderr.write(`\r\u001b[K${text}`);
  const alive = stderr.isTTY ? setInterval(() => draw(`${words} ${seconds()} s`), 1000) : undefined;
  stderr.write(stderr.isTTY ? words : `${words}\n`);
  let printed = '';
  const code = await new Promise((resolve) => {
    const child = spawn(program, args, { cwd, env, timeout: within, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => (printed = (printed + text).slice(-20_000)));
    child.once('error', (error) => {
      printed += error.message;
      resolve(1);
    });
    child.once('close', (ended) => resolve(ended ?? 1));
  });
  clearInterval(alive);
  if (stderr.isTTY) draw(code === 0 ? `${words} ${seconds()} s\n` : `${words} failed\n`);
  if (code !== 0 && show) stderr.write(`${printed.trim()}\n`);
  return code === 0;
}
