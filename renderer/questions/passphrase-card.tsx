/** The question for the passphrase of the sealed file: the one that opens it, or a new one that will. */
import type { Question } from '../../src/domain/index.ts';
import { words } from '../words.ts';
import { useNewPassphrase } from './new-passphrase.tsx';
import { AskingCard, SecretCard } from './secret-card.tsx';

export interface PassphraseCardProps {
  readonly question: Extract<Question, { kind: 'passphrase' }>;
  onAnswer(passphrase: string): void;
  onLater(): void;
}

export function PassphraseCard({ question, onAnswer, onLater }: PassphraseCardProps) {
  const { why } = question.question;
  if (why === 'new') return <ChoosingCard onAnswer={onAnswer} onLater={onLater} />;
  const said = words.passphrase;
  const fault = why === 'refused' ? said.refused : undefined;
  return <SecretCard onAnswer={onAnswer} onLater={onLater} words={{ ...said, why: said.needed, fault }} />;
}

function ChoosingCard({ onAnswer, onLater }: Omit<PassphraseCardProps, 'question'>) {
  const { fields, submit } = useNewPassphrase(onAnswer);
  return (
    <AskingCard words={words.newPassphrase} onSubmit={submit} onLater={onLater}>
      {fields}
    </AskingCard>
  );
}
