/** A new message in the open conversation, said once and politely: "Nurse: …". */
import { useEffect, useRef, useState } from 'react';
import type { ConversationId, Message } from '../../src/domain/index.ts';
import text from '../look/words.module.css';
import { saidIn } from '../files/said.ts';

export function NewsForTheEar({
  nameOf,
  messages,
  conversation,
}: {
  readonly messages: readonly Message[];
  readonly conversation: ConversationId;
  nameOf(message: Message): string;
}) {
  const [said, setSaid] = useState({ key: '', text: '' });
  const known = useRef({ conversation, last: messages.at(-1)?.id, filled: messages.length > 0 });
  const last = messages.at(-1);
  useEffect(() => {
    const before = known.current;
    known.current = { conversation, last: last?.id, filled: last !== undefined };
    const sameTalk = before.conversation === conversation && before.filled;
    if (!sameTalk || last === undefined || before.last === last.id || last.direction !== 'incoming') return;
    setSaid({ key: last.id, text: `${nameOf(last)}: ${saidIn(last)}` });
  }, [conversation, last, nameOf]);
  return (
    <div role="status" aria-live="polite" className={text['heard']}>
      {/* Anew for each message: the same words a second time are news too. */}
      <span key={said.key}>{said.text}</span>
    </div>
  );
}
