/** Where one writes. Enter sends, Shift+Enter begins a line; what is not sent is kept. */
import { ArrowUp, CircleAlert } from 'lucide-react';
import { type FormEvent, type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import type { KithError } from '../../src/base/index.ts';
import { conversationId } from '../../src/domain/index.ts';
import { faultText } from '../accounts/remedy.ts';
import { Attach } from '../files/attach.tsx';
import { choose, faultOf, sendChosen, useChosenFor } from '../files/chosen.ts';
import { ChosenStrip } from '../files/chosen-strip.tsx';
import { filesIn, useDragged } from '../files/drop.ts';
import { useOffer } from '../files/offer.ts';
import { ask, useMirror } from '../mirror/index.ts';
import { Icon } from '../widgets/icon.tsx';
import { Keys } from '../widgets/keys.tsx';
import { goTo, type OpenConversation, usePlace } from '../window/place.ts';
import { words } from '../words.ts';
import styles from './composer.module.css';
import { CorrectionStrip } from './correction-strip.tsx';
import { draftOf, keepDraft, takeDraft, useDrafts } from './drafts.ts';
import { type Editing, edit, endEdit, lastOfOurs, useEdits } from './editing.ts';
import { toNewest } from './use-history.ts';
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
  const written = useDrafts(({ drafts }) => drafts.get(id) ?? '');
  const editing = useEdits(({ edits }) => edits.get(id));
  const draft = editing?.text ?? written;
  const [fault, setFault] = useState<{ readonly id: string; readonly text: string; readonly lost: boolean }>();
  const link = useMirror((mirror) => mirror.link);
  const tellTyping = useOwnTyping(id);
  const field = useRef<HTMLTextAreaElement>(null);
  const chosen = useChosenFor(id);
  const { refusal, largest } = useOffer(account);
  const dragged = useDragged(({ dragged: over }) => over);
  // Files wait while something is corrected.
  const going = editing === undefined ? chosen : [];
  const stuck = going.some((each) => faultOf(each, largest) !== undefined);
  const wordless = draft.trim() === '';
  const empty = wordless && going.length === 0;

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
    if (empty || stuck) return;
    const body = draft.trimEnd();
    setFault(undefined);
    if (link !== 'joined') return setFault({ id, text: words.talk.keptUntilBack, lost: true });
    if (editing !== undefined) return correct(editing, body);
    if (going.length > 0) void sendChosen(conversation);
    if (wordless) return field.current?.focus();
    const sent = ask('message.send', { account, target, body });
    takeDraft(conversation, sent);
    toNewest(id);
    tellTyping('');
    field.current?.focus();
    sent.catch((error: KithError) => {
      // Nothing was stored, so nothing may be lost: the words go back where they came from.
      const since = draftOf(id);
      keepDraft(conversation, since === '' ? body : `${body}\n${since}`);
      fail(error);
    });
  };

  const fail = (error: KithError): void => {
    const lost = error.code === 'network';
    setFault({ id, text: lost ? words.talk.keptUntilBack : faultText(error), lost });
  };

  const correct = ({ message }: Editing, body: string): void => {
    endEdit(id);
    tellTyping('');
    field.current?.focus();
    ask('message.correct', { message: message.id, body }).catch((error: KithError) => {
      edit(id, message, body);
      fail(error);
    });
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && editing !== undefined && !event.nativeEvent.isComposing) {
      event.stopPropagation();
      return endEdit(id);
    }
    if (event.key === 'ArrowUp' && draft === '' && editing === undefined && !anyHeld(event)) {
      const last = lastOfOurs(id);
      if (last === undefined) return;
      event.preventDefault();
      edit(id, last);
      return goTo({ wantsField: true });
    }
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };

  return (
    <form className={styles['composer']} aria-label={words.talk.write(name)} onSubmit={send}>
      <div className={styles['box']} data-dragged={dragged}>
        {editing !== undefined && <CorrectionStrip message={editing.message} onEnd={() => endEdit(id)} />}
        <ChosenStrip id={id} chosen={chosen} largest={largest} />
        {dragged && <p className={styles['drop']}>{refusal ?? words.files.drop(name)}</p>}
        <Attach conversation={conversation} refusal={refusal} />
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
            if (editing === undefined) keepDraft(conversation, event.target.value);
            else edit(id, editing.message, event.target.value);
            tellTyping(event.target.value);
          }}
          onKeyDown={onKeyDown}
          onPaste={(event) => {
            const files = filesIn(event.clipboardData);
            // What also has words is pasted as words.
            if (files.length === 0 || event.clipboardData.types.includes('text/plain')) return;
            event.preventDefault();
            choose(conversation, files);
          }}
        />
        <button
          type="submit"
          className={styles['send']}
          aria-label={going.length === 0 ? words.talk.send : words.files.sendThem(going.length)}
          aria-disabled={empty || stuck}
          title={stuck ? words.files.tooLargeFirst : empty ? words.talk.sendEmpty : words.talk.send}
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
          <Keys of="Enter" />
          {words.talk.enterSends}
          <Keys of="Shift Enter" />
          {words.talk.newLine}
        </span>
      </div>
    </form>
  );
}

const anyHeld = (event: KeyboardEvent): boolean => event.shiftKey || event.ctrlKey || event.altKey || event.metaKey;
