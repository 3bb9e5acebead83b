/** One of several, by the platform's own list. */
import styles from './select.module.css';

export interface SelectProps {
  readonly label: string;
  readonly name?: string;
  readonly options: readonly (readonly [value: string, text: string])[];
  readonly chosen: string | undefined;
  readonly disabled?: boolean;
  readonly fault?: string | undefined;
  onChoose(value: string): void;
}

export function Select({ label, name, options, chosen, disabled, fault, onChoose }: SelectProps) {
  return (
    <label className={styles['choice']}>
      {label}
      <select
        name={name}
        value={chosen}
        disabled={disabled}
        aria-invalid={fault === undefined ? undefined : true}
        onChange={(event) => onChoose(event.target.value)}
      >
        {options.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
      {fault !== undefined && (
        <span className={styles['fault']} role="alert">
          {fault}
        </span>
      )}
    </label>
  );
}
