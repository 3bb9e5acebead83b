/** Their card, line by line. */
import type { Card, ContactKey } from '../../src/domain/index.ts';
import { type Link, linkOf } from '../conversation/links.ts';
import { OutsideLink } from '../conversation/outside-link.tsx';
import { plainly } from '../look/turning.ts';
import { words } from '../words.ts';
import styles from './details-pane.module.css';
import { useCard } from './use-card.ts';

export function AboutThem({ contact }: { readonly contact: ContactKey }) {
  const card = useCard(contact);
  if (card === undefined) return null;
  return (
    <section className={styles['section']}>
      <h3>{words.card.title}</h3>
      <dl>
        {linesOf(card).map(({ label, text, link }) => (
          <div key={`${label} ${text}`} className={styles['pair']}>
            <dt>{label}</dt>
            <dd className={styles['value']}>
              {link === undefined ? <bdi>{plainly(text)}</bdi> : <OutsideLink link={link} />}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

interface Line {
  readonly label: string;
  readonly text: string;
  /** Undefined where it leads nowhere, whatever they call it. */
  readonly link: Link | undefined;
}

function linesOf(card: Card): readonly Line[] {
  const { card: said } = words;
  const lines = (label: string, texts: readonly string[], leads = false): readonly Line[] =>
    texts.filter((text) => text !== '').map((text) => ({ label, text, link: leads ? linkOf(text.trim()) : undefined }));
  return [
    ...lines(said.name, [card.name]),
    ...lines(said.organisation, [card.organisation]),
    ...lines(said.mail, card.mails),
    ...lines(said.phone, card.phones),
    ...lines(said.birthday, [card.birthday.replace(/^--/, '')]),
    ...lines(said.url, card.urls, true),
  ];
}
