import { describe, expect, it } from 'vitest';
import type { AccountId, ContactId, Message, MessageId } from '../domain/index.ts';
import { afterTheLast, inArrivalOrder } from './said-at.ts';

const noon = Date.UTC(2026, 0, 1, 12);
const said = (at: number, from = 'amy@home'): Message => ({
  id: `${from} ${at}` as MessageId,
  account: 'me' as AccountId,
  target: { kind: 'contact', contact: from as ContactId },
  direction: 'incoming',
  from: from as ContactId,
  body: 'said',
  at,
});

describe('what waited at the server', () => {
  it('stands below what we saw a moment before, in the order it came', () => {
    const ordered = inArrivalOrder([said(noon), said(noon), said(noon + 3_000)], () => noon + 2_700);
    expect(ordered.map(({ at }) => at - noon)).toEqual([2_700, 2_700, 3_000]);
  });

  it('keeps a stamp that is finer than a second', () => {
    expect(inArrivalOrder([said(noon + 200)], () => noon + 700)[0]?.at).toBe(noon + 200);
  });

  it('keeps a stamp of long before: it was missed then, and belongs there', () => {
    expect(inArrivalOrder([said(noon)], () => noon + 10_000)[0]?.at).toBe(noon);
  });

  it('of one person does not wait for another', () => {
    const lastSaid = ({ from }: Message) => (from === 'amy@home' ? noon + 700 : undefined);
    const ordered = inArrivalOrder([said(noon), said(noon, 'ben@home')], lastSaid);
    expect(ordered.map(({ at }) => at - noon)).toEqual([700, 0]);
  });
});

describe('what we say', () => {
  it('stands below what it answers when the server is a little ahead, and not when it is days ahead', () => {
    expect(afterTheLast(noon, noon + 60_000)).toBe(noon + 60_000);
    expect(afterTheLast(noon, noon + 86_400_000)).toBe(noon);
    expect(afterTheLast(noon, undefined)).toBe(noon);
  });
});
