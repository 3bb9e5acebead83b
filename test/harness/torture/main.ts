/** `npm run torture`: the real Kith is killed at a thousand random moments while it talks with a real Prosody. See --help. */
import { existsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Random } from '../../../src/base/index.ts';
import { bounded } from '../waiting.ts';
import { tellChapter, type ChapterResult } from './chapter.ts';
import { explain, inWords, isClean, together, type Verdict } from './verdict.ts';

const chapterLength = 25;
/** Milliseconds for one chapter; it takes about one. */
const longest = 5 * 60_000;

const help = `npm run torture [-- --kills N] [--seed N] [--from N]

Kills the Kith in dist/ with SIGKILL at random moments while it and somebody else talk over a Prosody on the loopback, whose network
breaks now and then. Afterwards what the server keeps is held against what Kith keeps. Ends with 1 when anything was lost, doubled,
claimed falsely, out of order or left undecided, and tells what happened to it.

  --kills N   so many (default 1000), in chapters of ${chapterLength}, each with a new profile and a new server
  --seed N    the same moments as that run; printed at the start
  --from N    goes on after so many kills of a run with the same seed; printed after every chapter
`;

const say = (words: string): unknown => process.stdout.write(`${words}\n`);

/** Resolves with the exit code. */
export async function torture(line: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...line],
    options: {
      kills: { type: 'string', default: '1000' },
      seed: { type: 'string', default: String(Math.floor(Math.random() * 1_000_000)) },
      from: { type: 'string', default: '0' },
      help: { type: 'boolean' },
    },
  });
  const [kills, seed, from] = [Number(values.kills), Number(values.seed), Number(values.from)];
  const sound = [kills, seed, from].every((count) => Number.isInteger(count) && count >= 0);
  if (values.help === true || !sound || from % chapterLength !== 0) {
    say(help);
    return values.help === true ? 0 : 2;
  }
  if (!existsSync('dist/protocols/xmpp.js')) {
    say('Kith is not built; npm run build makes it.');
    return 2;
  }
  say(`seed ${seed}`);
  const verdicts: Verdict[] = [];
  let [done, outgoing, incoming] = [from, 0, 0];
  while (done < kills) {
    // A seed of its own for each, so that a run can be taken up where it was left.
    const random = new Random(seed + done * 7919);
    const told = await chapter(random, Math.min(chapterLength, kills - done), done);
    done += told.kills;
    outgoing += told.outgoing;
    incoming += told.incoming;
    verdicts.push(told.verdict);
    if (!isClean(told.verdict)) {
      const file = join(tmpdir(), `kith-torture-${seed}-${done}.txt`);
      writeFileSync(file, [explain(told.verdict), ...told.story, ''].join('\n'));
      say(`${explain(told.verdict)}\nThe whole story: ${file}`);
    }
    say(
      `${done} of ${kills} kills${from > 0 ? `, ${done - from} of them now` : ''}; ${outgoing} messages out, ${incoming} in: ` +
        `${inWords(together(verdicts))}${done < kills ? `. Go on: --seed ${seed} --from ${done}` : ''}`,
    );
  }
  return isClean(together(verdicts)) ? 0 : 1;
}

const chapter = (random: Random, kills: number, done: number): Promise<ChapterResult> =>
  bounded(`the chapter after ${done} kills`, tellChapter(random, kills), longest);
