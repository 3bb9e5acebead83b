/** The network's letters as an account's messages. */
import { newId } from '../../src/base/index.ts';
import type { AccountId, ContactId, Message, MessageId } from '../../src/domain/index.ts';
import type { Letter } from './network/resident.ts';
import { fileIn } from './network/shelf.ts';

export interface Reader {
  readonly account: AccountId;
  readonly address: ContactId;
}

/** A letter as its reader has it: their own keep the id they were sent with, others' get a new one. */
export function messageOf(letter: Letter, { account, address }: Reader): Message {
  const ours = letter.from === address;
  const file = fileIn(letter.body);
  return {
    id: ours ? (letter.id as MessageId) : newId<MessageId>(),
    account,
    target: { kind: 'contact', contact: ours ? letter.to : letter.from },
    direction: ours ? 'outgoing' : 'incoming',
    from: letter.from,
    body: letter.body,
    ...(letter.replaces === undefined ? {} : { replaces: letter.replaces }),
    ...(file === undefined ? {} : { file }),
    at: letter.at,
    origin: letter.id,
    archive: letter.archive,
    ...(ours ? { delivery: { state: letter.state, at: letter.at } } : {}),
    ...(!ours && letter.wantsReadMarker ? { wantsReadMarker: true } : {}),
  };
}
