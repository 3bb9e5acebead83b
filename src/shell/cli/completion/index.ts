/** Completion for three shells. */
import type { ProtocolManifest } from '../../../contracts/index.ts';
import { bash } from './bash.ts';
import { fish } from './fish.ts';
import { offersOf } from './offers.ts';
import { zsh } from './zsh.ts';

const shells = { bash, zsh, fish };
export type CompletionShell = keyof typeof shells;

export const isCompletionShell = (name: string): name is CompletionShell => Object.hasOwn(shells, name);

/** A script to be sourced (bash, zsh) or put into fish's folder of completions. The manifests say which settings an account has. */
export const completionFor = (shell: CompletionShell, manifests: readonly ProtocolManifest[]): string =>
  shells[shell](offersOf(manifests));
