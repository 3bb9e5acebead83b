/** What someone wrote: text, links that open outside, our name where it stands, and direction signs made visible. Long texts fold. */
import { Fragment, useMemo, useState } from 'react';
import { namePlaces } from '../../src/domain/index.ts';
import { plainly } from '../look/turning.ts';
import { Button } from '../widgets/button.tsx';
import { words } from '../words.ts';
import { type Block, blocksOf } from './blocks.ts';
import { Code } from './code.tsx';
import { textParts } from './links.ts';
import { OutsideLink, Plain } from './outside-link.tsx';
import styles from './plate.module.css';
import { type Span, spansOf } from './spans.ts';

const foldLines = 24;
const foldLength = 4000;

export interface MessageTextProps {
  readonly body: string;
  /** As it was written, with nothing read into it. */
  readonly unstyled?: boolean | undefined;
  /** Stands in place of `/me` (XEP-0245). */
  readonly self: string;
  /** A name that stands out. */
  readonly called: string | undefined;
}

const ofOneself = /^\/me (?=\S)/u;

export function MessageText({ self, ...said }: MessageTextProps) {
  const { body } = said;
  if (!ofOneself.test(body)) return <Whole {...said} />;
  return (
    <em className={styles['me']}>
      <bdi>{plainly(self)}</bdi> <Whole {...said} body={body.replace(ofOneself, '')} />
    </em>
  );
}

function Whole({ body, unstyled, called }: Omit<MessageTextProps, 'self'>) {
  const [open, setOpen] = useState(false);
  const folded = useMemo(() => fold(body), [body]);
  const shown = open || folded === undefined ? body : folded;
  return (
    <>
      {unstyled === true ? <Parts text={shown} called={called} /> : <Blocks blocks={blocksOf(shown)} called={called} />}
      {folded !== undefined && !open && (
        <Button look="line" small className={styles['more']} onClick={() => setOpen(true)}>
          {words.talk.showAll(sizeOf(body))}
        </Button>
      )}
    </>
  );
}

function Blocks({ blocks, called }: { readonly blocks: readonly Block[]; readonly called: string | undefined }) {
  return blocks.map((block, index) => {
    // A block has no identity of its own: its place is what it is.
    const key = index;
    if (block.kind === 'quote')
      return (
        <blockquote key={key} className={styles['quote']} dir="auto">
          <Blocks blocks={block.blocks} called={called} />
        </blockquote>
      );
    if (block.kind === 'code') return <Code key={key} text={block.text} />;
    return <Spans key={key} spans={spansOf(block.text)} called={called} />;
  });
}

const elements = { strong: 'strong', emphasis: 'em', strike: 's', code: 'code' } as const;

/** The marks stay, so that nobody reads what was not written. */
function Spans({ spans, called }: { readonly spans: readonly Span[]; readonly called: string | undefined }) {
  return spans.map((span, index) => {
    const key = index;
    if (span.kind === 'text') return <Parts key={key} text={span.text} called={called} />;
    const Element = elements[span.kind];
    const mark = <span className={styles['style-mark']}>{span.mark}</span>;
    return (
      <Element key={key}>
        {mark}
        <Spans spans={span.inside} called={called} />
        {mark}
      </Element>
    );
  });
}

function Parts({ text, called }: { readonly text: string; readonly called: string | undefined }) {
  const parts = useMemo(() => textParts(text), [text]);
  return parts.map((part, index) =>
    part.kind === 'text' ? (
      // Text has no identity of its own: its place is what it is.
      // eslint-disable-next-line react/no-array-index-key
      <Called key={index} text={part.text} name={called} />
    ) : (
      // eslint-disable-next-line react/no-array-index-key
      <OutsideLink key={index} link={part} />
    ),
  );
}

/** Text in which a name stands out wherever it is. */
function Called({ text, name }: { readonly text: string; readonly name: string | undefined }) {
  const places = name === undefined ? [] : namePlaces(text, name);
  if (places.length === 0) return <Plain text={text} />;
  return places.map(({ start, end }, index) => (
    <Fragment key={start}>
      <Plain text={text.slice(places[index - 1]?.end ?? 0, start)} />
      <b className={styles['called']}>{plainly(text.slice(start, end))}</b>
      {index === places.length - 1 && <Plain text={text.slice(end)} />}
    </Fragment>
  ));
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
