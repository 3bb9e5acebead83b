import { describe, expect, it } from 'vitest';
import {
  availabilities,
  type Availability,
  compareAvailability,
  greatestPresence,
  type Presence,
  samePresence,
  unknownPresence,
} from './presence.ts';

const presence = (availability: Availability, message = ''): Presence => ({ availability, status: '', message });

describe('availability', () => {
  it('is ordered from not knowing to being there', () => {
    expect(availabilities).toEqual(['unknown', 'offline', 'hidden', 'extended-away', 'away', 'busy', 'available']);
    for (const [at, lower] of availabilities.entries()) {
      for (const higher of availabilities.slice(at + 1)) {
        expect(compareAvailability(lower, higher)).toBeLessThan(0);
        expect(compareAvailability(higher, lower)).toBeGreaterThan(0);
      }
      expect(compareAvailability(lower, lower)).toBe(0);
    }
  });
});

describe('the greatest of several presences', () => {
  it('is the most available one', () => {
    expect(greatestPresence([presence('away'), presence('available'), presence('offline')])).toEqual(
      presence('available'),
    );
  });

  it('is the first of equals, so the order of contacts decides whose words are shown', () => {
    expect(greatestPresence([presence('away', 'first'), presence('away', 'second')]).message).toBe('first');
  });

  it('of nobody is unknown', () => expect(greatestPresence([])).toEqual(unknownPresence));

  it('of someone offline and someone unknown is offline: one of them is known', () => {
    expect(greatestPresence([presence('unknown'), presence('offline')]).availability).toBe('offline');
  });

  it('does not depend on the order, but for the words', () => {
    for (const a of availabilities) {
      for (const b of availabilities) {
        const there = greatestPresence([presence(a), presence(b)]);
        expect(greatestPresence([presence(b), presence(a)])).toEqual(there);
      }
    }
  });
});

describe('two presences', () => {
  it('are the same in all three parts or not at all', () => {
    const one: Presence = { availability: 'away', status: 'xa', message: 'Lunch' };
    expect(samePresence(one, { ...one })).toBe(true);
    expect(samePresence(one, { ...one, availability: 'busy' })).toBe(false);
    expect(samePresence(one, { ...one, status: 'away' })).toBe(false);
    expect(samePresence(one, { ...one, message: '' })).toBe(false);
  });
});
