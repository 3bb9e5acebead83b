/** The words of a command line, read by a table: what may stand there is data, so help and completion come from it too. */
import { KithError } from '../../base/index.ts';
import { nearest } from './suggest.ts';

export interface Flag {
  /** Without the dashes. */
  readonly name: string;
  readonly short?: string;
  /** What follows it, in capitals for help; absent for a switch. */
  readonly value?: string;
  /** The value may be left out; if given it must stand after '='. */
  readonly optional?: boolean;
  /** The only values it takes. */
  readonly among?: readonly string[];
  /** It may be given several times. */
  readonly many?: boolean;
  /** One sentence without a full stop. */
  readonly says: string;
}

export interface Given {
  readonly words: readonly string[];
  /** The value given, or '' for a switch. */
  flag(name: string): string | undefined;
  all(name: string): readonly string[];
}

/** Throws 'invalid-argument', with the nearest known flag when one is near. Everything after '--' is a word. `elsewhere`: what other verbs take. */
export function readFlags(line: readonly string[], flags: readonly Flag[], elsewhere: readonly Flag[] = []): Given {
  const words: string[] = [];
  const values = new Map<string, string[]>();
  const rest = [...line];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '--') {
      words.push(...rest.splice(0));
    } else if (word.startsWith('-') && word !== '-') {
      const flag = findFlag(word, flags, elsewhere);
      const value = readValue(word, flag, rest);
      const before = values.get(flag.name);
      if (before !== undefined && flag.many !== true) throw wrong(`--${flag.name} is given twice`);
      values.set(flag.name, [...(before ?? []), value]);
    } else {
      words.push(word);
    }
  }
  return { words, flag: (name) => values.get(name)?.[0], all: (name) => values.get(name) ?? [] };
}

function findFlag(word: string, flags: readonly Flag[], elsewhere: readonly Flag[]): Flag {
  const name = word.replace(/=.*$/s, '');
  const found = flags.find(
    (flag) => name === `--${flag.name}` || (flag.short !== undefined && name === `-${flag.short}`),
  );
  if (found !== undefined) return found;
  if (elsewhere.some((flag) => name === `--${flag.name}`)) throw wrong(`${name} is not for this verb`);
  const near = nearest(
    name,
    flags.map((flag) => `--${flag.name}`),
  );
  throw wrong(`There is no ${name}${near === undefined ? '' : `; did you mean ${near}?`}`);
}

function readValue(word: string, flag: Flag, rest: string[]): string {
  const equals = word.indexOf('=');
  const given = equals < 0 ? undefined : word.slice(equals + 1);
  if (flag.value === undefined) {
    if (given !== undefined) throw wrong(`--${flag.name} takes no value`);
    return '';
  }
  const value = given ?? (flag.optional === true ? '' : rest.shift());
  if (value === undefined || (value === '' && flag.optional !== true))
    throw wrong(`--${flag.name} needs ${flag.value}`);
  if (flag.among !== undefined && value !== '' && !flag.among.includes(value)) {
    const near = nearest(value, flag.among);
    const hint = near === undefined ? `it is one of ${flag.among.join(', ')}` : `did you mean ${near}?`;
    throw wrong(`--${flag.name} cannot be ‘${value}’; ${hint}`);
  }
  return value;
}

const wrong = (words: string): KithError => new KithError('invalid-argument', words);
