/** One of several, by the platform's own list. */
import styles from './select.module.css';

export interface SelectProps {
  readonly label: string;
  readonly options: readonly (readonly [value: string, text: string])[];
  readonly chosen: string | undefined;
  readonly disabled?: boolean;
  onChoose(value: string): void;
}

export function Select({ label, options, chosen, disabled, onChoose }: SelectProps) {
  return (
    <label className={styles['choice']}>
      {label}
      <select value={chosen} disabled={disabled} onChange={(event) => onChoose(event.target.value)}>
        {options.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}
