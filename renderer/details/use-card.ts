/** What somebody says of themselves, asked for when somebody looks and kept nowhere. */
import { useEffect, useState } from 'react';
import { type Card, type ContactKey, isEmptyCard } from '../../src/domain/index.ts';
import { ask, useMirror } from '../mirror/index.ts';

/** Undefined while it is asked for, where it is empty, and where it cannot be had. */
export function useCard({ account, contact }: ContactKey): Card | undefined {
  const online = useMirror(({ connections }) => connections.all.get(account)?.status === 'online');
  const [card, setCard] = useState<Card>();
  useEffect(() => {
    if (!online) return undefined;
    let wanted = true;
    ask('contact.card', { account, contact }).then(
      (found) => wanted && setCard(found === null || isEmptyCard(found) ? undefined : found),
      () => wanted && setCard(undefined),
    );
    return () => {
      wanted = false;
    };
  }, [account, contact, online]);
  return card;
}
