/** Completion for bash. */
import { startFlags, type Verb, verbs } from '../verbs.ts';
import { allFlags, families, firsts, offered, type Offers, seconds, valuesOf } from './offers.ts';

/** bash cuts words at '=': `--secrets=plain` arrives as three, and so does a setting. */
export function bash(offers: Offers): string {
  const names = (words: readonly (readonly [string, string])[]): string => words.map(([name]) => name).join(' ');
  const flags = allFlags().filter((flag) => flag.value !== undefined && flag.optional !== true);
  const afterFlag = flags.flatMap((flag) => {
    const values = valuesOf(flag, offers);
    if (values === undefined) return [];
    if (values === 'folder') return `    --${flag.name}) _kith_files -d; return ;;`;
    if (values === 'setting')
      return `    --${flag.name}) compopt -o nospace 2>/dev/null; _kith_words '${offers.settings.map(({ name }) => `${name}=`).join(' ')}'; return ;;`;
    return `    --${flag.name}) _kith_words '${values.join(' ')}'; return ;;`;
  });
  const afterEquals = offers.settings.flatMap(({ name, values }) => {
    if (values === undefined) return [];
    return `      ${name}) ${values === 'file' ? '_kith_files -f' : `_kith_words '${values.join(' ')}'`} ;;`;
  });
  const start = [...firsts().map(([first]) => first), ...startFlags.map(({ name }) => `--${name}`)];
  return `# kith completion for bash: source it, or put it into ~/.local/share/bash-completion/completions/kith
_kith_words() { mapfile -t COMPREPLY < <(compgen -W "$1" -- "$word"); }
_kith_files() { compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen "$1" -- "$word"); }
_kith() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" equals="" verb="" at
  COMPREPLY=()
  if [ "$word" = "=" ]; then
    equals=yes word=""
  elif [ "$before" = "=" ]; then
    equals=yes before="\${COMP_WORDS[COMP_CWORD-2]}"
  fi
  case "$before" in
${afterFlag.join('\n')}
  esac
  if [ -n "$equals" ]; then
    case "$before" in
${afterEquals.join('\n')}
    esac
    return
  fi
  for ((at = 1; at < COMP_CWORD; at++)); do
    case "\${COMP_WORDS[at]}" in
      =) ((at++)) ;;
      ${flags.map(({ name }) => `--${name}`).join('|')}) [ "\${COMP_WORDS[at+1]}" = "=" ] || ((at++)) ;;
      -*) ;;
      *) verb="\${verb:+$verb }\${COMP_WORDS[at]}" ;;
    esac
  done
  case "$verb" in
    "") _kith_words "${start.join(' ')}" ;;
${families()
  .map((first) => `    "${first}") _kith_words "${names(seconds(first))}" ;;`)
  .join('\n')}
${verbs.map(afterVerb).join('\n')}
  esac
}
complete -F _kith kith`;
}

/** A file comes after the words before it, wherever flags stand. */
function afterVerb(verb: Verb): string {
  const words = `_kith_words "${offered(verb).join(' ')}"`;
  const files = verb.words.some(({ file }) => file === true)
    ? `    "${verb.name} "*) if [[ "$word" == -* ]]; then ${words}; else _kith_files -f; fi ;;\n`
    : '';
  return `${files}    "${verb.name}"|"${verb.name} "*) ${words} ;;`;
}
