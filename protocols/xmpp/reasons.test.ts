import { describe, expect, it } from 'vitest';
import { reasonOf } from './reasons.ts';

describe('why a connection ended', () => {
  it('is the server’s own doing when it broke the protocol, and a refusal only when it refused', () => {
    const broke = {
      code: 'server-refused',
      text: 'The server broke the rules of the protocol: not well-formed',
    } as const;
    expect(reasonOf(broke, 'kith.test').text).toBe(
      'The server kith.test broke the rules of the protocol: not well-formed',
    );
    expect(reasonOf({ code: 'server-refused', text: 'Too many.' }, 'kith.test').text).toBe(
      'The server kith.test refused the connection: Too many',
    );
  });
});
