import { describe, expect, it } from 'vitest';
import { newContact } from './contact.ts';
import type { ContactId } from './ids.ts';
import { unknownPresence } from './presence.ts';

describe('a contact of whom only the address is known', () => {
  it('is a stranger: not listed, nobody sees anybody, presence unknown, text can be tried', () => {
    expect(newContact('amy@home' as ContactId)).toEqual({
      id: 'amy@home',
      alias: '',
      nickname: '',
      avatar: '',
      groups: [],
      presence: unknownPresence,
      weSeeThem: 'no',
      theySeeUs: 'no',
      listed: false,
      abilities: ['text'],
    });
  });

  it('becomes what else is known of them', () => {
    const amy = newContact('amy@home' as ContactId, { alias: 'Amy', theySeeUs: 'asked', request: 'It is me' });
    expect(amy).toMatchObject({ alias: 'Amy', theySeeUs: 'asked', request: 'It is me', weSeeThem: 'no' });
  });
});
