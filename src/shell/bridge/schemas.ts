/** What each question must look like when it arrives from outside. Total: a new verb does not compile until it stands here. */
import * as z from 'zod/mini';
import { type Id, KithError } from '../../base/index.ts';
import { languages, secretsModes, type BridgeCalls, type BridgeVerb } from '../../contracts/index.ts';
import { availabilities, largestPicture } from '../../domain/index.ts';

/** Longest text taken as a message, in UTF-16 units. Far above what may be sent: core says that better. */
const longestBody = 512 * 1024;

const text = (longest: number) => z.string().check(z.maxLength(longest));
const id = <T extends Id<string>>() => text(4096).check(z.minLength(1)) as unknown as z.ZodMiniType<T>;
const address = text(3072);
// A parameter may be a bundle of certificates.
const parameters = z.record(text(64), z.union([text(512 * 1024), z.number(), z.boolean()]));
const secret = text(4096);
const instant = z.number();
const limit = z.int().check(z.minimum(1), z.maximum(500));
const contact = { account: id<Id<'account'>>(), contact: id<Id<'contact'>>() };
const target = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('contact'), contact: id<Id<'contact'>>() }),
  z.strictObject({ kind: z.literal('room'), room: id<Id<'room'>>() }),
]);
const groups = z.array(text(256)).check(z.maxLength(64));
const lines = z.array(text(512)).check(z.maxLength(16));
const card = z.strictObject({
  name: text(512),
  organisation: text(512),
  mails: lines,
  phones: lines,
  birthday: text(32),
  urls: lines,
});
const room = { account: id<Id<'account'>>(), room: id<Id<'room'>>() };
const nick = z.exactOptional(text(1023).check(z.minLength(1)));
const roomSettings = z.strictObject({
  name: z.exactOptional(text(256)),
  membersOnly: z.exactOptional(z.boolean()),
  password: z.exactOptional(secret),
  persistent: z.exactOptional(z.boolean()),
});
const nothing = z.strictObject({}) as unknown as z.ZodMiniType<Record<string, never>>;

export const schemas: { readonly [V in BridgeVerb]: z.ZodMiniType<BridgeCalls[V]['in']> } = {
  'house.join': nothing,
  'house.looked': nothing,
  'account.add': z.strictObject({
    protocol: id<Id<'protocol'>>(),
    address,
    name: z.exactOptional(text(256)),
    parameters: z.exactOptional(parameters),
    password: z.exactOptional(secret),
    secrets: z.exactOptional(z.record(text(64), secret)),
    register: z.exactOptional(z.boolean()),
    invitation: z.exactOptional(text(2048)),
  }),
  'account.set': z.strictObject({
    account: id<Id<'account'>>(),
    name: z.exactOptional(text(256)),
    enabled: z.exactOptional(z.boolean()),
    parameters: z.exactOptional(parameters),
    password: z.exactOptional(secret),
    secrets: z.exactOptional(z.record(text(64), secret)),
  }),
  'account.present': z.strictObject({
    account: id<Id<'account'>>(),
    nickname: z.exactOptional(text(256)),
    picture: z.exactOptional(text(largestPicture * 1.4)),
  }),
  'account.setCard': z.strictObject({ account: id<Id<'account'>>(), card }),
  'account.invite': z.strictObject({ account: id<Id<'account'>>() }),
  'account.changePassword': z.strictObject({ account: id<Id<'account'>>(), password: secret }),
  'account.remove': z.strictObject({ account: id<Id<'account'>>(), atServer: z.exactOptional(z.boolean()) }),
  'account.connect': z.strictObject({ account: id<Id<'account'>>() }),
  'protocol.startAgain': z.strictObject({ protocol: id<Id<'protocol'>>() }),
  'presence.set': z.strictObject({
    account: z.exactOptional(id<Id<'account'>>()),
    availability: z.enum(availabilities),
    message: text(4096),
  }),
  'contact.request': z.strictObject({
    account: id<Id<'account'>>(),
    address,
    alias: z.exactOptional(text(256)),
    groups: z.exactOptional(groups),
    message: z.exactOptional(text(4096)),
    welcome: z.exactOptional(z.boolean()),
  }),
  'contact.authorise': z.strictObject(contact),
  'contact.refuse': z.strictObject(contact),
  'contact.setAside': z.strictObject({ ...contact, aside: z.boolean() }),
  'contact.card': z.strictObject(contact),
  'contact.devices': z.strictObject(contact),
  'contact.block': z.strictObject({ ...contact, report: z.exactOptional(z.enum(['spam', 'abuse'])) }),
  'contact.unblock': z.strictObject(contact),
  'contact.remove': z.strictObject(contact),
  'contact.rename': z.strictObject({ ...contact, alias: text(256) }),
  'contact.setGroups': z.strictObject({ ...contact, groups }),
  'room.join': z.strictObject({ account: id<Id<'account'>>(), address, nick, password: z.exactOptional(secret) }),
  'room.create': z.strictObject({
    account: id<Id<'account'>>(),
    address,
    nick,
    settings: z.exactOptional(roomSettings),
  }),
  'room.open': z.strictObject(room),
  'room.leave': z.strictObject(room),
  'room.forget': z.strictObject(room),
  'room.invite': z.strictObject({ ...room, address, text: text(4096) }),
  'room.setTopic': z.strictObject({ ...room, topic: text(16_384) }),
  'room.setNick': z.strictObject({ ...room, nick: text(1023).check(z.minLength(1)) }),
  'room.configure': z.strictObject({ ...room, settings: roomSettings }),
  'room.list': z.strictObject({
    account: id<Id<'account'>>(),
    service: z.exactOptional(address),
    after: z.exactOptional(text(4096)),
  }),
  'conversation.open': z.strictObject({ account: z.exactOptional(id<Id<'account'>>()), address }),
  'conversation.acknowledge': z.strictObject({ conversation: id<Id<'conversation'>>(), upTo: id<Id<'message'>>() }),
  'conversation.setChatState': z.strictObject({
    conversation: id<Id<'conversation'>>(),
    state: z.enum(['active', 'composing', 'paused', 'inactive', 'gone']),
  }),
  'conversation.setDraft': z.strictObject({ account: id<Id<'account'>>(), target, draft: text(longestBody) }),
  'message.send': z.strictObject({
    account: id<Id<'account'>>(),
    target,
    body: text(longestBody).check(z.minLength(1)),
  }),
  'message.correct': z.strictObject({
    message: id<Id<'message'>>(),
    body: text(longestBody).check(z.minLength(1)),
  }),
  'message.retry': z.strictObject({ message: id<Id<'message'>>() }),
  'message.discard': z.strictObject({ message: id<Id<'message'>>() }),
  'file.send': z.strictObject({ account: id<Id<'account'>>(), target, held: id<Id<'held-file'>>(), name: text(1024) }),
  'file.show': z.strictObject({ message: id<Id<'message'>>() }),
  'file.save': z.strictObject({ message: id<Id<'message'>>() }),
  'file.open': z.strictObject({ message: id<Id<'message'>>() }),
  'file.cancel': z.strictObject({ message: id<Id<'message'>>() }),
  'history.page': z.strictObject({
    conversation: id<Id<'conversation'>>(),
    place: z.exactOptional(
      z.union([
        z.strictObject({ before: id<Id<'message'>>() }),
        z.strictObject({ after: id<Id<'message'>>() }),
        z.strictObject({ around: id<Id<'message'>>() }),
        z.strictObject({ since: instant }),
      ]),
    ),
    limit,
  }),
  'history.search': z.strictObject({
    words: text(1024),
    conversation: z.exactOptional(id<Id<'conversation'>>()),
    from: z.exactOptional(z.union([z.literal('me'), z.array(id<Id<'contact'>>()).check(z.maxLength(64))])),
    since: z.exactOptional(instant),
    until: z.exactOptional(instant),
    has: z.exactOptional(z.enum(['file', 'picture', 'link'])),
    behind: z.exactOptional(id<Id<'message'>>()),
    limit,
  }),
  'link.read': z.strictObject({ uri: text(8192) }),
  'link.open': z.strictObject({ uri: text(8192) }),
  'question.answer': z.strictObject({ question: id<Id<'question'>>(), answer: secret }),
  'secrets.choose': z.strictObject({ mode: z.enum(secretsModes), passphrase: z.exactOptional(secret) }),
  'settings.set': z.strictObject({
    theme: z.exactOptional(z.enum(['system', 'light', 'dark'])),
    language: z.exactOptional(z.enum(['system', ...languages])),
    density: z.exactOptional(z.enum(['comfortable', 'compact'])),
    readMarkers: z.exactOptional(z.boolean()),
    typingNotices: z.exactOptional(z.boolean()),
  }),
  'demo.start': nothing,
  'house.quit': nothing,
};

const envelope = z.object({ id: z.int().check(z.minimum(0)), verb: z.string(), with: z.unknown() });

export type Asked =
  | { readonly id: number; readonly verb: BridgeVerb; readonly input: never }
  /** Understood well enough to answer that it is not understood. */
  | { readonly id: number; readonly wrong: string };

/** Reads what came over a port. Undefined when it is not even a question that could be answered. The words never repeat what was sent. */
export function readAsking(value: unknown): Asked | undefined {
  const asking = envelope.safeParse(value);
  if (!asking.success) return undefined;
  const { id: number, verb } = asking.data;
  if (!Object.hasOwn(schemas, verb)) return { id: number, wrong: 'There is no such question' };
  const known = verb as BridgeVerb;
  const input = read(known, asking.data.with);
  return 'wrong' in input ? { id: number, ...input } : { id: number, verb: known, input: input.read as never };
}

/** The same for a question that comes from this program's own command line. Throws 'invalid-argument'. */
export function checkAsking<V extends BridgeVerb>(verb: V, input: BridgeCalls[V]['in']): void {
  const checked = read(verb, input);
  if ('wrong' in checked) throw new KithError('invalid-argument', checked.wrong);
}

function read(verb: BridgeVerb, value: unknown): { readonly read: unknown } | { readonly wrong: string } {
  const input = z.safeParse(schemas[verb], value);
  if (input.success) return { read: input.data };
  const [issue] = input.error.issues;
  const where = issue?.path.join('.') ?? '';
  if (issue?.code === 'too_big' && issue.origin === 'string')
    return { wrong: `The ${where} is too long: ${issue.maximum} characters are the most` };
  return { wrong: where === '' ? `${verb} was asked wrongly` : `${verb} was asked with a wrong ${where}` };
}
