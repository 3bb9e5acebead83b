/** A new message in the open conversation, said once and politely: "Nurse: …". */
import { useEffect, useRef, useState } from 'react';
import type { ConversationId, Message } from '../../src/domain/index.ts';
import text from '../look/words.module.css';
import { plainly } from '../look/turning.ts';

export function NewsForTheEar({
  name,
  messages,
  conversation,
}: {
  readonly name: string;
  readonly messages: readonly Message[];
  readonly conversation: ConversationId;
}) {
  const [said, setSaid] = useState('');
  const known = useRef({ conversation, last: messages.at(-1)?.id, filled: messages.length > 0 });
  const last = messages.at(-1);
  useEffect(() => {
    const before = known.current;
    known.current = { conversation, last: last?.id, filled: last !== undefined };
    const sameTalk = before.conversation === conversation && before.filled;
    if (!sameTalk || last === undefined || before.last === last.id || last.direction !== 'incoming') return;
    setSaid(`${name}: ${plainly(last.body.slice(0, 500))}`);
  }, [conversation, last, name]);
  return (
    <div role="status" aria-live="polite" className={text['heard']}>
      {said}
    </div>
  );
}
