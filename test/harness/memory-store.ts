/** A store without a disk, by the contract's letter: for tests of what core does with it. `failing` makes every write throw. */
import { KithError } from '../../src/base/index.ts';
import type { Instant } from '../../src/base/index.ts';
import type {
  Draft,
  HeldFiles,
  HistoryAsk,
  HistoryPage,
  Kept as StoreKept,
  Picture,
  SearchAsk,
  SearchPage,
  Store,
} from '../../src/contracts/index.ts';
import {
  advances,
  type Account,
  type AccountId,
  type Contact,
  type ContactId,
  type Conversation,
  type ConversationId,
  conversationId,
  type ConversationTarget,
  type Delivery,
  type Message,
  type MessageId,
  type SharedFile,
} from '../../src/domain/index.ts';
import { hitsAmong, pageOf } from './pages.ts';

interface Kept {
  /** As it came. */
  readonly message: Message;
  readonly order: number;
  /** What it is shown in instead of by itself. */
  readonly corrects?: MessageId;
}

export class MemoryStore implements Store {
  /** While set, nothing can be written. */
  failing: KithError | undefined;
  /** How many times something was written, by method. */
  readonly writes: string[] = [];
  readonly #accounts = new Map<AccountId, Account>();
  readonly #memory = new Map<AccountId, Map<string, string>>();
  readonly #contacts = new Map<AccountId, Map<ContactId, Contact>>();
  readonly #messages = new Map<MessageId, Kept>();
  readonly #readUpTo = new Map<ConversationId, Kept>();
  readonly #pictures = new Map<string, Picture>();
  readonly #settings = new Map<string, string>();
  readonly #drafts = new Map<ConversationId, Draft>();
  linked: ReturnType<Store['links']> = [];
  #order = 0;

  accounts(): readonly Account[] {
    return [...this.#accounts.values()];
  }
  saveAccount(account: Account): void {
    this.#write('saveAccount');
    this.#accounts.set(account.id, account);
  }
  removeAccount(account: AccountId): void {
    this.#write('removeAccount');
    this.#accounts.delete(account);
    this.#memory.delete(account);
    this.#contacts.delete(account);
    for (const [id, draft] of this.#drafts) if (draft.account === account) this.#drafts.delete(id);
    for (const [id, { message }] of this.#messages) if (message.account === account) this.#messages.delete(id);
  }

  memory(account: AccountId): readonly (readonly [string, string])[] {
    return [...(this.#memory.get(account) ?? [])];
  }
  remember(account: AccountId, key: string, value: string | undefined): void {
    this.#write('remember');
    const memory = this.#memory.get(account) ?? new Map<string, string>();
    this.#memory.set(account, memory);
    if (value === undefined) memory.delete(key);
    else memory.set(key, value);
  }

  contacts(account: AccountId): readonly Contact[] {
    return [...(this.#contacts.get(account)?.values() ?? [])];
  }
  saveContacts(account: AccountId, changed: readonly Contact[], removed: readonly ContactId[]): void {
    this.#write('saveContacts');
    const contacts = this.#contacts.get(account) ?? new Map<ContactId, Contact>();
    this.#contacts.set(account, contacts);
    for (const contact of changed) contacts.set(contact.id, contact);
    for (const id of removed) contacts.delete(id);
  }

  links(): ReturnType<Store['links']> {
    return this.linked;
  }

  keep(messages: readonly Message[]): StoreKept {
    this.#write('keep');
    const stored: MessageId[] = [];
    const absorbed: MessageId[] = [];
    const confirmed: MessageId[] = [];
    for (const message of messages) {
      if (!this.#accounts.has(message.account)) throw new KithError('not-found', 'There is no such account');
      const known = this.#repeated(message);
      if (known === undefined) {
        this.#messages.set(message.id, { message, order: (this.#order += 1) });
        stored.push(message.id);
        absorbed.push(...this.#tied(message));
        continue;
      }
      if (known.message.direction === 'outgoing') confirmed.push(known.message.id);
      if (known.message.archive === undefined && message.archive !== undefined) {
        const learnt = { ...known.message, archive: message.archive };
        this.#messages.set(known.message.id, { ...known, message: learnt });
      }
    }
    const shown = [...new Set([...stored, ...absorbed].map((id) => this.#messages.get(id)?.corrects ?? id))];
    const all = shown.map((id) => this.message(id)!);
    const fresh = all.filter(({ id }) => stored.includes(id));
    return { fresh, confirmed, corrected: all.filter((one) => !fresh.includes(one)), absorbed };
  }
  message(id: MessageId): Message | undefined {
    const kept = this.#messages.get(id);
    return kept === undefined ? undefined : this.#composed(kept);
  }
  shown(id: MessageId): Message | undefined {
    return this.message(this.#messages.get(id)?.corrects ?? id);
  }
  reword(id: MessageId, body: string): void {
    this.#write('reword');
    const known = this.#messages.get(id);
    if (known !== undefined) this.#messages.set(id, { ...known, message: { ...known.message, body } });
  }
  findIncoming(id: ConversationId, origin: string): MessageId | undefined {
    return this.#of(id).findLast(({ message }) => message.direction === 'incoming' && message.origin === origin)
      ?.message.id;
  }
  findArchived(id: ConversationId, archive: string): MessageId | undefined {
    return this.#of(id).find(({ message }) => message.archive === archive)?.message.id;
  }
  readPosition(id: ConversationId): string | undefined {
    const read = this.#readUpTo.get(id);
    if (read === undefined) return undefined;
    return this.#of(id).findLast((kept) => kept.message.archive !== undefined && !earlier(read, kept))?.message.archive;
  }
  saveDelivery(id: MessageId, delivery: Delivery, force = false): Message | undefined {
    this.#write('saveDelivery');
    const known = this.#messages.get(id);
    if (known === undefined) return undefined;
    const before = known.message.delivery?.state;
    if (!force && before !== undefined && !advances(before, delivery.state)) return undefined;
    const message = { ...known.message, delivery };
    this.#messages.set(id, { ...known, message });
    return message;
  }
  outgoing(account: AccountId, state: Delivery['state']): readonly Message[] {
    return this.#inOrder(
      ({ message }) =>
        message.account === account && message.direction === 'outgoing' && message.delivery?.state === state,
      true,
    ).map(({ message }) => message);
  }
  saveFile(id: MessageId, file: SharedFile, body?: string): Message | undefined {
    this.#write('saveFile');
    const known = this.#messages.get(id);
    if (known === undefined) return undefined;
    const message = { ...known.message, file, ...(body === undefined ? {} : { body }) };
    this.#messages.set(id, { ...known, message });
    return message;
  }
  heldFiles(): HeldFiles {
    const files = [...this.#messages.values()].flatMap(({ message }) => message.file ?? []).toReversed();
    const those = (waits: boolean) =>
      files.filter(({ url }) => (url === '') === waits).flatMap(({ held }) => held ?? []);
    return { waiting: those(true), kept: those(false) };
  }
  removeMessage(id: MessageId): void {
    this.#write('removeMessage');
    this.#messages.delete(id);
    for (const edit of this.#edits(id)) this.#messages.delete(edit.message.id);
  }
  history({ account, target, place, limit }: HistoryAsk): HistoryPage {
    const all = this.#of(conversationId(account, target)).map((kept) => this.#composed(kept));
    return pageOf(all, place, limit);
  }
  search(ask: SearchAsk): SearchPage {
    return hitsAmong(
      this.#inOrder(() => true).map(({ message }) => message),
      ask,
    );
  }
  lastHeard(account: AccountId, target: ConversationTarget): Instant | undefined {
    return this.#of(conversationId(account, target)).findLast(
      ({ message }) => message.direction === 'incoming' || message.archive !== undefined,
    )?.message.at;
  }

  oldestArchived(account: AccountId, target: ConversationTarget): ReturnType<Store['oldestArchived']> {
    for (const { message } of this.#of(conversationId(account, target))) {
      if (message.archive !== undefined) return { archive: message.archive, at: message.at };
    }
    return undefined;
  }

  conversations(): readonly Conversation[] {
    const ids = new Set(
      [...this.#messages.values()].map(({ message }) => conversationId(message.account, message.target)),
    );
    return [...ids].flatMap((id) => this.conversation(id) ?? []);
  }
  conversation(id: ConversationId): Conversation | undefined {
    const all = this.#of(id);
    const newest = all.at(-1);
    if (newest === undefined) return undefined;
    const last = this.#composed(newest);
    const read = this.#readUpTo.get(id);
    const unread = all.filter(
      (kept) => kept.message.direction === 'incoming' && (read === undefined || earlier(read, kept)),
    );
    const mentions = unread.filter(({ message }) => message.mention === true).length;
    const { account, target } = last;
    return { id, account, target, unread: unread.length, ...(mentions === 0 ? {} : { mentions }), last };
  }
  acknowledge(id: ConversationId, upTo: MessageId): Message | undefined {
    this.#write('acknowledge');
    const kept = this.#messages.get(upTo);
    if (kept === undefined) throw new KithError('not-found', 'There is no such message');
    const before = this.#readUpTo.get(id);
    if (before !== undefined && !earlier(before, kept)) return undefined;
    this.#readUpTo.set(id, kept);
    return this.#of(id).findLast(
      (one) =>
        one.message.wantsReadMarker === true &&
        one.message.direction === 'incoming' &&
        !earlier(kept, one) &&
        (before === undefined || earlier(before, one)),
    )?.message;
  }

  drafts(): readonly Draft[] {
    return [...this.#drafts.values()];
  }
  saveDraft(account: AccountId, target: ConversationTarget, text: string): void {
    this.#write('saveDraft');
    const id = conversationId(account, target);
    if (text === '') this.#drafts.delete(id);
    else this.#drafts.set(id, { account, target, text });
  }

  picture(avatar: string): Picture | undefined {
    return this.#pictures.get(avatar);
  }
  savePicture(avatar: string, picture: Picture): void {
    this.#write('savePicture');
    this.#pictures.set(avatar, picture);
  }

  setting(key: string): string | undefined {
    return this.#settings.get(key);
  }
  saveSetting(key: string, value: string | undefined): void {
    this.#write('saveSetting');
    if (value === undefined) this.#settings.delete(key);
    else this.#settings.set(key, value);
  }

  together<T>(work: () => T): T {
    return work();
  }
  close(): void {}

  #write(method: string): void {
    if (this.failing !== undefined) throw this.failing;
    this.writes.push(method);
  }

  /** Ties it to what it corrects, or to it what corrects it, and returns what is not shown by itself then. */
  #tied(message: Message): readonly MessageId[] {
    const same = (other: Message): boolean =>
      other.id !== message.id &&
      conversationId(other.account, other.target) === conversationId(message.account, message.target) &&
      other.direction === message.direction &&
      (other.direction === 'outgoing' || other.occupant === message.occupant) &&
      (other.occupant !== undefined || other.from === message.from);
    const others = [...this.#messages.values()].filter((kept) => same(kept.message));
    const original = others.find((kept) => message.replaces !== undefined && kept.message.origin === message.replaces);
    const waiting = others.filter(
      (kept) => kept.message.replaces !== undefined && kept.message.replaces === message.origin,
    );
    for (const kept of waiting) this.#messages.set(kept.message.id, { ...kept, corrects: message.id });
    if (original === undefined) return waiting.map((kept) => kept.message.id);
    const kept = this.#messages.get(message.id)!;
    this.#messages.set(message.id, { ...kept, corrects: original.corrects ?? original.message.id });
    return [message.id];
  }

  #edits(id: MessageId): readonly Kept[] {
    return this.#inOrder(() => true, true).filter(({ corrects }) => corrects === id);
  }

  #composed(kept: Kept): Message {
    const puts = [kept, ...this.#edits(kept.message.id)].map(({ message }) => message);
    const last = puts.at(-1)!;
    if (puts.length === 1) return kept.message;
    const before = puts.slice(0, -1).map(({ body, at }) => ({ body, at }));
    const { body, delivery, unstyled } = last;
    const edit = { by: last.id, at: last.at, before };
    const { unstyled: _first, ...first } = kept.message;
    const plain = unstyled === true ? { unstyled } : {};
    return { ...first, body, ...plain, edit, ...(delivery === undefined ? {} : { delivery }) };
  }

  #repeated(message: Message): Kept | undefined {
    return [...this.#messages.values()].find(
      ({ message: known }) =>
        known.id === message.id ||
        (known.account === message.account &&
          ((message.archive !== undefined && known.archive === message.archive) ||
            (message.origin !== undefined &&
              known.origin === message.origin &&
              (known.direction === 'outgoing' ? message.direction === 'outgoing' : known.from === message.from)))),
    );
  }

  #of(id: ConversationId): readonly Kept[] {
    return this.#inOrder(({ message }) => conversationId(message.account, message.target) === id);
  }

  #inOrder(which: (kept: Kept) => boolean, all = false): readonly Kept[] {
    const shown = [...this.#messages.values()].filter(({ corrects }) => all || corrects === undefined);
    return shown.filter(which).toSorted((a, b) => (earlier(a, b) ? -1 : 1));
  }
}

function earlier(a: Kept, b: Kept): boolean {
  return a.message.at === b.message.at ? a.order < b.order : a.message.at < b.message.at;
}
