/** Completion for fish. */
import type { Flag } from '../flags.ts';
import { startFlags, verbs, type Verb } from '../verbs.ts';
import { firsts, type Offers, seconds, type Setting, valuesOf } from './offers.ts';

const quoted = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;

export function fish(offers: Offers): string {
  const none = `not __fish_seen_subcommand_from ${firsts()
    .map(([first]) => first)
    .join(' ')}`;
  return [
    '# kith completion for fish: put it into ~/.config/fish/completions/kith.fish',
    'complete -c kith -f',
    ...firsts().map(([first, says]) => `complete -c kith -n ${quoted(none)} -a ${first} -d ${quoted(says)}`),
    ...startFlags.map((flag) => flagLine(none, flag, offers)),
    ...verbs.flatMap((verb) => verbLines(verb, offers)),
  ].join('\n');
}

function verbLines(verb: Verb, offers: Offers): readonly string[] {
  const [first = '', second] = verb.name.split(' ');
  const seen = `__fish_seen_subcommand_from ${first}`;
  const others = `not __fish_seen_subcommand_from ${seconds(first)
    .map(([name]) => name)
    .join(' ')}`;
  const condition = second === undefined ? seen : `${seen}; and __fish_seen_subcommand_from ${second}`;
  return [
    ...(second === undefined
      ? []
      : [`complete -c kith -n ${quoted(`${seen}; and ${others}`)} -a ${second} -d ${quoted(verb.says)}`]),
    ...verb.words.flatMap(({ among, file }) =>
      file === true
        ? [`complete -c kith -n ${quoted(condition)} -F`]
        : among === undefined
          ? []
          : [`complete -c kith -n ${quoted(condition)} -a ${quoted(among.join(' '))}`],
    ),
    ...verb.flags.map((flag) => flagLine(condition, flag, offers)),
  ];
}

function flagLine(condition: string, flag: Flag, offers: Offers): string {
  const start = `complete -c kith -n ${quoted(condition)} -l ${flag.name}`;
  return `${start}${actionOf(flag, offers)} -d ${quoted(flag.says)}`;
}

function actionOf(flag: Flag, offers: Offers): string {
  const values = valuesOf(flag, offers);
  if (values === 'folder') return " -x -a '(__fish_complete_directories)'";
  if (values === 'setting') return ` -x -a ${quoted(offers.settings.flatMap(settingWords).join(' '))}`;
  if (values === undefined) return flag.value === undefined ? '' : ' -x';
  return `${flag.optional === true ? ' -f' : ' -x'} -a ${quoted(values.join(' '))}`;
}

/** fish completes a word as a whole: what a setting takes stands behind its name. What follows the tab is shown beside it. */
function settingWords({ name, says, values }: Setting): readonly string[] {
  const words = Array.isArray(values) ? values : [''];
  const known = words.map((value) => `${name}=${value}\\t${quoted(says)}`);
  return values === 'file' ? [...known, filesAfter(name)] : known;
}

/** Only once the name stands there: before it, every file of the folder would be in the way. */
const filesAfter = (name: string): string =>
  `(for typed in (commandline -ct | string match -rg '^(?:--set=)?${name}=(.*)'); ` +
  `__fish_complete_path $typed | string replace -r '^' '${name}='; end)`;
