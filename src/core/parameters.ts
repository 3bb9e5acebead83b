/** Whether what was set on an account is what its protocol foresees. */
import { X509Certificate } from 'node:crypto';
import { KithError } from '../base/index.ts';
import type { ParameterSpec, ProtocolManifest } from '../contracts/index.ts';
import type { ParameterValue } from '../domain/index.ts';

type Parameters = Readonly<Record<string, ParameterValue>>;

/** What of it was filled in: an empty field of a form, whatever it is for, is one that was not. Throws 'invalid-argument', naming the parameter. */
export function checkParameters(manifest: ProtocolManifest, said: Parameters): Parameters {
  for (const [name, value] of Object.entries(said)) {
    const spec = manifest.parameters.find((known) => known.name === name);
    if (spec === undefined) throw new KithError('invalid-argument', `${manifest.displayName} has no setting ${name}`);
    if (spec.secret) throw new KithError('invalid-argument', `${name} is a secret and is never kept with the account`);
    if (!isBlank(value) && !fits(spec, value))
      throw new KithError('invalid-argument', `${name} must be ${wanted(spec)}`);
  }
  const given = Object.fromEntries(Object.entries(said).filter(([, value]) => !isBlank(value)));
  for (const { name, required, secret, fallback } of manifest.parameters) {
    if (required && !secret && fallback === undefined && given[name] === undefined) {
      throw new KithError('invalid-argument', `${manifest.displayName} needs ${name}`);
    }
  }
  return given;
}

/** Throws 'invalid-argument', naming the setting that is none, or no secret. */
export function checkSecrets(manifest: ProtocolManifest, given: Readonly<Record<string, string>>): void {
  for (const name of Object.keys(given)) {
    const spec = manifest.parameters.find((known) => known.name === name);
    if (spec === undefined) throw new KithError('invalid-argument', `${manifest.displayName} has no setting ${name}`);
    if (!spec.secret) throw new KithError('invalid-argument', `${name} is no secret, and stands among the parameters`);
  }
}

/** What is right, as the end of a sentence. */
function wanted({ type, shape, among, least, most }: ParameterSpec): string {
  if (type === 'b') return 'yes or no';
  if (among !== undefined) return `one of ${among.join(', ')}`;
  if (type === 's') return shape === undefined ? 'text' : shapes[shape].wanted;
  if (least !== undefined && most !== undefined) return `a whole number from ${least} to ${most}`;
  return 'a whole number';
}

const shapes: Readonly<
  Record<NonNullable<ParameterSpec['shape']>, { readonly wanted: string; fits(text: string): boolean }>
> = {
  host: { wanted: 'the name or the number of a machine, without spaces', fits: (text) => !/[\s\p{C}]/u.test(text) },
  line: { wanted: 'one line of text', fits: (text) => !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(text) },
  pem: { wanted: 'certificates as PEM text', fits: holdsCertificates },
};

const isBlank = (value: ParameterValue): boolean => typeof value === 'string' && value.trim() === '';

function fits(
  {
    type,
    shape,
    among,
    least = type === 'i' ? Number.MIN_SAFE_INTEGER : 0,
    most = Number.MAX_SAFE_INTEGER,
  }: ParameterSpec,
  value: ParameterValue,
): boolean {
  switch (type) {
    case 's':
      if (typeof value !== 'string') return false;
      return (among?.includes(value) ?? true) && (shape === undefined || shapes[shape].fits(value.trim()));
    case 'u':
    case 'i':
      return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most;
    case 'b':
      return typeof value === 'boolean';
  }
}

/** One or more, and every one whole. Text between them is a comment. */
function holdsCertificates(text: string): boolean {
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[^-]*(?:-----END CERTIFICATE-----)?/gu) ?? [];
  return blocks.length > 0 && blocks.every(isCertificate);
}

function isCertificate(block: string): boolean {
  try {
    return new X509Certificate(block).raw.length > 0;
  } catch {
    return false;
  }
}
