/** Keys to press, by the names that stand on the keyboard of whoever reads it. */
import { nameOfKey } from '../words-keys.ts';

/** `of`: 'Ctrl K', keys held together with a space between them. `quiet`: said elsewhere to whoever listens. */
export function Keys({ of, quiet = false }: { readonly of: string; readonly quiet?: boolean }) {
  return <kbd aria-hidden={quiet || undefined}>{of.split(' ').map(nameOfKey).join(' ')}</kbd>;
}
