import { describe, expect, it } from 'vitest';
import { TestSeat } from '../../test/harness/test-seat.ts';
import { XmppRig } from '../../test/harness/xmpp-rig.ts';
import type { ParameterValue } from '../../src/domain/index.ts';
import { proxyOf } from './proxy-settings.ts';

const never = new AbortController().signal;
const proxy = (parameters: Record<string, ParameterValue>) => proxyOf(new TestSeat('me@home', { parameters }), never);

describe('the proxy of an account', () => {
  it('is none when nothing is filled in', () => {
    expect(proxy({})).toBeUndefined();
    expect(proxy({ proxy: '', proxyHost: ' ', proxyUser: '' })).toBeUndefined();
  });

  it.each([
    ['socks5', 1080],
    ['http', 8080],
  ])('of the kind %s is at port %i unless it is said otherwise', (kind, port) => {
    expect(proxy({ proxy: kind, proxyHost: ' proxy.test ' })).toMatchObject({ kind, host: 'proxy.test', port });
    expect(proxy({ proxy: kind, proxyHost: 'proxy.test', proxyPort: 9 })).toMatchObject({ port: 9 });
    expect(proxy({ proxy: kind, proxyHost: 'proxy.test' })).not.toHaveProperty('name');
  });

  it('asks for its password by its own name', async () => {
    const seat = new TestSeat('me@home', {
      parameters: { proxy: 'http', proxyHost: 'proxy.test', proxyUser: 'amy' },
    });
    const found = proxyOf(seat, never);
    expect(found?.name).toBe('amy');
    await expect(found?.password('refused')).resolves.toBe('secret');
    expect(seat.asked).toEqual([{ kind: 'secret', question: { name: 'proxyPassword', why: 'refused' } }]);
  });

  it.each([
    [{ proxy: 'socks5' }, 'proxyHost has to say on which machine'],
    [{ proxyHost: 'proxy.test' }, 'proxy has to say of which kind'],
    [{ proxy: 'carrier pigeon', proxyHost: 'proxy.test' }, 'proxy has to say of which kind'],
  ])('that is half set keeps the account offline, and says what is missing: %j', async (parameters, words) => {
    const rig = new XmppRig({ parameters });
    await rig.connection.connect({ availability: 'available', status: '', message: '' }, never);
    await rig.settle();
    expect(rig.streams).toHaveLength(0);
    expect(rig.said('status-changed').at(-1)).toMatchObject({
      status: 'offline',
      reason: { code: 'invalid-argument', text: expect.stringContaining(words) },
    });
  });
});
