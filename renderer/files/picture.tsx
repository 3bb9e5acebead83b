/** A picture that is a message: at its ratio, with its place kept before it is here. */
import { type ReactNode, useState } from 'react';
import type { MessageId, PictureShape } from '../../src/domain/index.ts';
import styles from './files.module.css';

/** The largest it is shown, in pixels. */
const widest = 304;
const highest = 400;

const addressOf = (message: MessageId): string => `/file/${encodeURIComponent(message)}`;

export function Picture({
  of: message,
  name,
  shape: { width, height },
  onBroken,
}: {
  readonly of: MessageId;
  readonly name: string;
  readonly shape: PictureShape;
  onBroken(): void;
}) {
  const scale = Math.min(1, widest / width, highest / height);
  return (
    <span className={styles['frame']}>
      <img
        src={addressOf(message)}
        alt={name}
        loading="lazy"
        decoding="async"
        draggable={false}
        className={styles['picture']}
        style={{ width: `${Math.max(1, Math.round(width * scale))}px`, aspectRatio: `${width} / ${height}` }}
        onError={onBroken}
      />
    </span>
  );
}

/** A picture nobody has looked at yet, small: to show it is to fetch it. */
export function Glimpse({ of: message, otherwise }: { readonly of: MessageId; readonly otherwise: ReactNode }) {
  const [broken, setBroken] = useState(false);
  if (broken) return otherwise;
  return <img src={addressOf(message)} alt="" loading="lazy" decoding="async" onError={() => setBroken(true)} />;
}
