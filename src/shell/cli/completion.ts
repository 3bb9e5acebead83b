/** Completion for three shells, made from the table of verbs. */
import type { ProtocolManifest } from '../../contracts/index.ts';
import type { Flag } from './flags.ts';
import { startFlags, verbs, type Verb } from './verbs.ts';

export type CompletionShell = 'bash' | 'zsh' | 'fish';

/** A script to be sourced (bash, zsh) or put into fish's folder of completions. */
export function completionFor(shell: CompletionShell, protocols: readonly ProtocolManifest[]): string {
  switch (shell) {
    case 'bash':
      return bash(settingsOf(protocols));
    case 'zsh':
      return zsh();
    case 'fish':
      return fish();
  }
}

/** What may stand after the verb: words that are known beforehand, and flags. */
function offered(verb: Verb): readonly string[] {
  return [...verb.words.flatMap((word) => word.among ?? []), ...verb.flags.map((flag) => `--${flag.name}`)];
}

const firsts = (): readonly string[] => [...new Set(verbs.map((verb) => verb.name.split(' ', 1)[0] ?? ''))];
const seconds = (first: string): readonly string[] =>
  verbs.filter((verb) => verb.name.startsWith(`${first} `)).map((verb) => verb.name.slice(first.length + 1));
const families = (): readonly string[] => firsts().filter((first) => seconds(first).length > 0);
const flagNames = (flags: readonly Flag[]): readonly string[] => flags.map((flag) => `--${flag.name}`);
const allFlags = (): readonly Flag[] => [
  ...new Map([...startFlags, ...verbs.flatMap((verb) => verb.flags)].map((flag) => [flag.name, flag])).values(),
];
/** Values a flag takes, and 'folder' for those that take a path. */
const valuesOf = (flag: Flag): readonly string[] | 'folder' | undefined =>
  flag.among ?? (flag.value === 'DIR' ? 'folder' : undefined);

/** What may follow --set, up to the value. */
function settingsOf(protocols: readonly ProtocolManifest[]): readonly string[] {
  const shown = protocols.filter(({ hidden }) => !hidden).flatMap(({ parameters }) => parameters);
  return [...new Set(shown.filter(({ secret }) => !secret).map(({ name }) => `${name}=`))];
}

function bash(settings: readonly string[]): string {
  const values = allFlags()
    .filter((flag) => valuesOf(flag) !== undefined && flag.optional !== true)
    .map((flag) => {
      const among = valuesOf(flag);
      const reply = among === 'folder' ? 'compgen -d -- "$word"' : `compgen -W '${(among ?? []).join(' ')}' -- "$word"`;
      return `    --${flag.name}) COMPREPLY=($(${reply})); return ;;`;
    });
  return `# kith completion for bash: source it, or put it into ~/.local/share/bash-completion/completions/kith
_kith() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" verb="" at
  COMPREPLY=()
  case "$before" in
${values.join('\n')}
    --set) compopt -o nospace 2>/dev/null; COMPREPLY=($(compgen -W '${settings.join(' ')}' -- "$word")); return ;;
  esac
  for ((at = 1; at < COMP_CWORD; at++)); do
    case "\${COMP_WORDS[at]}" in
      --profile|--secrets) ((at++)) ;;
      -*) ;;
      *) verb="\${verb:+$verb }\${COMP_WORDS[at]}" ;;
    esac
  done
  local offer
  case "$verb" in
    "") offer="${[...firsts(), ...flagNames(startFlags)].join(' ')}" ;;
${families()
  .map((first) => `    "${first}") offer="${seconds(first).join(' ')}" ;;`)
  .join('\n')}
${verbs.map((verb) => `    "${verb.name}"|"${verb.name} "*) offer="${offered(verb).join(' ')}" ;;`).join('\n')}
  esac
  COMPREPLY=($(compgen -W "$offer" -- "$word"))
}
complete -F _kith kith`;
}

/** A colon or bracket would end a description of zsh's _arguments early, a quote the word itself. */
const zshText = (text: string): string => text.replace(/[:[\]\\]/g, '\\$&').replace(/'/g, '’');

function zshFlag(flag: Flag): string {
  const among = valuesOf(flag);
  const action = among === 'folder' ? '_files -/' : among === undefined ? ' ' : `(${among.join(' ')})`;
  const value = flag.value === undefined ? '' : `${flag.optional === true ? '::' : ':'}${flag.value}:${action}`;
  const equals = flag.optional === true ? '=-' : flag.value === undefined ? '' : '=';
  return `'${flag.many === true ? '*' : ''}--${flag.name}${equals}[${zshText(flag.says)}]${value}'`;
}

function zsh(): string {
  const described = (rows: readonly (readonly [string, string])[]): string =>
    rows.map(([name, says]) => `'${name}:${zshText(says)}'`).join(' ');
  const rows = firsts().map((first): [string, string] => [
    first,
    verbs.find((verb) => verb.name === first)?.says ?? seconds(first).join(', '),
  ]);
  const verbCase = (verb: Verb): string => {
    const words = verb.words.map(
      (word) =>
        `'${word.optional === true ? '::' : ':'}${word.name}:${word.among === undefined ? ' ' : `(${word.among.join(' ')})`}'`,
    );
    return `    '${verb.name}') _arguments ${[...verb.flags.map(zshFlag), ...words].join(' ')} ;;`;
  };
  return `#compdef kith
# kith completion for zsh: put it into a folder of $fpath as _kith
_kith() {
  local context state line
  typeset -A opt_args
  _arguments -C ${startFlags.map(zshFlag).join(' ')} '1: :->verb' '*:: :->rest'
  case $state in
    verb) local -a known=(${described(rows)}); _describe verb known; return ;;
  esac
  local verb=$line[1]
  case $verb in
${families()
  .map(
    (first) => `    ${first})
      if (( CURRENT == 2 )); then
        local -a known=(${described(verbs.filter(({ name }) => name.startsWith(`${first} `)).map(({ name, says }) => [name.slice(first.length + 1), says]))})
        _describe verb known; return
      fi
      verb="$verb $words[2]"; shift words; (( CURRENT-- )) ;;`,
  )
  .join('\n')}
  esac
  case $verb in
${verbs.map(verbCase).join('\n')}
  esac
}
if [ "$funcstack[1]" = _kith ]; then _kith "$@"; else compdef _kith kith; fi`;
}

const fishText = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;

function fish(): string {
  const lines = ['# kith completion for fish: put it into ~/.config/fish/completions/kith.fish', 'complete -c kith -f'];
  const none = `not __fish_seen_subcommand_from ${firsts().join(' ')}`;
  const flagLine = (condition: string, flag: Flag): string => {
    const among = valuesOf(flag);
    const action =
      among === 'folder'
        ? " -x -a '(__fish_complete_directories)'"
        : among === undefined
          ? flag.value === undefined
            ? ''
            : ' -x'
          : `${flag.optional === true ? ' -f' : ' -x'} -a '${among.join(' ')}'`;
    return `complete -c kith -n ${fishText(condition)} -l ${flag.name}${action} -d ${fishText(flag.says)}`;
  };
  for (const first of firsts()) {
    const says = verbs.find((verb) => verb.name === first)?.says ?? seconds(first).join(', ');
    lines.push(`complete -c kith -n ${fishText(none)} -a ${first} -d ${fishText(says)}`);
  }
  for (const flag of startFlags) lines.push(flagLine(none, flag));
  for (const verb of verbs) {
    const [first = '', second] = verb.name.split(' ');
    let condition = `__fish_seen_subcommand_from ${first}`;
    if (second !== undefined) {
      const others = `not __fish_seen_subcommand_from ${seconds(first).join(' ')}`;
      lines.push(
        `complete -c kith -n ${fishText(`${condition}; and ${others}`)} -a ${second} -d ${fishText(verb.says)}`,
      );
      condition += `; and __fish_seen_subcommand_from ${second}`;
    }
    for (const word of verb.words)
      if (word.among !== undefined)
        lines.push(`complete -c kith -n ${fishText(condition)} -a ${fishText(word.among.join(' '))}`);
    for (const flag of verb.flags) lines.push(flagLine(condition, flag));
  }
  return lines.join('\n');
}
