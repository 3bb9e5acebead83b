/** What was measured, for people: a table, what each figure means, and under which conditions it was taken. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, loadavg, release, totalmem } from 'node:os';
import { digits, ratios, spread } from './figures.ts';
import { holds, ratioOf, type Result } from './trial.ts';

export interface Conditions {
  readonly date: string;
  readonly lines: readonly string[];
}

/** Versions as Debian's package list has them. */
const packages = [
  'finch',
  'libpurple0',
  'telepathy-mission-control-5',
  'telepathy-haze',
  'chromium',
  'prosody',
  'xvfb',
];

export function conditions(rounds: number): Conditions {
  const [processor] = cpus();
  const system = /^PRETTY_NAME="(.*)"$/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? 'an unknown system';
  return {
    date: new Date().toISOString().slice(0, 16).replace('T', ' '),
    lines: [
      `${system}, kernel ${release()}, ${cpus().length} cores (${processor?.model ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GiB, load at the beginning ${loadavg().map(digits).join(' ')}`,
      `node ${process.versions.node}, ${packages.map(versionOf).join(', ')}; Kith at ${commit()}`,
      `${rounds} rounds, Kith and peer in turn, the peer twice; the order changes every round`,
      'A new process each time, files in the page cache; every run with a home, a session bus and, where it shows something, an X server of its own',
      'The server is on the same machine and shares its cores; every contact is there, nobody is online; TLS for both sides unless a note says otherwise',
    ],
  };
}

export function report(results: readonly Result[], { date, lines }: Conditions): string {
  const rows = results.map((result) => {
    const bar = result.most ?? (result.limit === undefined ? undefined : `${result.limit} ${result.unit}`);
    const most = bar === undefined ? '' : `${bar} ${holds(result) ? '✓' : '✗'}`;
    const sides = [result.ours, result.peer].join(' / ');
    const ours = result.rounds.map((round) => round.ours);
    const peer = result.rounds.map((round) => round.peer);
    const again = result.rounds.map((round) => round.peerAgain);
    const cells = [result.name, sides, `${spread(ours)} ${result.unit}`, `${spread(peer)} ${result.unit}`];
    return `| ${[...cells, `**${digits(ratioOf(result) ?? Number.NaN)}** [${range(ratios(ours, peer))}]`, most, spread(ratios(again, peer))].join(' | ')} |`;
  });
  const notes = results.flatMap((result) => result.notes.map((note) => `- ${result.name}: ${note}`));
  return `# Results

Taken on ${date} UTC by \`npm run bench\`. Figures are medians [least..greatest] over the rounds; a ratio is Kith's figure over
the peer's in the same round. A/A is the peer over itself: what differs by less than that is noise.

| what | Kith / peer | Kith | peer | ratio | at most | A/A |
| --- | --- | --- | --- | --- | --- | --- |
${rows.join('\n')}
${notes.length === 0 ? '' : `\n${notes.join('\n')}\n`}
Conditions

${lines.map((line) => `- ${line}.`).join('\n')}
`;
}

function range(values: readonly number[]): string {
  return values.length === 0 ? 'none' : `${digits(Math.min(...values))}..${digits(Math.max(...values))}`;
}

function versionOf(name: string): string {
  return `${name} ${said('dpkg-query', ['-W', '-f', '${Version}', name]) ?? 'not installed'}`;
}

function commit(): string {
  const changed = said('git', ['status', '--porcelain', '--', 'src', 'protocols', 'renderer']);
  return `${said('git', ['rev-parse', '--short', 'HEAD']) ?? 'no commit'}${changed === '' ? '' : ' with changes'}`;
}

function said(program: string, words: readonly string[]): string | undefined {
  try {
    return execFileSync(program, words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return undefined;
  }
}
