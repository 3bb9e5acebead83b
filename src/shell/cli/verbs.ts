/** Everything `kith` can be told, as one table: the reader, the help and the completion are all made from it. */
import { secretsModes } from '../../contracts/index.ts';
import type { Flag } from './flags.ts';

export interface Word {
  /** In capitals, as help shows it. */
  readonly name: string;
  readonly optional?: boolean;
  /** What completion offers; not the only values allowed unless the verb says so. */
  readonly among?: readonly string[];
  /** Takes all words that are left. */
  readonly rest?: boolean;
  /** Names a file of this computer. */
  readonly file?: boolean;
}

export interface Verb {
  /** One or two words. */
  readonly name: string;
  readonly words: readonly Word[];
  readonly flags: readonly Flag[];
  readonly says: string;
  /** More, for its own help. */
  readonly more?: string;
}

const profile: Flag = { name: 'profile', value: 'DIR', says: 'keep everything under DIR instead of the usual folders' };
const secrets: Flag = {
  name: 'secrets',
  value: 'MODE',
  among: secretsModes,
  says: 'where passwords live: keyring, sealed, ask, memory or plain',
};
const help: Flag = { name: 'help', short: 'h', says: 'show this' };
const json: Flag = { name: 'json', says: 'print JSON' };
const account: Flag = { name: 'account', value: 'ADDRESS', says: 'use this account of yours' };
const passwordStdin: Flag = { name: 'password-stdin', says: 'read the password from standard input' };
const parameter: Flag = {
  name: 'set',
  value: 'NAME=VALUE',
  many: true,
  says: 'a setting of the account, for instance host or port; may be given several times; a secret one takes - and is asked for; an empty one is taken away',
};

/** What a start takes. */
export const startFlags: readonly Flag[] = [
  { name: 'headless', says: 'without a window' },
  profile,
  {
    name: 'demo',
    value: 'KIND',
    optional: true,
    among: ['prosody'],
    says: 'try it here: invented people, nothing leaves this computer; =prosody does it over a real local server',
  },
  secrets,
  { name: 'verbose', says: 'write more into the log' },
  help,
  { name: 'version', says: 'show the version' },
];

const common = [json, profile, help];
/** These may have to open the profile, and with it the passwords. */
const opening = [account, secrets, ...common];

const address: Word = { name: 'ADDRESS' };
const availabilities = ['available', 'away', 'busy', 'offline'] as const;

export const verbs: readonly Verb[] = [
  {
    name: 'account add',
    words: [address],
    flags: [
      { name: 'protocol', value: 'ID', says: 'which network; xmpp when left out' },
      parameter,
      passwordStdin,
      secrets,
      ...common,
    ],
    says: 'add an account',
    more: 'The password is asked for, or read with --password-stdin. It is never taken from the command line, where others could read it.',
  },
  {
    name: 'account register',
    words: [address],
    flags: [
      { name: 'invite', value: 'LINK', says: 'the link of an invitation to this server' },
      { name: 'protocol', value: 'ID', says: 'which network; xmpp when left out' },
      parameter,
      passwordStdin,
      secrets,
      ...common,
    ],
    says: 'make a new account at its server, and add it',
    more: 'Kith connects for it. What else the server wants to know is asked for here.',
  },
  { name: 'account list', words: [], flags: common, says: 'show the accounts' },
  {
    name: 'account set',
    words: [address],
    flags: [
      { name: 'name', value: 'NAME', says: 'the name people know it by' },
      { name: 'enabled', value: 'YES|NO', among: ['yes', 'no'], says: 'whether it is used' },
      { name: 'ask-password', says: 'ask for a new password' },
      parameter,
      passwordStdin,
      secrets,
      ...common,
    ],
    says: 'change an account',
  },
  {
    name: 'account remove',
    words: [address],
    flags: [secrets, ...common],
    says: 'remove an account and its history from this computer',
  },
  {
    name: 'status',
    words: [
      { name: 'AVAILABILITY', optional: true, among: availabilities },
      { name: 'MESSAGE', optional: true, rest: true },
    ],
    flags: opening,
    says: 'show or set your own presence',
  },
  {
    name: 'contacts',
    words: [],
    flags: [{ name: 'online', says: 'only those who can be reached now' }, ...opening],
    says: 'show the contact list',
  },
  { name: 'rooms', words: [], flags: opening, says: 'show the rooms' },
  {
    name: 'invite',
    words: [],
    flags: [account, ...common],
    says: 'make a link that brings a friend',
    more: 'Where the server can, whoever has the link gets an account by it and is among your people at once. Only a Kith that runs can ask for one.',
  },
  {
    name: 'join',
    words: [address],
    flags: [{ name: 'nick', value: 'NAME', says: 'the name to bear there' }, passwordStdin, account, ...common],
    says: 'go into a room, now and at every start',
    more: 'A password of the room is read with --password-stdin. Only a Kith that runs can be in a room.',
  },
  {
    name: 'send',
    words: [address, { name: 'TEXT', rest: true }],
    flags: [...opening],
    says: 'send a message to somebody, or to a room you are in, and wait until the server has it',
    more: 'TEXT of - is read from standard input. Without a running Kith it connects for this one message, for at most 30 seconds.',
  },
  {
    name: 'send-file',
    words: [address, { name: 'FILE', file: true }],
    flags: opening,
    says: 'send a file and wait until the server has it',
    more: 'The server keeps it and gives its address to whoever receives it. Without a running Kith it connects for this one file; what could not go stays queued.',
  },
  {
    name: 'correct',
    words: [address, { name: 'TEXT', rest: true }],
    flags: opening,
    says: 'put what you said last to somebody, or in a room, into other words',
    more: 'Only what is at most a day old. TEXT of - is read from standard input.',
  },
  {
    name: 'history',
    words: [address],
    flags: [{ name: 'limit', value: 'N', says: 'at most so many messages; 50 when left out' }, ...opening],
    says: 'show the newest messages of a conversation, oldest first',
  },
  {
    name: 'open',
    words: [{ name: 'LINK' }],
    flags: [secrets, ...common],
    says: 'open a link such as xmpp:amy@example.org',
  },
  { name: 'quit', words: [], flags: common, says: 'end the running Kith' },
  {
    name: 'completion',
    words: [{ name: 'SHELL', among: ['bash', 'zsh', 'fish'] }],
    flags: [help],
    says: 'print completion for bash, zsh or fish',
  },
];
