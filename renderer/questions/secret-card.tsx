/** Asks for a password or a passphrase. What was typed is forgotten as soon as it is sent. */
import { KeyRound } from 'lucide-react';
import { type FormEvent, type ReactNode, useId, useRef, useState } from 'react';
import { classes } from '../look/classes.ts';
import { Button } from '../widgets/button.tsx';
import { PasswordField } from '../widgets/field.tsx';
import { useRestingFocus } from '../window/resting-focus.ts';
import styles from './card.module.css';

export interface CardWords {
  readonly title: string;
  readonly why: string;
  readonly submit: string;
  readonly later: string;
}

export interface SecretCardProps {
  readonly words: CardWords & { readonly fault?: string | undefined; readonly field: string };
  onAnswer(secret: string): void;
  onLater(): void;
}

export function SecretCard({ words, onAnswer, onLater }: SecretCardProps) {
  const [secret, setSecret] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (secret === '') return;
    onAnswer(secret);
    setSecret('');
  };
  return (
    <AskingCard words={words} onSubmit={submit} onLater={onLater}>
      <PasswordField
        label={words.field}
        fault={words.fault}
        value={secret}
        onChange={(event) => setSecret(event.target.value)}
      />
    </AskingCard>
  );
}

interface AskingCardProps {
  readonly words: CardWords;
  /** The fields. */
  readonly children: ReactNode;
  onSubmit(event: FormEvent): void;
  onLater(): void;
}

/** What is asked and why, the fields, and two ways on. */
export function AskingCard({ words, children, onSubmit, onLater }: AskingCardProps) {
  const title = useId();
  const card = useRef<HTMLElement>(null);
  useRestingFocus(card, 'input');
  return (
    <section ref={card} className={classes(styles['card'], styles['narrow'])} aria-labelledby={title}>
      <form onSubmit={onSubmit}>
        <header>
          <KeyRound size={28} strokeWidth={1.5} aria-hidden="true" className={styles['sign']} />
          <div>
            <h1 id={title}>{words.title}</h1>
            <p>{words.why}</p>
          </div>
        </header>
        <div className={styles['fields']}>{children}</div>
        <footer>
          <Button look="primary" type="submit">
            {words.submit}
          </Button>
          <Button look="quiet" onClick={onLater}>
            {words.later}
          </Button>
        </footer>
      </form>
    </section>
  );
}
