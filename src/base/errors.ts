/** The one error class of the house. The code decides behaviour, the message is for people, the cause is for logs. */
export const kithErrorCodes = [
  'invalid-argument',
  'not-found',
  'already-exists',
  'permission-denied',
  'not-supported',
  'cancelled',
  'timeout',
  'network',
  'unreachable',
  'server-silent',
  'server-refused',
  'server-unproven',
  'not-encrypted',
  'certificate',
  'authentication-failed',
  'downgraded',
  'password-needed',
  'replaced',
  'protocol-crashed',
  'not-online',
  'not-confirmed',
  'profile-in-use',
  'profile-newer',
  'disk',
  'internal',
] as const;

export type KithErrorCode = (typeof kithErrorCodes)[number];

export class KithError extends Error {
  readonly code: KithErrorCode;

  constructor(code: KithErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'KithError';
    this.code = code;
  }
}

/** An error as it crosses a port or a socket. The stack travels as text, for logs only. */
export interface ErrorFact {
  readonly code: KithErrorCode;
  readonly message: string;
  readonly stack?: string;
}

export function toErrorFact(error: unknown): ErrorFact {
  const known = asKithError(error);
  const origin = known.cause instanceof Error ? known.cause : known;
  return { code: known.code, message: known.message, ...(origin.stack === undefined ? {} : { stack: origin.stack }) };
}

export function fromErrorFact(fact: ErrorFact): KithError {
  const error = new KithError(fact.code, fact.message);
  if (fact.stack !== undefined) error.stack = fact.stack;
  return error;
}

/** Anything thrown by anyone, as ours. What we did not foresee is 'internal' and keeps the original as its cause. */
export function asKithError(error: unknown): KithError {
  if (error instanceof KithError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new KithError('internal', message, { cause: error });
}
