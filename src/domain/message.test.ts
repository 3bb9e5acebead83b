import { describe, expect, it } from 'vitest';
import { conversationId, targetAddress } from './conversation.ts';
import type { AccountId, ContactId, RoomId } from './ids.ts';
import { advances, type DeliveryState } from './message.ts';

const states: readonly DeliveryState[] = ['queued', 'sending', 'unconfirmed', 'sent', 'failed', 'delivered', 'read'];

describe('the delivery of a message', () => {
  it('only moves forwards', () => {
    for (const from of states) {
      expect(advances(from, from)).toBe(false);
      for (const to of states) expect(advances(from, to) && advances(to, from)).toBe(false);
    }
  });

  it.each([
    ['sending', 'sent'],
    ['sending', 'unconfirmed'],
    ['sending', 'failed'],
    ['unconfirmed', 'sent'],
    ['unconfirmed', 'delivered'],
    ['sent', 'delivered'],
    ['sent', 'failed'],
    ['delivered', 'read'],
    ['failed', 'delivered'],
  ] as const)('goes from %s to %s', (from, to) => expect(advances(from, to)).toBe(true));

  it.each([
    ['delivered', 'sent'],
    ['read', 'delivered'],
    ['sent', 'unconfirmed'],
    ['sent', 'sending'],
    ['delivered', 'failed'],
    ['unconfirmed', 'queued'],
  ] as const)('does not go from %s to %s by itself', (from, to) => expect(advances(from, to)).toBe(false));
});

describe('a conversation', () => {
  const account = 'account' as AccountId;

  it('has the same id for the same account and target, always', () => {
    const target = { kind: 'contact', contact: 'amy@home' as ContactId } as const;
    expect(conversationId(account, target)).toBe(conversationId(account, { ...target }));
    expect(targetAddress(target)).toBe('amy@home');
  });

  it('with a room is another than with a contact of the same address', () => {
    const ids = [
      conversationId(account, { kind: 'contact', contact: 'both@home' as ContactId }),
      conversationId(account, { kind: 'room', room: 'both@home' as RoomId }),
      conversationId('other' as AccountId, { kind: 'room', room: 'both@home' as RoomId }),
    ];
    expect(new Set(ids).size).toBe(3);
    expect(targetAddress({ kind: 'room', room: 'both@home' as RoomId })).toBe('both@home');
  });
});
