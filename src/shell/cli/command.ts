/** What a command line asks for. */
import { KithError } from '../../base/index.ts';
import { readFlags, type Given } from './flags.ts';
import { nearest } from './suggest.ts';
import { startFlags, verbs, type Verb } from './verbs.ts';

export type Command =
  | { readonly kind: 'start'; readonly given: Given; readonly link?: string }
  | { readonly kind: 'verb'; readonly verb: Verb; readonly given: Given }
  | { readonly kind: 'help'; readonly verb?: Verb }
  | { readonly kind: 'version' };

/** A word with a scheme is a link to start with, as a desktop hands it over. Throws 'invalid-argument'. */
export function readCommand(line: readonly string[]): Command {
  const place = line.findIndex((word, at) => !word.startsWith('-') && !takesNext(line[at - 1]));
  const first = place < 0 ? undefined : line[place];
  if (first === undefined || /^[a-z][a-z0-9+.-]*:/i.test(first)) return readStart(line);
  const { verb, length } = findVerb(first, line[place + 1]);
  const given = readFlags([...line.slice(0, place), ...line.slice(place + length)], verb.flags, [
    ...startFlags,
    ...verbs.flatMap(({ flags }) => flags),
  ]);
  if (given.flag('help') !== undefined) return { kind: 'help', verb };
  checkWords(verb, given.words);
  return { kind: 'verb', verb, given };
}

function readStart(line: readonly string[]): Command {
  const given = readFlags(line, startFlags);
  if (given.flag('help') !== undefined) return { kind: 'help' };
  if (given.flag('version') !== undefined) return { kind: 'version' };
  if (given.words.length > 1) throw new KithError('invalid-argument', 'Only one link can be opened at a time');
  return { kind: 'start', given, ...(given.words[0] === undefined ? {} : { link: given.words[0] }) };
}

/** `--profile DIR` before a verb: DIR is not the verb. */
function takesNext(word: string | undefined): boolean {
  return startFlags.some((flag) => word === `--${flag.name}` && flag.value !== undefined && flag.optional !== true);
}

function findVerb(first: string, second: string | undefined): { verb: Verb; length: number } {
  const two = verbs.find((verb) => verb.name === `${first} ${second}`);
  if (two !== undefined) return { verb: two, length: 2 };
  const one = verbs.find((verb) => verb.name === first);
  if (one !== undefined) return { verb: one, length: 1 };
  const family = verbs.filter((verb) => verb.name.startsWith(`${first} `)).map((verb) => verb.name);
  if (family.length > 0) {
    const near = nearest(`${first} ${second ?? ''}`, family);
    const hint = near === undefined || second === undefined ? `say ${family.join(', ')}` : `did you mean ${near}?`;
    throw new KithError('invalid-argument', `kith ${first}${second === undefined ? '' : ` ${second}`}: ${hint}`);
  }
  const near = nearest(first, [...new Set(verbs.map((verb) => verb.name.split(' ', 1)[0] ?? ''))]);
  const hint = near === undefined ? 'kith --help shows what there is' : `did you mean ${near}?`;
  throw new KithError('invalid-argument', `There is no ‘kith ${first}’; ${hint}`);
}

function checkWords(verb: Verb, words: readonly string[]): void {
  const needed = verb.words.filter((word) => word.optional !== true);
  const missing = needed[words.length];
  if (missing !== undefined) throw new KithError('invalid-argument', `kith ${verb.name} needs ${missing.name}`);
  const more = verb.words.at(-1)?.rest === true;
  if (!more && words.length > verb.words.length)
    throw new KithError(
      'invalid-argument',
      `kith ${verb.name} does not know what to do with ‘${words[verb.words.length]}’`,
    );
}
