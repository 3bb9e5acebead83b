/** `npm run fuzz`: a server's words, captured from a real one and changed, by the thousand. See --help. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { capture } from './capture.ts';
import { guarded, inOwnThread } from './guarded.ts';
import { trafficFolder } from './recording.ts';
import { write } from './traffic.ts';

const help = `npm run fuzz [-- --cases N] [--seed N] [--from N] | [-- --capture]

Signs an XMPP account in to a server that says again what a real Prosody said, with so many of its words changed in one of several
named ways, and watches what a person would be shown. Ends with 1 when anything crashed, hung for a minute, grew, or stood where its
speaker could not have put it, and tells how to see it again.

  --cases N   so many changed words (default 10000)
  --seed N    the same story as that run; printed at the start
  --from N    from this round of it on
  --capture   captures the traffic anew, from the Prosody of this machine
`;

await inOwnThread();

const say = (words: string): unknown => process.stdout.write(`${words}\n`);

/** Resolves with the exit code. */
export async function fuzz(line: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...line],
    options: {
      cases: { type: 'string', default: '10000' },
      seed: { type: 'string', default: String(Math.floor(Math.random() * 1_000_000)) },
      from: { type: 'string', default: '0' },
      capture: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  const [cases, seed, from] = [Number(values.cases), Number(values.seed), Number(values.from)];
  if (values.help === true || ![cases, seed, from].every((count) => Number.isInteger(count) && count >= 0)) {
    say(help);
    return values.help === true ? 0 : 2;
  }
  if (values.capture === true) return await captureAnew();
  say(`seed ${seed}`);
  let told = 0;
  const onRound = (round: number, done: number) => {
    if (Math.floor(done / 5000) === told) return;
    told = Math.floor(done / 5000);
    say(`${done} changed words after round ${round}, ${Math.round(process.memoryUsage.rss() / 2 ** 20)} MiB`);
  };
  const result = await guarded({ seed, cases, from, onRound }, new URL(import.meta.url));
  for (const [kind, count] of result.classes) say(`${String(count).padStart(7)}  ${kind}`);
  for (const complaint of result.complaints) say(complaint);
  say(
    `${result.cases} changed words in ${result.classes.size} classes, ${result.complaints.length} rounds with complaints`,
  );
  return result.complaints.length === 0 ? 0 : 1;
}

async function captureAnew(): Promise<number> {
  mkdirSync(trafficFolder, { recursive: true });
  for (const profile of ['sasl1', 'sasl2']) {
    const connections = await capture(profile === 'sasl2');
    connections.forEach((said, nth) => writeFileSync(join(trafficFolder, `${profile}-${nth + 1}.txt`), write(said)));
    say(`${profile}: ${connections.flat().length} words in ${connections.length} connections`);
  }
  return 0;
}
