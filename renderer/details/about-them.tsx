/** Their card, line by line. */
import type { Card, ContactKey } from '../../src/domain/index.ts';
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
              {link ? (
                <a href={text} target="_blank" rel="noopener noreferrer">
                  {plainly(text)}
                </a>
              ) : (
                <bdi>{plainly(text)}</bdi>
              )}
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
  readonly link: boolean;
}

function linesOf(card: Card): readonly Line[] {
  const { card: said } = words;
  const lines = (label: string, texts: readonly string[], link = false): readonly Line[] =>
    texts.filter((text) => text !== '').map((text) => ({ label, text, link }));
  return [
    ...lines(said.name, [card.name]),
    ...lines(said.organisation, [card.organisation]),
    ...lines(said.mail, card.mails),
    ...lines(said.phone, card.phones),
    ...lines(said.birthday, [card.birthday.replace(/^--/, '')]),
    ...lines(said.url, card.urls, true),
  ];
}
