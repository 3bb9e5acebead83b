import { describe, expect, it } from 'vitest';
import { intentOf, notableWord } from './intents.ts';
import { replies } from './replies.ts';
import { voices } from './voices.ts';

describe('what somebody may have meant', () => {
  it.each([
    ['Good morning!', 'greeting'],
    ['How are you?', 'how-are-you'],
    ['thanks a lot', 'thanks'],
    ['grazie', 'thanks'],
    ['good night', 'farewell'],
    ['hahaha', 'laughter'],
    ['👍👍', 'pictures-only'],
    ['Look: https://kith.example/goat', 'link'],
    ['https://files.testbed/1/act-two.pdf', 'file'],
    ['Where is the ladder?', 'question-where'],
    ['Why though?', 'question-why'],
    ['Is it raining?', 'question'],
    ['مرحبا كيف الحال', 'other-script'],
    ['COME HERE AT ONCE', 'shouting'],
    ['supper at nine o’clock then', 'meeting'],
    ['sure', 'yes'],
    ['nope', 'no'],
    ['I painted the door', 'statement'],
    ['x'.repeat(200), 'long'],
    ['', 'statement'],
  ])('%s: %s', (text, intent) => {
    expect(intentOf(text)).toBe(intent);
  });

  it('picks up a word worth repeating, or none', () => {
    expect(notableWord('I painted the balcony')).toBe('painted');
    expect(notableWord('ok so')).toBeUndefined();
    expect(notableWord('which would there about')).toBeUndefined();
  });
});

describe('the words of the town', () => {
  const all = [replies, ...Object.values(voices)].flatMap((table) => Object.values(table).flat(2));

  it('are never empty, never too long, and leave no unknown gap', () => {
    for (const line of all) {
      expect(line.length).toBeGreaterThan(0);
      expect(line.length).toBeLessThan(200);
      expect(line.replaceAll('{word}', '')).not.toMatch(/[{}]/);
    }
  });

  it('always include an answer that needs no word', () => {
    for (const list of Object.values(replies)) {
      expect(list.some((lines) => lines.every((line) => !line.includes('{word}')))).toBe(true);
    }
  });
});
