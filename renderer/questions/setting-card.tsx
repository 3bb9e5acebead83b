/** The question for a setting of an account that is secret, in the words of its protocol. */
import type { Question } from '../../src/domain/index.ts';
import { useMirror } from '../mirror/index.ts';
import { words } from '../words.ts';
import { SecretCard } from './secret-card.tsx';

export interface SettingCardProps {
  readonly question: Extract<Question, { kind: 'secret' }>;
  /** What the account is called. */
  readonly where: string;
  onAnswer(secret: string): void;
  onLater(): void;
}

export function SettingCard({ question, where, onAnswer, onLater }: SettingCardProps) {
  const { name, why } = question.question;
  const field = useMirror(({ accounts, protocols }) => {
    const protocol = question.account === undefined ? undefined : accounts.all.get(question.account)?.protocol;
    const specs = protocols.find(({ id }) => id === protocol)?.parameters ?? [];
    return specs.find((spec) => spec.name === name)?.label ?? name;
  });
  const said = words.secretSetting;
  return (
    <SecretCard
      onAnswer={onAnswer}
      onLater={onLater}
      words={{ ...said, title: said.title(where), field, why: said[why] }}
    />
  );
}
