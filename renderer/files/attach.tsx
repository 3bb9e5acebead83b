/** The way to the file chooser. */
import { Paperclip } from 'lucide-react';
import { useRef } from 'react';
import { IconButton } from '../widgets/button.tsx';
import type { OpenConversation } from '../window/place.ts';
import { words } from '../words.ts';
import { choose } from './chosen.ts';

export function Attach({
  conversation,
  refusal,
}: {
  readonly conversation: OpenConversation;
  readonly refusal: string | undefined;
}) {
  const chooser = useRef<HTMLInputElement>(null);
  return (
    <>
      <IconButton
        id="attach"
        icon={Paperclip}
        label={refusal ?? words.files.attach}
        {...(refusal === undefined ? { keys: 'Ctrl+Shift+A' } : {})}
        aria-disabled={refusal !== undefined}
        onClick={() => refusal === undefined && chooser.current?.click()}
      />
      <input
        ref={chooser}
        type="file"
        multiple
        hidden
        aria-label={words.files.attach}
        onChange={({ currentTarget }) => {
          choose(conversation, [...(currentTarget.files ?? [])]);
          // The same file can be chosen again.
          currentTarget.value = '';
          document.getElementById('message-field')?.focus();
        }}
      />
    </>
  );
}
