/** Where in a form a setting of an account stands, and which refusal belongs under which field. */
import { asKithError } from '../../src/base/index.ts';
import { words } from '../words.ts';

export interface Fault {
  readonly text: string;
  /** The name of the field it stands under, where it is about one. */
  readonly field?: string;
}

export interface FieldFault extends Fault {
  readonly field: string;
}

export const settingField = (name: string): string => `setting-${name}`;

/** The field of the setting a refusal is about: it begins with its name, or has it among its words. */
export function fieldOf(text: string, settings: readonly string[]): string | undefined {
  const said = text.toLowerCase().split(/[^a-z0-9-]+/u);
  const named = settings.find((name) => said.includes(name.toLowerCase()));
  return named === undefined ? undefined : settingField(named);
}

/** Only what is wrong with what was filled in says so in its own words. */
export function faultOf(error: unknown, settings: readonly string[]): Fault {
  const { code, message } = asKithError(error);
  if (code !== 'invalid-argument') return { text: words.fault[code] };
  const field = fieldOf(message, settings);
  return { text: message, ...(field === undefined ? {} : { field }) };
}
