export { readCommand, type Command } from './command.ts';
export { exitCodes } from './exit-codes.ts';
export { helpFor } from './help.ts';
export { ownTerminal } from './own-terminal.ts';
export { passphraseAt } from './passphrase.ts';
