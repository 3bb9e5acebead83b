/** Is this really that server? Facts first, the safe answer first. The password has not been sent. */
import { ShieldAlert } from 'lucide-react';
import { type KeyboardEvent, useId, useRef } from 'react';
import type { CertificateFacts } from '../../src/domain/index.ts';
import { classes } from '../look/classes.ts';
import { certificateDate } from '../look/times.ts';
import text from '../look/words.module.css';
import { Button } from '../widgets/button.tsx';
import { useRestingFocus } from '../window/resting-focus.ts';
import { words } from '../words.ts';
import styles from './card.module.css';

export type CertificateAnswer = 'no' | 'once' | 'until-changed';

export interface CertificateCardProps {
  readonly facts: CertificateFacts;
  onAnswer(answer: CertificateAnswer): void;
}

export function CertificateCard({ facts, onAnswer }: CertificateCardProps) {
  const title = useId();
  const card = useRef<HTMLElement>(null);
  useRestingFocus(card);
  const said = words.certificate;
  const refuse = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    onAnswer('no');
  };
  return (
    // Esc is the safe answer from anywhere inside.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <section ref={card} tabIndex={-1} className={styles['card']} aria-labelledby={title} onKeyDown={refuse}>
      <header>
        <ShieldAlert size={28} strokeWidth={1.5} aria-hidden="true" className={styles['sign']} />
        <div>
          <h1 id={title}>{said.title(facts.domain)}</h1>
          <p>
            {said.why[facts.reason]} {said.notSent}
          </p>
        </div>
      </header>
      <dl className={styles['facts']}>
        <dt>{said.wrong}</dt>
        <dd>{said.short[facts.reason]}</dd>
        <dt>{said.madeOutTo}</dt>
        <dd className={exact}>{facts.subject}</dd>
        <dt>{said.issuer}</dt>
        <dd className={exact}>{facts.issuer}</dd>
        <dt>{said.valid}</dt>
        <dd>{said.validRange(certificateDate(facts.validFrom), certificateDate(facts.validTo))}</dd>
        {facts.host !== facts.domain && (
          <>
            <dt>{said.host}</dt>
            <dd className={exact}>{facts.host}</dd>
          </>
        )}
        <dt>{said.fingerprint}</dt>
        <dd className={styles['fingerprint']}>{inFours(facts.fingerprint)}</dd>
      </dl>
      <p className={styles['advice']}>{said.advice}</p>
      <footer>
        <Button look="primary" onClick={() => onAnswer('no')}>
          {said.no}
        </Button>
        <Button onClick={() => onAnswer('until-changed')}>{said.untilChanged}</Button>
        <Button look="quiet" className={styles['aside']} onClick={() => onAnswer('once')}>
          {said.once}
        </Button>
      </footer>
    </section>
  );
}

const exact = classes(text['address'], text['exact'], styles['exact']);

const inFours = (hex: string): string => hex.replace(/[^0-9a-f]/giu, '').replace(/.{4}(?=.)/gu, '$& ');
