/** The help, made from the table of verbs. */
import { kithErrorCodes } from '../../base/index.ts';
import type { ProtocolManifest } from '../../contracts/index.ts';
import { exitCodes, exitWords } from './exit-codes.ts';
import type { Flag } from './flags.ts';
import { startFlags, verbs, type Verb, type Word } from './verbs.ts';

/** The protocols say which settings an account can have. */
export function helpFor(verb?: Verb, protocols: readonly ProtocolManifest[] = []): string {
  return verb === undefined ? wholeHelp() : verbHelp(verb, protocols);
}

function wholeHelp(): string {
  return [
    'kith                      start Kith, or bring its window up',
    'kith LINK                 the same, with a link such as xmpp:amy@example.org',
    'kith VERB …               act on the running Kith, or on the profile when none runs',
    '',
    'Starting:',
    ...columns(startFlags.map((flag) => [flagText(flag), flag.says])),
    '',
    'Verbs (kith VERB --help says more):',
    ...columns(verbs.map((verb) => [usage(verb), verb.says])),
    '',
    'Exit codes: 0 for done, and',
    ...columns(
      kithErrorCodes
        .toSorted((a, b) => exitCodes[a] - exitCodes[b])
        .map((code) => [String(exitCodes[code]).padStart(3), exitWords[code]]),
    ),
    `  ${String(notBuilt)}  nothing is built yet`,
  ].join('\n');
}

/** `bin/kith` ends so when there is nothing to start. */
const notBuilt = 69;

function verbHelp(verb: Verb, protocols: readonly ProtocolManifest[]): string {
  return [
    `kith ${usage(verb)}`,
    '',
    `  ${sentence(verb.says)}`,
    ...(verb.more === undefined ? [] : [`  ${verb.more}`]),
    '',
    ...columns(verb.flags.map((flag) => [flagText(flag), flag.says])),
    ...(verb.flags.some((flag) => flag.name === 'set') ? protocols.flatMap(settingsOf) : []),
  ].join('\n');
}

function settingsOf({ displayName, hidden, parameters }: ProtocolManifest): string[] {
  const settings = parameters.filter(({ secret }) => !secret);
  if (hidden || settings.length === 0) return [];
  return [
    '',
    `Settings of ${displayName}, for --set:`,
    ...columns(settings.map(({ name, shape, label }) => [`${name}=${shape === 'pem' ? 'FILE' : '…'}`, label])),
  ];
}

export function usage(verb: Verb): string {
  return [verb.name, ...verb.words.map(wordText)].join(' ');
}

function wordText(word: Word): string {
  const shown = word.among === undefined ? word.name : word.among.join('|');
  return word.optional === true ? `[${shown}]` : shown;
}

function flagText(flag: Flag): string {
  const value =
    flag.value === undefined
      ? ''
      : flag.optional === true
        ? `[=${(flag.among ?? [flag.value]).join('|')}]`
        : ` ${flag.value}`;
  return `${flag.short === undefined ? '' : `-${flag.short}, `}--${flag.name}${value}`;
}

const sentence = (words: string): string => `${words.slice(0, 1).toUpperCase()}${words.slice(1)}.`;

function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
