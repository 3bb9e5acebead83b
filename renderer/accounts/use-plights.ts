/** The lines that stand under the tabs, worst first. */
import { useSyncExternalStore } from 'react';
import type { ProtocolId } from '../../src/domain/index.ts';
import { useMirror } from '../mirror/index.ts';
import { words } from '../words.ts';
import { type Plight, plightOf, protocolPlight, whereOf, worstFirst } from './plight.ts';

export function usePlights(): readonly Plight[] {
  const accounts = useMirror((mirror) => mirror.accounts);
  const connections = useMirror((mirror) => mirror.connections);
  const retries = useMirror((mirror) => mirror.retries);
  const questions = useMirror((mirror) => mirror.questions);
  const health = useMirror((mirror) => mirror.health);
  const protocols = useMirror((mirror) => mirror.protocols);
  const trouble = useMirror((mirror) => mirror.trouble);
  const noNetwork = useNoNetwork();

  const fallen = new Set<ProtocolId>();
  const plights: Plight[] = [];
  if (trouble !== undefined) plights.push({ key: 'trouble', gravity: 'bad', sign: 'disk', text: trouble.message });
  const sealed = questions.find((question) => question.kind === 'passphrase');
  if (sealed !== undefined) {
    const { label, text } = sealed.question.why === 'new' ? words.account.toSeal : words.account.sealed;
    const remedy = { label, kind: 'question', question: sealed.id } as const;
    plights.push({ key: 'passphrase', gravity: 'warn', sign: 'fault', text, remedy });
  }
  const used = new Set([...accounts.all.values()].map(({ protocol }) => protocol));
  for (const { id, displayName } of protocols) {
    const plight = used.has(id) ? protocolPlight(id, displayName, health.all.get(id) ?? 'well') : undefined;
    if (plight === undefined) continue;
    fallen.add(id);
    plights.push(plight);
  }
  const enabled = [...accounts.all.values()].filter((account) => account.enabled);
  for (const account of enabled) {
    if (fallen.has(account.protocol)) continue;
    const plight = plightOf({
      account,
      where: whereOf(account, enabled),
      connection: connections.all.get(account.id),
      retryAt: retries.all.get(account.id),
      questions,
      several: enabled.length > 1,
      noNetwork,
    });
    if (plight !== undefined) plights.push(plight);
  }
  return worstFirst(plights);
}

function useNoNetwork(): boolean {
  return useSyncExternalStore(
    (changed) => {
      addEventListener('online', changed);
      addEventListener('offline', changed);
      return () => {
        removeEventListener('online', changed);
        removeEventListener('offline', changed);
      };
    },
    () => !navigator.onLine,
  );
}
