import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { hex, hueOf, personColours } from './person-colour.ts';

const tokens = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');

/** WCAG 2.2, relative luminance and contrast ratio. */
const luminance = (colour: string): number => {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};
const ratio = (one: string, other: string): number => {
  const [light, dark] = [luminance(one), luminance(other)].toSorted((a, b) => b - a) as [number, number];
  return (light + 0.05) / (dark + 0.05);
};

const rolesOf = (theme: string): Record<string, string> => {
  const block = tokens.slice(tokens.lastIndexOf(`[data-theme='${theme}'] {`)).split('\n}')[0]!;
  return Object.fromEntries(
    [...block.matchAll(/(--[\w-]+):\s*(#[0-9a-f]{6})\b/giu)].map(([, name, value]) => [name!.slice(2), value!]),
  );
};
const surfaces = ['ground', 'surface', 'raised', 'sunken', 'bubble', 'bubble-own', 'selected'];

describe('person colours', () => {
  it('take the hues of XEP-0392’s test vectors', () => {
    expect(hueOf('Romeo')).toBeCloseTo(327.255, 2);
    expect(hueOf('juliet@capulet.lit')).toBeCloseTo(209.41, 2);
    expect(hueOf('😺')).toBeCloseTo(331.199, 2);
    expect(hueOf('council')).toBeCloseTo(359.994, 2);
  });

  it('are worked out once', () => {
    expect(personColours('romeo@montague.example')).toBe(personColours('romeo@montague.example'));
  });

  it('can be read at any hue, as a name on any surface and as letters on their plate', () => {
    const names = { light: [75, 40], dark: [70, 74], contrast: [90, 84], 'contrast-light': [80, 30] } as const;
    for (const [theme, [saturation, lightness]] of Object.entries(names)) {
      const roles = rolesOf(theme);
      for (let hue = 0; hue < 360; hue += 5) {
        const name = hex(hue, saturation, lightness);
        for (const surface of surfaces) expect(ratio(name, roles[surface]!)).toBeGreaterThan(4.5);
      }
    }
    for (let hue = 0; hue < 360; hue += 5) {
      expect(ratio(hex(hue, 40, 87), hex(hue, 80, 30))).toBeGreaterThan(4.5);
      expect(ratio(hex(hue, 45, 30), hex(hue, 50, 86))).toBeGreaterThan(4.5);
    }
  });
});

describe('the tokens', () => {
  it.each([
    ['light', 4.5],
    ['dark', 4.5],
    ['contrast', 7],
    ['contrast-light', 7],
  ])('keep text and shapes readable on every surface: %s', (theme, least) => {
    const roles = rolesOf(theme);
    for (const surface of surfaces) {
      for (const text of ['ink', 'ink-2', 'ink-3', 'accent', 'copper', 'bad', 'warn', 'good'])
        expect([theme, text, surface, ratio(roles[text]!, roles[surface]!) >= least]).toEqual([
          theme,
          text,
          surface,
          true,
        ]);
      for (const shape of ['line', 'p-available', 'p-away', 'p-busy', 'p-none', 'focus'])
        expect(ratio(roles[shape]!, roles[surface]!)).toBeGreaterThan(3);
    }
    for (const [text, back] of [
      ['on-accent', 'accent'],
      ['on-accent', 'accent-hover'],
      ['bad', 'bad-soft'],
      ['warn', 'warn-soft'],
      ['surface', 'ink'],
    ] as const)
      expect(ratio(roles[text]!, roles[back]!)).toBeGreaterThan(4.5);
  });
});
