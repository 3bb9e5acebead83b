/** A question only the person can answer, in the main pane. It never takes the focus, and may be left open. */
import { type Question, type QuestionId } from '../../src/domain/index.ts';
import { orSay } from '../accounts/remedy.ts';
import { ask, useMirror } from '../mirror/index.ts';
import { goTo } from '../window/place.ts';
import { words } from '../words.ts';
import { CertificateCard } from './certificate-card.tsx';
import styles from './card.module.css';
import { PassphraseCard } from './passphrase-card.tsx';
import { RegistrationCard } from './registration-card.tsx';
import { SecretCard } from './secret-card.tsx';
import { SettingCard } from './setting-card.tsx';

const leave = (): void => goTo({ page: { kind: 'talk' }, front: 'people' });

export function answer(question: QuestionId, said: string): void {
  orSay(ask('question.answer', { question, answer: said }));
}

export function QuestionCard({ question }: { readonly question: Question }) {
  const account = useMirror(({ accounts }) =>
    question.account === undefined ? undefined : accounts.all.get(question.account),
  );
  const where = account?.address ?? '';
  const reply = (said: string): void => {
    answer(question.id, said);
    leave();
  };
  return (
    <div className={styles['place']}>
      {question.kind === 'certificate' && <CertificateCard facts={question.question} onAnswer={reply} />}
      {question.kind === 'password' && (
        <SecretCard
          onAnswer={reply}
          onLater={leave}
          words={{
            ...words.password,
            title: words.password.title(where),
            why: words.password[question.question.why],
          }}
        />
      )}
      {question.kind === 'secret' && <SettingCard question={question} where={where} onAnswer={reply} onLater={leave} />}
      {question.kind === 'registration' && (
        <RegistrationCard key={question.id} form={question.question} where={where} onAnswer={reply} onLater={leave} />
      )}
      {question.kind === 'passphrase' && <PassphraseCard question={question} onAnswer={reply} onLater={leave} />}
    </div>
  );
}
