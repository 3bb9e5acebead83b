/** Yes or no, and one of a few. A switch acts at once; a check waits for its form. */
import type { KeyboardEvent } from 'react';
import styles from './choice.module.css';

export interface SwitchProps {
  readonly on: boolean;
  readonly label?: string;
  readonly labelledBy?: string;
  onChange(on: boolean): void;
}

export function Switch({ on, label, labelledBy, onChange }: SwitchProps) {
  return (
    <button
      type="button"
      role="switch"
      className={styles['switch']}
      aria-checked={on}
      aria-label={label}
      aria-labelledby={labelledBy}
      onClick={() => onChange(!on)}
    />
  );
}

/** A box to tick, within a form that is sent as a whole. */
export function Check({
  label,
  on,
  onChange,
}: {
  readonly label: string;
  readonly on: boolean;
  onChange(on: boolean): void;
}) {
  return (
    <label className={styles['check']}>
      <input type="checkbox" checked={on} onChange={(event) => onChange(event.target.checked)} />
      {label}
    </label>
  );
}

export interface SegmentsProps<T extends string> {
  readonly labelledBy: string;
  readonly options: readonly (readonly [T, string])[];
  readonly chosen: T;
  onChoose(option: T): void;
}

/** One tab stop; the arrows choose. */
export function Segments<T extends string>({ labelledBy, options, chosen, onChoose }: SegmentsProps<T>) {
  const walk = (event: KeyboardEvent<HTMLElement>): void => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const at = options.findIndex(([option]) => option === chosen);
    const next = (at + step + options.length) % options.length;
    onChoose(options[next]![0]);
    event.currentTarget.querySelectorAll<HTMLElement>('[role=radio]')[next]?.focus();
  };
  return (
    <div role="radiogroup" aria-labelledby={labelledBy} className={styles['segments']} onKeyDown={walk} tabIndex={-1}>
      {options.map(([option, word]) => (
        <button
          key={option}
          type="button"
          role="radio"
          aria-checked={option === chosen}
          tabIndex={option === chosen ? 0 : -1}
          onClick={() => onChoose(option)}
        >
          {word}
        </button>
      ))}
    </div>
  );
}
