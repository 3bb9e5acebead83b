import { describe, expect, it } from 'vitest';
import { themeFor } from './theme.ts';

describe('the theme', () => {
  it('follows the desktop until someone chooses, and more contrast in either case', () => {
    expect(themeFor('system', { dark: false, contrast: false })).toBe('light');
    expect(themeFor('system', { dark: true, contrast: false })).toBe('dark');
    expect(themeFor('light', { dark: true, contrast: false })).toBe('light');
    expect(themeFor('system', { dark: true, contrast: true })).toBe('contrast');
    expect(themeFor('light', { dark: true, contrast: true })).toBe('contrast-light');
    expect(themeFor('dark', { dark: false, contrast: true })).toBe('contrast');
  });
});
