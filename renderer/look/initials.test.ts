import { describe, expect, it } from 'vitest';
import { initialsOf } from './initials.ts';

describe('initials', () => {
  it.each([
    ['Romeo Montague', 'RM'],
    ['Nurse', 'N'],
    ['romeo@montague.example', 'R'],
    ['佐藤美月', '佐'],
    ['ليلى الأندلسي', 'ل'],
    ['  élodie   d’Arc', 'ÉD'],
    ['(Amy)', 'A'],
    ['\u202eevil', 'E'],
    ['👩‍🚀 Mae', '👩‍🚀M'],
    ['', ''],
    ['…', ''],
  ])('of %s are %s', (name, initials) => expect(initialsOf(name)).toBe(initials));
});
