import { describe, expect, it } from 'vitest';
import { kithErrorCodes } from '../../src/base/index.ts';
import {
  type Account,
  type AccountId,
  availablePresence,
  newConnection,
  type ProtocolId,
} from '../../src/domain/index.ts';
import { type AccountFacts, plightOf, protocolPlight, whereOf, worstFirst } from './plight.ts';

const account: Account = {
  id: 'a' as AccountId,
  protocol: 'xmpp' as ProtocolId,
  address: 'juliet@capulet.example',
  name: '',
  parameters: {},
  enabled: true,
  requested: availablePresence,
};

function facts(
  status: 'offline' | 'connecting' | 'online',
  code?: string,
  more: Partial<AccountFacts> = {},
): AccountFacts {
  const connection = newConnection(account.id);
  connection.status = status;
  connection.reason = code === undefined ? undefined : { code: code as never, text: 'said so' };
  return {
    account,
    where: whereOf(account),
    connection,
    retryAt: undefined,
    questions: [],
    several: false,
    noNetwork: false,
    ...more,
  };
}

describe('what an account needs said about it', () => {
  it('is nothing while it is online, switched off, or offline because the person wished it', () => {
    expect(plightOf(facts('online'))).toBeUndefined();
    expect(plightOf(facts('offline', 'requested'))).toBeUndefined();
    expect(plightOf(facts('offline', 'network', { account: { ...account, enabled: false } }))).toBeUndefined();
    const requested = { availability: 'offline', status: '', message: '' } as const;
    expect(plightOf(facts('offline', 'network', { account: { ...account, requested } }))).toBeUndefined();
  });

  it('is one sentence and one remedy for every reason there is', () => {
    for (const code of kithErrorCodes) {
      const plight = plightOf(facts('offline', code))!;
      expect(plight.text).not.toBe('');
      expect(plight.remedy).toBeDefined();
    }
  });

  it('names the account only where there are several', () => {
    expect(plightOf(facts('offline', 'network', { retryAt: 5 }))).toMatchObject({
      text: 'Offline. Next try in ',
      until: 5,
    });
    expect(plightOf(facts('offline', 'network', { retryAt: 5, several: true }))!.text).toBe(
      'capulet.example, next try ',
    );
    expect(plightOf(facts('offline', 'server-silent', { retryAt: 5 }))!.text).toContain('does not answer');
  });

  it('calls an account by its server, unless another is on the same', () => {
    const other = { ...account, id: 'b' as AccountId, address: 'nurse@capulet.example' };
    expect(whereOf(account, [account])).toBe('capulet.example');
    expect(whereOf(account, [account, other])).toBe('juliet@capulet.example');
  });

  it('promises nothing without a network', () => {
    const plight = plightOf(facts('offline', 'network', { retryAt: 5, noNetwork: true }))!;
    expect(plight.remedy).toBeUndefined();
    expect(plight.until).toBeUndefined();
  });

  it('comes worst first', () => {
    const stopped = protocolPlight(account.protocol, 'XMPP', 'given-up')!;
    const waiting = plightOf(facts('offline', 'network', { retryAt: 5 }))!;
    const connecting = plightOf(facts('connecting'))!;
    expect(worstFirst([connecting, waiting, stopped])).toEqual([stopped, waiting, connecting]);
  });
});
