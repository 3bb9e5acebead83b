/** What was filled in of an account's settings: an empty field is one not filled in. */
import type { ParameterValue } from '../../src/domain/index.ts';

export function text(value: ParameterValue | undefined): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

export function number(value: ParameterValue | undefined): number | undefined {
  return typeof value === 'number' && value > 0 ? value : undefined;
}
