/** What `--set NAME=VALUE` says, read as the protocol means it. */
import { readFileSync } from 'node:fs';
import { KithError } from '../../../base/index.ts';
import type { HouseSnapshot, ParameterSpec } from '../../../contracts/index.ts';
import type { ParameterValue, ProtocolId } from '../../../domain/index.ts';
import type { SecretInput } from './secret-input.ts';

export interface SettingsRead {
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  /** Nothing in it when none was given. */
  readonly secrets: { readonly secrets?: Readonly<Record<string, string>> };
}

/** A secret's value is '-', for its own way in, or nothing, to have it forgotten. Rejects 'invalid-argument'. */
export async function readSettings(
  pairs: readonly string[],
  input: SecretInput,
  snapshot: HouseSnapshot,
  protocol: ProtocolId,
): Promise<SettingsRead> {
  const manifest = snapshot.protocols.find((one) => one.id === protocol);
  if (manifest === undefined) throw new KithError('not-found', `There is no protocol ${protocol}`);
  const parameters: Record<string, ParameterValue> = {};
  const secrets: Record<string, string> = {};
  for (const pair of pairs) {
    const [name = '', ...rest] = pair.split('=');
    const spec = manifest.parameters.find((one) => one.name === name);
    if (spec === undefined) {
      const known = manifest.parameters.map((one) => one.name).join(', ');
      throw new KithError('invalid-argument', `${manifest.displayName} has no setting ‘${name}’; it has ${known}`);
    }
    const value = rest.join('=');
    if (spec.secret) secrets[name] = await readSecret(name, value, input);
    else parameters[name] = readValue(spec, value);
  }
  return { parameters, secrets: Object.keys(secrets).length === 0 ? {} : { secrets } };
}

async function readSecret(name: string, value: string, input: SecretInput): Promise<string> {
  if (value === '') return '';
  if (value === '-') return await input.given(name);
  const words = `${name} is a secret, and others can read a command line; --set ${name}=- asks for it, or reads it from standard input`;
  throw new KithError('invalid-argument', words);
}

function readValue({ name, type, shape }: ParameterSpec, value: string): ParameterValue {
  if (type === 's')
    return shape === 'pem' && value !== '' && !value.includes('-----BEGIN') ? readPem(name, value) : value;
  if (value === '') return '';
  if (type === 'u' && /^\d{1,9}$/.test(value)) return Number(value);
  if (type === 'i' && /^-?\d{1,9}$/.test(value)) return Number(value);
  if (type === 'b' && /^(yes|no|true|false)$/.test(value)) return value === 'yes' || value === 'true';
  throw new KithError('invalid-argument', `${name} needs ${type === 'b' ? 'yes or no' : 'a whole number'}`);
}

/** Nobody types certificates: the value names the file. */
function readPem(name: string, path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    const words = `${name} must be certificates as PEM text, or a file that holds them; ‘${path}’ cannot be read`;
    throw new KithError('invalid-argument', words, { cause });
  }
}
