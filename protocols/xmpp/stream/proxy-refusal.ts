/** What a proxy did in place of what it was asked, as the rest of a sentence that begins with its name. */
import { KithError } from '../../../src/base/index.ts';

/** What a proxy may want to know of us. */
export interface Credentials {
  readonly name: string;
  readonly password: string;
}

/** It knows the name and the password not to be right. */
export class CredentialsRefused extends KithError {
  constructor() {
    super('permission-denied', 'does not accept the name and the password');
  }
}

export const credentialsRefused = (): KithError => new CredentialsRefused();

/** It wants to know who we are: `given` was not set, or it takes another proof. */
export const credentialsWanted = (given: Credentials | undefined): KithError =>
  new KithError(
    'permission-denied',
    given === undefined
      ? 'wants a name and a password, and none are set for it'
      : 'takes neither nobody nor a name and a password',
  );
