/** Who asks to see when we are online: to be answered now, or put off. */
import { useMemo } from 'react';
import type { Contact, ContactKey, Person } from '../../src/domain/index.ts';
import { ask, keyText, useMirror } from '../mirror/index.ts';
import { usePersonBehind } from './people.ts';

export interface Request {
  readonly key: ContactKey;
  readonly contact: Contact;
  readonly person: Person;
}

export interface Requests {
  readonly open: readonly Request[];
  readonly aside: readonly Request[];
}

export function useRequests(): Requests {
  const connections = useMirror((mirror) => mirror.connections);
  const setAside = useMirror((mirror) => mirror.setAside);
  const personBehind = usePersonBehind();
  return useMemo(() => {
    const aside = new Set(setAside.map(keyText));
    const all: Request[] = [];
    for (const { account, contacts } of connections.all.values()) {
      for (const contact of contacts.values()) {
        if (contact.theySeeUs !== 'asked') continue;
        const key = { account, contact: contact.id };
        all.push({ key, contact, person: personBehind(key) });
      }
    }
    return {
      open: all.filter(({ key }) => !aside.has(keyText(key))),
      aside: all.filter(({ key }) => aside.has(keyText(key))),
    };
  }, [connections, setAside, personBehind]);
}

/** They may see us; those we do not see yet are asked the same. */
export async function acceptRequest(key: ContactKey, contact: Contact): Promise<void> {
  await ask('contact.authorise', key);
  if (contact.weSeeThem === 'no') await ask('contact.request', { account: key.account, address: contact.id });
}
