/** What one person said within five minutes: the time above, their face at the first plate, one plate under the other. */
import { memo } from 'react';
import type { Message, MessageId } from '../../src/domain/index.ts';
import { classes } from '../look/classes.ts';
import { personColours } from '../look/person-colour.ts';
import { clockTime } from '../look/times.ts';
import text from '../look/words.module.css';
import { Avatar } from '../widgets/avatar.tsx';
import { Plate } from './plate.tsx';
import styles from './plate.module.css';

export interface MessageGroupProps {
  readonly messages: readonly Message[];
  readonly own: boolean;
  readonly name: string;
  readonly colour: string;
  readonly picture: string;
  readonly self: string;
  readonly called: string | undefined;
  readonly marked: ReadonlySet<MessageId>;
  readonly stop: MessageId | undefined;
  /** Which of them one looks at. */
  readonly sought: MessageId | undefined;
}

export const MessageGroup = memo(function MessageGroup({
  messages,
  own,
  name,
  colour,
  picture,
  self,
  called,
  marked,
  stop,
  sought,
}: MessageGroupProps) {
  const time = clockTime(messages[0]!.at);
  return (
    <div
      className={classes(styles['group'], own && styles['own'])}
      role="group"
      aria-label={`${name}, ${time}`}
      data-person=""
      style={personColours(colour)}
    >
      {!own && (
        <span className={styles['face']}>
          <Avatar address={colour} name={name} picture={picture} />
        </span>
      )}
      <div className={styles['stack']}>
        <span className={styles['by']}>
          <b aria-hidden="true">
            <bdi>{name}</bdi>
          </b>
          <time className={text['number']}>{time}</time>
        </span>
        {messages.map((message) => (
          <Plate
            key={message.id}
            message={message}
            self={self}
            called={own ? undefined : called}
            marked={marked.has(message.id)}
            stop={message.id === stop}
            sought={message.id === sought}
          />
        ))}
      </div>
    </div>
  );
});
