/** Completion for zsh. */
import type { Flag } from '../flags.ts';
import { startFlags, verbs, type Verb, type Word } from '../verbs.ts';
import { families, firsts, type Offers, seconds, type Setting, valuesOf } from './offers.ts';

/** A colon or bracket would end a description early, a quote the word itself. */
const plain = (text: string): string => text.replace(/[:[\]\\]/g, '\\$&').replace(/'/g, '’');

/** A file that is sourced, or found in a folder of $fpath and run the first time it is needed. */
export function zsh(offers: Offers): string {
  const described = (rows: readonly (readonly [string, string])[]): string =>
    rows.map(([name, says]) => `'${name}:${plain(says)}'`).join(' ');
  const family = (first: string): string => `    ${first})
      if (( CURRENT == 2 )); then
        local -a known=(${described(seconds(first))})
        _describe verb known; return
      fi
      verb="$verb $words[2]"; shift words; (( CURRENT-- )) ;;`;
  const rest = (verb: Verb): string =>
    `    '${verb.name}') _arguments ${[...verb.flags.map((flag) => flagOf(flag, offers)), ...verb.words.map(wordOf)].join(' ')} ;;`;
  return `#compdef kith
# kith completion for zsh: put it into a folder of $fpath as _kith
_kith_settings() {
  _values setting ${offers.settings.map(settingOf).join(' ')}
}
_kith() {
  local context state line
  typeset -A opt_args
  _arguments -C ${startFlags.map((flag) => flagOf(flag, offers)).join(' ')} '1: :->verb' '*:: :->rest'
  case $state in
    verb) local -a known=(${described(firsts())}); _describe verb known; return ;;
  esac
  local verb=$line[1]
  case $verb in
${families().map(family).join('\n')}
  esac
  case $verb in
${verbs.map(rest).join('\n')}
  esac
}
if [ "$funcstack[1]" = _kith ]; then _kith "$@"; else compdef _kith kith; fi`;
}

function flagOf(flag: Flag, offers: Offers): string {
  const value =
    flag.value === undefined ? '' : `${flag.optional === true ? '::' : ':'}${flag.value}:${actionOf(flag, offers)}`;
  const equals = flag.optional === true ? '=-' : flag.value === undefined ? '' : '=';
  return `'${flag.many === true ? '*' : ''}--${flag.name}${equals}[${plain(flag.says)}]${value}'`;
}

function actionOf(flag: Flag, offers: Offers): string {
  const values = valuesOf(flag, offers);
  if (values === 'folder') return '_files -/';
  if (values === 'setting') return '_kith_settings';
  return values === undefined ? ' ' : `(${values.join(' ')})`;
}

function settingOf({ name, says, values }: Setting): string {
  const action = values === 'file' ? '_files' : values === undefined ? ' ' : `(${values.join(' ')})`;
  return `'${name}[${plain(says)}]:${name}:${action}'`;
}

const wordOf = ({ name, optional, among, file }: Word): string =>
  `'${optional === true ? '::' : ':'}${name}:${file === true ? '_files' : among === undefined ? ' ' : `(${among.join(' ')})`}'`;
