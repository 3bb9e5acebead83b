/** One message: its plate, and under it what became of it. */
import { Check, CheckCheck, CircleAlert, Clock3 } from 'lucide-react';
import type { Delivery, Message } from '../../src/domain/index.ts';
import { orSay } from '../accounts/remedy.ts';
import { FilePlate } from '../files/file-plate.tsx';
import { classes } from '../look/classes.ts';
import { clockTime } from '../look/times.ts';
import { plainly } from '../look/turning.ts';
import { ask, useMirror } from '../mirror/index.ts';
import { Heard } from '../widgets/heard.tsx';
import { Icon } from '../widgets/icon.tsx';
import { words } from '../words.ts';
import { EarlierWordings } from './earlier-wordings.tsx';
import { emojiOnly } from './links.ts';
import { WithMenu } from './message-menu.tsx';
import { MessageText } from './message-text.tsx';
import styles from './plate.module.css';

export interface PlateProps {
  readonly message: Message;
  /** Who speaks, where they write of themselves. */
  readonly self: string;
  readonly called: string | undefined;
  readonly marked: boolean;
  /** Whether the keys stand on this message. */
  readonly stop: boolean;
  /** Whether it is what one looks at. */
  readonly sought: boolean;
}

export function Plate({ message, self, called, marked, stop, sought }: PlateProps) {
  const { delivery, file } = message;
  // A file whose bytes go does not wait any more.
  const moves = useMirror(
    ({ connections }) =>
      delivery?.state === 'queued' && connections.all.get(message.account)?.transfers.has(message.id) === true,
  );
  return (
    <>
      <WithMenu message={message} stop={stop}>
        <div
          className={classes(
            styles['plate'],
            file === undefined && emojiOnly(message.body) && styles['emoji'],
            message.mention === true && styles['mention'],
            sought && styles['sought'],
          )}
          data-said=""
          id={`said-${message.id}`}
          dir={file === undefined ? 'auto' : undefined}
        >
          {file === undefined ? (
            <MessageText body={message.body} unstyled={message.unstyled} self={self} called={called} />
          ) : (
            <FilePlate message={{ ...message, file }} />
          )}
          {message.edit !== undefined && <EarlierWordings edit={message.edit} self={self} stop={stop} />}
        </div>
        {!marked && delivery !== undefined && (
          <span id={`mark-${message.id}`}>
            <Heard> {wordFor(delivery)}</Heard>
          </span>
        )}
      </WithMenu>
      {marked && delivery !== undefined && (
        <Mark message={message} delivery={moves ? { ...delivery, state: 'sending' } : delivery} />
      )}
    </>
  );
}

const signs = {
  queued: Clock3,
  sending: Clock3,
  sent: Check,
  delivered: CheckCheck,
  read: CheckCheck,
  unconfirmed: CircleAlert,
  failed: CircleAlert,
} as const;

function Mark({ message, delivery }: { readonly message: Message; readonly delivery: Delivery }) {
  const stuck = delivery.state === 'failed' || delivery.state === 'unconfirmed';
  const gravity = delivery.state === 'failed' ? styles['bad'] : delivery.state === 'unconfirmed' && styles['warn'];
  return (
    // Another element when it is stuck: one that becomes an alert is not read.
    <p
      key={stuck ? 'stuck' : 'on its way'}
      className={classes(styles['mark'], gravity)}
      role={stuck ? 'alert' : undefined}
    >
      <Icon of={signs[delivery.state]} size="small" />
      <span id={`mark-${message.id}`}>{wordFor(delivery)}</span>
      {stuck && (
        <>
          <button type="button" onClick={() => orSay(ask('message.retry', { message: message.id }))}>
            {delivery.state === 'failed' ? words.delivery.tryAgain : words.delivery.sendAgain}
          </button>
          <button type="button" onClick={() => orSay(ask('message.discard', { message: message.id }))}>
            {words.delivery.remove}
          </button>
        </>
      )}
    </p>
  );
}

function wordFor({ state, at, text, reason }: Delivery): string {
  if (state === 'read') return words.delivery.read(clockTime(at));
  if (state !== 'failed') return words.delivery[state];
  if (text !== undefined && text !== '') return words.delivery.failedWhy(plainly(text));
  return reason === undefined ? words.delivery.failed : words.delivery.failedWhy(words.fault[reason]);
}
