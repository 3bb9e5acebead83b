/** Whether what was set on an account is what its protocol foresees. */
import { KithError } from '../base/index.ts';
import type { ParameterSpec, ProtocolManifest } from '../contracts/index.ts';
import type { ParameterValue } from '../domain/index.ts';

type Parameters = Readonly<Record<string, ParameterValue>>;

/** Throws 'invalid-argument', naming the parameter. */
export function checkParameters(manifest: ProtocolManifest, given: Parameters): Parameters {
  for (const [name, value] of Object.entries(given)) {
    const spec = manifest.parameters.find((known) => known.name === name);
    if (spec === undefined) throw new KithError('invalid-argument', `${manifest.displayName} has no setting ${name}`);
    if (spec.secret) throw new KithError('invalid-argument', `${name} is a secret and is never kept with the account`);
    if (!fits(spec, value)) throw new KithError('invalid-argument', `${name} must be ${kinds[spec.type]}`);
  }
  for (const { name, required, secret, fallback } of manifest.parameters) {
    if (required && !secret && fallback === undefined && given[name] === undefined) {
      throw new KithError('invalid-argument', `${manifest.displayName} needs ${name}`);
    }
  }
  return given;
}

const kinds: Readonly<Record<ParameterSpec['type'], string>> = { s: 'text', u: 'a whole number', b: 'yes or no' };

function fits({ type }: ParameterSpec, value: ParameterValue): boolean {
  switch (type) {
    case 's':
      return typeof value === 'string';
    case 'u':
      return typeof value === 'number' && Number.isInteger(value) && value >= 0;
    case 'b':
      return typeof value === 'boolean';
  }
}
