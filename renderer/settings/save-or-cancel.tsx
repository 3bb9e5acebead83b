/** The end of a form of an account. */
import { Button } from '../widgets/button.tsx';
import { words } from '../words.ts';
import styles from './account-card.module.css';

export function SaveOrCancel({ onCancel }: { onCancel(): void }) {
  return (
    <div className={styles['actions']}>
      <Button look="primary" type="submit">
        {words.details.save}
      </Button>
      <Button onClick={onCancel}>{words.details.cancel}</Button>
    </div>
  );
}
