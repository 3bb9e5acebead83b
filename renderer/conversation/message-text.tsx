/** What someone wrote: text, links that open outside, and direction signs made visible. Long texts fold. */
import { Fragment, useMemo, useState } from 'react';
import { withoutTurning } from '../look/turning.ts';
import { Button } from '../widgets/button.tsx';
import { words } from '../words.ts';
import { blocksOf } from './blocks.ts';
import { Code } from './code.tsx';
import { textParts } from './links.ts';
import styles from './plate.module.css';

const foldLines = 24;
const foldLength = 4000;

export function MessageText({ body }: { readonly body: string }) {
  const [open, setOpen] = useState(false);
  const folded = useMemo(() => fold(body), [body]);
  const shown = open || folded === undefined ? body : folded;
  return (
    <>
      {blocksOf(shown).map(({ kind, text }, index) =>
        // A block has no identity of its own: its place is what it is.
        // eslint-disable-next-line react/no-array-index-key
        kind === 'code' ? <Code key={index} text={text} /> : <Parts key={index} text={text} />,
      )}
      {folded !== undefined && !open && (
        <Button look="line" small className={styles['more']} onClick={() => setOpen(true)}>
          {words.talk.showAll(sizeOf(body))}
        </Button>
      )}
    </>
  );
}

function Parts({ text }: { readonly text: string }) {
  const parts = useMemo(() => textParts(text), [text]);
  return parts.map((part, index) =>
    part.kind === 'text' ? (
      // Text has no identity of its own: its place is what it is.
      // eslint-disable-next-line react/no-array-index-key
      <Plain key={index} text={part.text} />
    ) : (
      // eslint-disable-next-line react/no-array-index-key
      <Fragment key={index}>
        <a href={part.target} target="_blank" rel="noreferrer noopener" dir="ltr" className={styles['link']}>
          <Plain text={part.text} />
        </a>
        {part.host !== undefined && <bdi className={styles['host']}> ({part.host})</bdi>}
      </Fragment>
    ),
  );
}

function Plain({ text }: { readonly text: string }) {
  return withoutTurning(text).map(({ sign, text: piece }, index) =>
    // eslint-disable-next-line react/no-array-index-key
    sign ? (
      <span key={index} className={styles['sign']}>
        ⟨⟩
      </span>
    ) : (
      <Fragment key={index}>{piece}</Fragment>
    ),
  );
}

/** The part that shows before unfolding; undefined when all of it does. */
export function fold(body: string): string | undefined {
  const lines = body.split('\n');
  if (lines.length <= foldLines + 2 && body.length <= foldLength + 200) return undefined;
  return `${lines.slice(0, foldLines).join('\n').slice(0, foldLength).trimEnd()}…`;
}

function sizeOf(body: string): string {
  const bytes = new TextEncoder().encode(body).length;
  return bytes < 1024 ? `${bytes} B` : `${Math.round(bytes / 1024)} kB`;
}
