/** The room's one door: everything a profile keeps, in one database that one process holds. */
import type { Clock, Log } from '../base/index.ts';
import type { Store } from '../contracts/index.ts';
import { Accounts } from './accounts.ts';
import { Contacts } from './contacts.ts';
import { Conversations } from './conversations.ts';
import { Corrections } from './corrections.ts';
import type { Database } from './database.ts';
import { Drafts } from './drafts.ts';
import { History } from './history.ts';
import { Intake } from './intake.ts';
import { Memories } from './memory.ts';
import { Messages } from './messages.ts';
import { migrations } from './migrations/index.ts';
import { openOrMend } from './open.ts';
import { Pictures } from './pictures.ts';
import { Search } from './search.ts';
import { Settings } from './settings.ts';

export { openFileRoom } from './file-room.ts';
export { holderIn } from './holder.ts';
export { isDamaged } from './trouble.ts';

/**
 * Opens the profile in `folder`, making it when it is not there.
 * Throws 'profile-in-use', 'profile-newer', or 'disk'. What is asked of an account that is gone throws 'not-found'.
 */
export function openStore(folder: string, { log, clock }: { readonly log: Log; readonly clock: Clock }): Store {
  const begun = clock.now();
  const { database, aside } = openOrMend(folder, migrations, log);
  log.debug('profile opened', { milliseconds: clock.now() - begun });
  const store = storeIn(database);
  return aside === undefined ? store : { ...store, damage: mended(aside) };
}

const mended = (aside: string): string =>
  `What Kith keeps was damaged. It is set aside as ${aside}; what could be read of it is here, and your servers are asked for the rest.`;

function storeIn(database: Database): Store {
  const accounts = new Accounts(database);
  const memories = new Memories(database, accounts);
  const contacts = new Contacts(database, accounts);
  const conversations = new Conversations(database);
  const corrections = new Corrections(database);
  const messages = new Messages(database, conversations, corrections);
  const intake = new Intake(database, accounts, conversations, messages, corrections);
  const history = new History(database, conversations, messages);
  const search = new Search(database, conversations);
  const pictures = new Pictures(database);
  const settings = new Settings(database);
  const drafts = new Drafts(database, accounts);
  return {
    accounts: () => accounts.all(),
    saveAccount: (account) => accounts.save(account),
    removeAccount(account) {
      accounts.remove(account);
      search.forgetRemoved();
      database.emptyLog();
    },
    memory: (account) => memories.of(account),
    remember: (account, key, value) => memories.remember(account, key, value),
    contacts: (account) => contacts.of(account),
    saveContacts: (account, changed, removed) => contacts.save(account, changed, removed),
    links: () => contacts.links(),
    keep: (kept) => intake.keep(kept),
    message: (id) => messages.find(id),
    shown: (id) => messages.shown(id),
    reword: (id, body) => messages.reword(id, body),
    findIncoming: (id, origin) => messages.findIncoming(id, origin),
    findArchived: (id, archive) => messages.findArchived(id, archive),
    readPosition: (id) => conversations.readPosition(id),
    saveDelivery: (id, delivery, force) => messages.saveDelivery(id, delivery, force ?? false),
    outgoing: (account, state) => messages.outgoing(account, state),
    saveFile: (id, file, body) => messages.saveFile(id, file, body),
    heldFiles: () => messages.heldFiles(),
    removeMessage: (id) => messages.remove(id),
    history: (ask) => history.page(ask),
    search: (ask) => search.find(ask),
    lastHeard: (account, target) => history.lastHeard(account, target),
    oldestArchived: (account, target) => history.oldestArchived(account, target),
    conversations: () => conversations.all(),
    conversation: (id) => conversations.find(id),
    acknowledge: (id, upTo) =>
      database.together(() => {
        const place = messages.place(upTo);
        if (place === undefined || place.conversation !== conversations.findKey(id)) return undefined;
        const marked = conversations.readUpTo(place.conversation, place.at, place.seq);
        return marked === undefined ? undefined : messages.find(marked);
      }),
    drafts: () => drafts.all(),
    saveDraft: (account, target, text) => drafts.save(account, target, text),
    picture: (avatar) => pictures.find(avatar),
    savePicture: (avatar, picture) => pictures.save(avatar, picture),
    setting: (key) => settings.get(key),
    saveSetting: (key, value) => settings.save(key, value),
    together: (work) => database.together(work),
    close: () => database.close(),
  };
}
