/** A person's colour (XEP-0392): the hue is theirs everywhere, the lightness is ours, because in HSLuv it alone fixes contrast. */
import { Hsluv } from 'hsluv';
import type { CSSProperties } from 'react';
import { sha1 } from './sha1.ts';

/** Degrees, 0 up to 360, from the bare address (XEP-0392 §5.1). */
export function hueOf(address: string): number {
  const digest = sha1(address);
  return ((digest[0]! + digest[1]! * 256) / 65536) * 360;
}

const inks = {
  '--pc-l': [75, 40],
  '--pc-d': [70, 74],
  '--pc-c': [90, 84],
  '--pb-l': [40, 87],
  '--pt-l': [80, 30],
  '--pb-d': [45, 30],
  '--pt-d': [50, 86],
} as const;

const known = new Map<string, CSSProperties>();

/** Custom properties for an element with `data-person`: name, plate and letters in every theme. */
export function personColours(address: string): CSSProperties {
  const kept = known.get(address);
  if (kept !== undefined) return kept;
  const hue = hueOf(address);
  const colours = Object.fromEntries(
    Object.entries(inks).map(([name, [saturation, lightness]]) => [name, hex(hue, saturation, lightness)]),
  ) as CSSProperties;
  known.set(address, colours);
  return colours;
}

/** `#rrggbb`; saturation and lightness in percent. */
export function hex(hue: number, saturation: number, lightness: number): string {
  const colour = new Hsluv();
  colour.hsluv_h = hue;
  colour.hsluv_s = saturation;
  colour.hsluv_l = lightness;
  colour.hsluvToHex();
  return colour.hex;
}
