/** `npm run bench`: measures Kith beside what people would otherwise run. See --help. */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { format } from 'prettier';
import { digits } from './figures.ts';
import { conditions, report } from './report.ts';
import { holds, ratioOf, type Result, type Trial } from './trial.ts';
import { coldStart } from './trials/cold-start.ts';
import { crowd } from './trials/crowd.ts';
import { firstWindow } from './trials/first-window.ts';
import { library } from './trials/library.ts';
import { residentMemory } from './trials/memory.ts';
import { incomingMessages } from './trials/messages.ts';
import { back } from './trials/return.ts';
import { networkSwitch } from './trials/switch.ts';

const trials: readonly Trial[] = [
  coldStart,
  residentMemory,
  firstWindow,
  incomingMessages,
  crowd,
  back,
  networkSwitch,
  library,
];

const help = `npm run bench [-- TRIAL…] [--rounds N] [--no-write]

Measures the Kith in dist/ beside its peers, on this machine, without touching its desktop or its network.
Writes bench/RESULTS.md when all trials ran. Ends with 1 when a bar was missed, with 2 when something could not be measured.

${trials.map((trial) => `  ${trial.name.padEnd(14)} ${trial.says}`).join('\n')}

  --rounds N     so many rounds of each (default 5)
  --no-write     only print
`;

/** Resolves with the exit code. */
export async function bench(line: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...line],
    allowPositionals: true,
    allowNegative: true,
    options: {
      rounds: { type: 'string', default: '5' },
      write: { type: 'boolean', default: true },
      help: { type: 'boolean' },
    },
  });
  if (values.help === true) {
    console.log(help);
    return 0;
  }
  const rounds = Number(values.rounds);
  const wanted = positionals.length === 0 ? trials : trials.filter((trial) => positionals.includes(trial.name));
  if (!Number.isInteger(rounds) || rounds < 1 || wanted.length < positionals.length) {
    console.error(help);
    return 2;
  }
  if (!existsSync(join(process.cwd(), 'dist', 'protocols', 'xmpp.js'))) {
    console.error('Kith is not built; npm run build makes it.');
    return 2;
  }
  const taken = conditions(rounds);
  const results: Result[] = [];
  for (const trial of wanted) results.push(...(await trial.run(rounds, (words) => console.error(words))));
  const text = await format(report(results, taken), { parser: 'markdown', printWidth: 120 });
  console.log(text);
  if (values.write && wanted.length === trials.length) writeFileSync(join(process.cwd(), 'bench', 'RESULTS.md'), text);
  const missed = results.filter((result) => !holds(result));
  for (const { name, most, limit, unit } of missed)
    console.error(`${name}: more than ${most === undefined ? `${limit} ${unit}` : `${most} of its peer`}`);
  for (const result of results) console.error(`${digits(ratioOf(result) ?? Number.NaN).padStart(6)}  ${result.name}`);
  return missed.length === 0 ? 0 : 1;
}
