/** Where one writes. Enter sends, Shift+Enter begins a line; what is not sent is kept. */
import { ArrowUp, CircleAlert } from 'lucide-react';
import { type FormEvent, type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import type { KithError } from '../../src/base/index.ts';
import { conversationId } from '../../src/domain/index.ts';
import { faultText } from '../accounts/remedy.ts';
import { ask, useMirror } from '../mirror/index.ts';
import { Icon } from '../widgets/icon.tsx';
import { goTo, type OpenConversation, usePlace } from '../window/place.ts';
import { words } from '../words.ts';
import styles from './composer.module.css';
import { draftOf, keepDraft, takeDraft, useDrafts } from './drafts.ts';
import { useOwnTyping } from './use-own-typing.ts';

export interface ComposerProps {
  readonly conversation: OpenConversation;
  /** Whom or what it goes to. */
  readonly name: string;
  readonly placeholder?: string | undefined;
  /** Stands below the field, at its start. */
  readonly foot?: ReactNode;
}

export function Composer({ conversation, name, placeholder, foot }: ComposerProps) {
  const { account, target } = conversation;
  const id = conversationId(account, target);
  const draft = useDrafts(({ drafts }) => drafts.get(id) ?? '');
  const [fault, setFault] = useState<{ readonly id: string; readonly text: string; readonly lost: boolean }>();
  const link = useMirror((mirror) => mirror.link);
  const tellTyping = useOwnTyping(id);
  const field = useRef<HTMLTextAreaElement>(null);
  const empty = draft.trim() === '';

  const wanted = usePlace((place) => place.wantsField);
  useEffect(() => {
    const place = field.current;
    if (!wanted || place === null) return;
    goTo({ wantsField: false });
    place.focus();
    place.setSelectionRange(place.value.length, place.value.length);
  }, [wanted]);

  const send = (event?: FormEvent): void => {
    event?.preventDefault();
    if (empty) return;
    const body = draft.trimEnd();
    setFault(undefined);
    if (link !== 'joined') return setFault({ id, text: words.talk.keptUntilBack, lost: true });
    const sent = ask('message.send', { account, target, body });
    takeDraft(conversation, sent);
    tellTyping('');
    field.current?.focus();
    sent.catch((error: KithError) => {
      // Nothing was stored, so nothing may be lost: the words go back where they came from.
      const since = draftOf(id);
      keepDraft(conversation, since === '' ? body : `${body}\n${since}`);
      const lost = error.code === 'network';
      setFault({ id, text: lost ? words.talk.keptUntilBack : faultText(error), lost });
    });
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };

  return (
    <form className={styles['composer']} aria-label={words.talk.write(name)} onSubmit={send}>
      <div className={styles['box']}>
        <textarea
          ref={field}
          id="message-field"
          rows={1}
          dir="auto"
          aria-label={words.talk.field(name)}
          placeholder={placeholder ?? words.talk.placeholder}
          value={draft}
          onChange={(event) => {
            setFault(undefined);
            keepDraft(conversation, event.target.value);
            tellTyping(event.target.value);
          }}
          onKeyDown={onKeyDown}
        />
        <button
          type="submit"
          className={styles['send']}
          aria-label={words.talk.send}
          aria-disabled={empty}
          title={empty ? words.talk.sendEmpty : words.talk.send}
        >
          <Icon of={ArrowUp} />
        </button>
      </div>
      {fault?.id === id && !(fault.lost && link === 'joined') && (
        <p className={styles['fault']} role="alert">
          <Icon of={CircleAlert} size="small" />
          <span>{fault.text}</span>
        </p>
      )}
      <div className={styles['foot']}>
        {foot}
        <span className={styles['hint']} aria-hidden="true">
          <kbd>Enter</kbd>
          {words.talk.enterSends}
          <kbd>Shift Enter</kbd>
          {words.talk.newLine}
        </span>
      </div>
    </form>
  );
}
