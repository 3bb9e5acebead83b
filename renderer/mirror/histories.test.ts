import { describe, expect, it } from 'vitest';
import type { Message, MessageId } from '../../src/domain/index.ts';
import { merge, noHistory, prepend } from './histories.ts';

const message = (id: string, at: number, body = id): Message =>
  ({
    id,
    at,
    body,
    account: 'a',
    target: { kind: 'contact', contact: 'c' },
    direction: 'incoming',
    from: 'c',
  }) as never;
const ids = (history: { readonly messages: readonly Message[] }): string[] => history.messages.map(({ id }) => id);

describe('a history', () => {
  it('takes pages from behind and keeps the newer knowledge of what stands in both', () => {
    const known = merge({ ...noHistory, complete: true }, [message('b', 2, 'changed')], []);
    const history = prepend({ ...known, complete: false }, [message('a', 1), message('b', 2, 'old')], false);
    expect(ids(history)).toEqual(['a', 'b']);
    expect(history.messages[1]!.body).toBe('changed');
  });

  it('puts what arrives late where it belongs, and equals in the order they came', () => {
    const start = prepend(noHistory, [message('a', 10), message('c', 30)], true);
    const history = merge(start, [message('d', 30), message('b', 20), message('z', 5)], []);
    expect(ids(history)).toEqual(['z', 'a', 'b', 'c', 'd']);
  });

  it('leaves what is older than its beginning to the page it will come with', () => {
    const start = prepend(noHistory, [message('b', 20)], false);
    expect(ids(merge(start, [message('a', 10)], []))).toEqual(['b']);
  });

  it('changes in place and forgets what was removed', () => {
    const start = prepend(noHistory, [message('a', 10), message('b', 20)], true);
    const history = merge(start, [message('b', 20, 'new')], ['a' as MessageId]);
    expect(ids(history)).toEqual(['b']);
    expect(history.messages[0]!.body).toBe('new');
  });
});
