/** What all three shells offer, made from the table of verbs and from what the protocols know of accounts. */
import type { ProtocolManifest } from '../../../contracts/index.ts';
import type { Flag } from '../flags.ts';
import { startFlags, verbs, type Verb } from '../verbs.ts';

/** What may follow --set, up to its value. */
export interface Setting {
  readonly name: string;
  readonly says: string;
  /** The values it takes, or 'file' when it is read from one; absent where anything may stand. */
  readonly values?: readonly string[] | 'file';
}

export interface Offers {
  readonly protocols: readonly string[];
  readonly settings: readonly Setting[];
}

/** Hidden protocols are not offered. A secret takes nothing that stands on a command line. A setting two protocols have in common is offered once. */
export function offersOf(manifests: readonly ProtocolManifest[]): Offers {
  const shown = manifests.filter(({ hidden }) => !hidden);
  const parameters = shown.flatMap((manifest) => manifest.parameters);
  const settings = parameters.map(({ name, label, type, shape, among, secret }): Setting => {
    if (secret) return { name, says: label, values: ['-'] };
    if (among !== undefined) return { name, says: label, values: among };
    if (shape === 'pem') return { name, says: label, values: 'file' };
    return type === 'b' ? { name, says: label, values: ['yes', 'no'] } : { name, says: label };
  });
  return {
    protocols: shown.map(({ id }) => id),
    settings: [...new Map(settings.map((setting) => [setting.name, setting])).values()],
  };
}

/** What a flag takes: these words, a folder, a setting, or anything. */
export function valuesOf(flag: Flag, { protocols }: Offers): readonly string[] | 'folder' | 'setting' | undefined {
  if (flag.name === 'protocol') return protocols;
  if (flag.value === 'DIR') return 'folder';
  return flag.value === 'NAME=VALUE' ? 'setting' : flag.among;
}

/** Every flag once, wherever it stands. */
export const allFlags = (): readonly Flag[] => [
  ...new Map([...startFlags, ...verbs.flatMap((verb) => verb.flags)].map((flag) => [flag.name, flag])).values(),
];

/** A verb's first word with what it says; one that has second words says those. */
export const firsts = (): readonly (readonly [name: string, says: string])[] =>
  [...new Set(verbs.map((verb) => verb.name.split(' ', 1)[0] ?? ''))].map((first) => [
    first,
    verbs.find((verb) => verb.name === first)?.says ??
      seconds(first)
        .map(([second]) => second)
        .join(', '),
  ]);

/** What may follow a first word, with what it says. */
export const seconds = (first: string): readonly (readonly [name: string, says: string])[] =>
  verbs
    .filter((verb) => verb.name.startsWith(`${first} `))
    .map(({ name, says }) => [name.slice(first.length + 1), says]);

/** First words that need a second. */
export const families = (): readonly string[] =>
  firsts().flatMap(([first]) => (seconds(first).length > 0 ? first : []));

/** What may stand after a verb: words that are known beforehand, and flags. */
export const offered = (verb: Verb): readonly string[] => [
  ...verb.words.flatMap((word) => word.among ?? []),
  ...verb.flags.map((flag) => `--${flag.name}`),
];
