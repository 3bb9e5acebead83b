/** What becomes of one message, watched from before it exists so that no word about it is missed. */
import {
  assertNever,
  asKithError,
  KithError,
  type Clock,
  type Disposable,
  type KithErrorCode,
} from '../../../base/index.ts';
import type { HouseChange, HouseSnapshot } from '../../../contracts/index.ts';
import type {
  AccountId,
  ConnectionSnapshot,
  Delivery,
  FileOffer,
  Message,
  Question,
  StatusReason,
} from '../../../domain/index.ts';
import type { Terminal } from '../../terminal.ts';
import type { Sight } from '../sight.ts';

/** How long the server may take, in milliseconds. */
const patience = 30_000;

/** Reasons to be offline that time alone does not change; for all others another attempt may still come. */
const needsPerson: readonly StatusReason['code'][] = [
  'authentication-failed',
  'password-needed',
  'certificate',
  'server-unproven',
  'downgraded',
  'not-encrypted',
  'replaced',
];

export interface Outcome {
  readonly delivery: Delivery;
  readonly error?: KithError;
}

export interface DeliveryWatch extends Disposable {
  /** Resolves when nothing more can be learned, at the latest after 30 s in which nothing of it moved. */
  settled(message: Message, clock: Clock): Promise<Outcome>;
  /** What the account's server takes of files; undefined when that will not be known in time. */
  offer(account: AccountId, clock: Clock): Promise<FileOffer | undefined>;
}

/** A password is asked for at the terminal when no Kith runs; a certificate is nothing to decide there. */
export function watchDelivery(sight: Sight, begun: HouseSnapshot, terminal: Terminal): DeliveryWatch {
  const deliveries = new Map<string, Delivery>();
  const gone = new Set<string>();
  const hopeless = new Map<AccountId, KithError>();
  const asked = new Set<string>();
  const offers = new Map<AccountId, FileOffer>();
  let wake = (): void => {};
  /** A file is on its way: patience begins anew. */
  let moved = (): void => {};

  const noteStatus = (account: AccountId, status: string, reason: StatusReason | undefined): void => {
    if (status === 'offline' && reason !== undefined && needsPerson.includes(reason.code))
      hopeless.set(account, new KithError(reason.code as KithErrorCode, reason.text));
    else if (status !== 'offline') hopeless.delete(account);
  };
  const noteConnection = ({ account, status, reason, files }: ConnectionSnapshot): void => {
    noteStatus(account, status, reason);
    if (files !== undefined) offers.set(account, files);
  };
  const noteQuestion = (question: Question): void => {
    if (sight.running || question.account === undefined || asked.has(question.id)) return;
    asked.add(question.id);
    const { account, id } = question;
    const give = (error: KithError): void => {
      hopeless.set(account, error);
      wake();
    };
    const address = begun.accounts.find((one) => one.id === account)?.address ?? '';
    const trustIt = `kith account set ${address} --set ca=FILE, with its authority in FILE`;
    if (question.kind === 'certificate')
      return give(new KithError('certificate', `The server’s certificate is not trusted. If it should be: ${trustIt}`));
    if (question.kind === 'registration')
      return give(new KithError('not-online', 'The account is still to be made: its server wants to know more'));
    if (!terminal.interactive) return give(new KithError('password-needed', 'No password is kept for the account'));
    const what = question.kind === 'secret' ? question.question.name : 'Password';
    const prompt = question.question.why === 'needed' ? `${what} of ${address}: ` : `That was not it. ${what}: `;
    return void terminal
      .readHidden(prompt)
      .then((answer) => sight.ask('question.answer', { question: id, answer }))
      .catch((error: unknown) => give(asKithError(error)));
  };
  const hear = ({ events }: HouseChange): void => {
    for (const event of events) {
      if (event.type === 'messages-changed') {
        for (const { id, delivery } of event.changed) if (delivery !== undefined) deliveries.set(id, delivery);
        for (const id of event.removed) gone.add(id);
      }
      if (event.type === 'connection-opened') noteConnection(event.connection);
      if (event.type === 'connection-changed' && event.event.type === 'status-changed')
        noteStatus(event.account, event.event.status, event.event.reason);
      if (event.type === 'connection-changed' && event.event.type === 'files-offered')
        offers.set(event.account, event.event.offer);
      if (event.type === 'connection-changed' && event.event.type === 'transfer-changed') moved();
      if (event.type === 'questions-changed') event.open.forEach(noteQuestion);
    }
    wake();
  };
  for (const { id, enabled, requested } of begun.accounts)
    if (!enabled || requested.availability === 'offline')
      hopeless.set(id, new KithError('not-online', `The account is ${enabled ? 'set to offline' : 'not in use'}`));
  begun.connections.forEach(noteConnection);
  begun.questions.forEach(noteQuestion);
  const heard = sight.onDidHear(hear);

  /** Looks again whenever something was heard; `late` when nothing came of it in time. */
  const wait = async <T>(clock: Clock, look: (late: boolean) => T | undefined): Promise<T> => {
    let late = false;
    const begin = (): Disposable =>
      clock.after(patience, () => {
        late = true;
        wake();
      });
    let bound = begin();
    moved = () => {
      bound[Symbol.dispose]();
      bound = begin();
    };
    try {
      for (;;) {
        const found = look(late);
        if (found !== undefined) return found;
        await new Promise<void>((resolve) => (wake = resolve));
      }
    } finally {
      bound[Symbol.dispose]();
      moved = () => {};
    }
  };

  return {
    settled: (message, clock) =>
      wait(clock, (late) => {
        const delivery = deliveries.get(message.id) ?? message.delivery ?? { state: 'queued', at: message.at };
        if (gone.has(message.id)) return { delivery, error: new KithError('cancelled', 'It was called off meanwhile') };
        return outcomeOf(delivery, hopeless.get(message.account), late, sight.running);
      }),
    offer: (account, clock) =>
      wait(clock, (late) => {
        const offer = offers.get(account);
        return offer !== undefined || late || hopeless.has(account) ? { offer } : undefined;
      }).then(({ offer }) => offer),
    [Symbol.dispose]: () => heard[Symbol.dispose](),
  };
}

/** Undefined while there is something to wait for. `why` is set when the account is offline until a person acts. */
function outcomeOf(
  delivery: Delivery,
  why: KithError | undefined,
  late: boolean,
  running: boolean,
): Outcome | undefined {
  const failed = (code: KithErrorCode, text: string): Outcome => ({ delivery, error: new KithError(code, text) });
  switch (delivery.state) {
    case 'sent':
    case 'delivered':
    case 'read':
      return { delivery };
    case 'failed':
      return failed(delivery.reason ?? 'server-refused', delivery.text ?? 'The message was refused');
    case 'unconfirmed':
      return failed('not-confirmed', 'The message was written, and nobody can say whether it arrived');
    case 'sending':
      return late ? failed('not-confirmed', 'The server did not confirm the message in time') : undefined;
    case 'queued': {
      const stays = `It stays queued and goes out when ${running ? 'the account is online' : 'Kith next starts'}.`;
      if (why !== undefined) return failed(why.code, `${why.message.replace(/\.$/, '')}. ${stays}`);
      return late ? failed('timeout', `Not sent in time. ${stays}`) : undefined;
    }
    default:
      return assertNever(delivery.state);
  }
}
