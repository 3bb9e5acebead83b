/** What somebody calls themselves, or a room, or is called by others, as a name of ours to be put into lines and sentences. */
import { plainly } from './turning.ts';

/** Letters. Nobody is called more than that, and a listener would have to hear it all. */
const longest = 120;

/** Blanks, and what no font has a mark for. */
const unseen = /^[\s\p{Cc}\p{Default_Ignorable_Code_Point}\u2800]*$/u;

/** In one line, with direction signs drawn; `otherwise` where there would be nothing to see. */
export function nameShown(name: string, otherwise: string): string {
  if (unseen.test(name)) return plainly(otherwise);
  const line = /[\s\p{Cc}]{2}|[^\S ]|\p{Cc}|^\s|\s$/u.test(name) ? name.replace(/[\s\p{Cc}]+/gu, ' ').trim() : name;
  if (line.length <= longest) return plainly(line);
  const letters = [...line.slice(0, 2 * longest)].slice(0, longest);
  return plainly(letters.join('') + (letters.join('').length < line.length ? '…' : ''));
}

/** Letters of what stands in one line or a small plate: more is never in sight, and would be laid out at every change. */
const mostInSight = 500;

/** The beginning of somebody's words, as much as can be in sight where they do not scroll. */
export const beginning = (text: string): string =>
  text.length <= mostInSight ? text : `${[...text.slice(0, mostInSight)].slice(0, -1).join('')}…`;

/** Stands for somebody in a room whose name cannot be seen. */
export const namelessHere = '⟨⟩';

const address = /[^\s<>()[\]",;]+@[^\s<>()[\]",;]+/gu;

/** True for a name that says an address other than `theirs`: whoever reads it would take them for somebody else. */
export function posesAsAnother(name: string, theirs: readonly string[]): boolean {
  if (!name.includes('@')) return false;
  const own = theirs.map((each) => each.toLowerCase());
  return (name.match(address) ?? []).some((said) => !own.includes(said.toLowerCase().replace(/^xmpp:/u, '')));
}
