/** What a real shell offers when a person presses the tabulator key. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run, type Program } from './processes.ts';

const bash: Program = { name: 'bash', debianPackage: 'bash' };
const zsh: Program = { name: 'zsh', debianPackage: 'zsh' };
const fish: Program = { name: 'fish', debianPackage: 'fish' };

/** `line` is what stands before the cursor. Resolves with the words offered, in the shell's order. */
export type Complete = (script: string, line: string) => Promise<readonly string[]>;

/** Every shell reads the completion as its person's settings would: sourced, in a home of its own. */
export const shells: Readonly<Record<'bash' | 'zsh' | 'fish', Complete>> = {
  /** bash says only to its own line editor what it offers, so its part is played: words cut as it cuts them, the function called. */
  bash: (script, line) =>
    withFile(script, async (path) => {
      const words = line.split(/ |(=)/).filter((word) => word !== undefined);
      const cut = words.filter((word, at) => word !== '' || at === words.length - 1).map((word) => `'${word}'`);
      if (line.endsWith('=')) cut.pop();
      const play = `source '${path}'; COMP_WORDS=(${cut.join(' ')}); COMP_CWORD=${cut.length - 1}; _kith; printf '%s\\n' "\${COMPREPLY[@]}"`;
      return lines(await run(bash, ['--norc', '-c', play]));
    }),
  /** A zsh in a terminal of its own, whose key is bound to a widget that completes as usual and then says what there was. */
  zsh: (script, line) =>
    withFile(zshListening(script), async (path) => {
      const play = [
        'zmodload zsh/zpty; zpty -b shell zsh -f -i',
        `zpty -w shell "source '${path}'"; zpty -r shell heard '*READY*'`,
        `zpty -n -w shell ${JSON.stringify(line)}$'\\t'; zpty -r shell heard '*DONE*'`,
        'print -r -- "${${heard##*BEGIN}%%DONE*}"; zpty -d shell',
      ].join('\n');
      return lines((await run(zsh, ['-f', '-c', play])).replaceAll('\r', ''));
    }),
  fish: (script, line) =>
    withFile(script, async (path) => {
      const said = await run(fish, ['-N', '-c', `source '${path}'; complete -C ${JSON.stringify(line)}`]);
      return lines(said).map((word) => word.split('\t', 1)[0] ?? '');
    }),
};

/** Rejects when the shell cannot even read it; nothing is run. */
export const readIn = (shell: keyof typeof shells, script: string): Promise<unknown> =>
  withFile(script, (path) => run({ name: shell, debianPackage: shell }, ['-n', path]));

const lines = (text: string): string[] => text.split('\n').filter((each) => each !== '');

async function withFile<T>(text: string, work: (path: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'kith-shells-'));
  try {
    const path = join(folder, 'sourced');
    writeFileSync(path, text);
    return await work(path);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Everything that is offered goes through compadd; -O, -A and -D only ask it to sort words out. */
const zshListening = (script: string): string => `PROMPT=
autoload -U compinit; compinit -u -D
${script}
compadd() {
  local -a fitting
  if (( ! \${@[(I)-[OAD]*]} )); then
    builtin compadd -A fitting "$@"
    seen+=($fitting)
  fi
  builtin compadd "$@"
}
tell() {
  local -a seen
  _main_complete
  print -rn -- BEGIN; print -rl -- $seen; print -rn -- DONE
  compstate[insert]= compstate[list]=
}
zle -C tell complete-word tell
bindkey '^I' tell
print -n REA; print DY
`;
