/** Buttons: with words, or with an icon alone and its words in the tooltip. */
import type { LucideIcon } from 'lucide-react';
import type { ComponentProps } from 'react';
import { classes } from '../look/classes.ts';
import { tipWithKeys } from '../words-keys.ts';
import styles from './button.module.css';
import { Icon } from './icon.tsx';

export interface ButtonProps extends ComponentProps<'button'> {
  readonly look?: 'plain' | 'primary' | 'quiet' | 'line';
  readonly danger?: boolean;
  readonly small?: boolean;
  readonly wide?: boolean;
}

export function Button({ look = 'plain', danger, small, wide, className, ...rest }: ButtonProps) {
  const names = classes(
    styles['button'],
    styles[look],
    danger && styles['danger'],
    small && styles['small'],
    wide && styles['wide'],
    className,
  );
  return <button type="button" {...rest} className={names} />;
}

/** `keys` is the shortcut as it is shown, for instance 'Ctrl+N'. */
export function IconButton({
  icon,
  label,
  keys,
  on,
  className,
  ...rest
}: Omit<ComponentProps<'button'>, 'aria-label' | 'title'> & {
  readonly icon: LucideIcon;
  readonly label: string;
  readonly keys?: string;
  readonly on?: boolean;
}) {
  return (
    <button
      type="button"
      {...rest}
      aria-label={label}
      title={keys === undefined ? label : tipWithKeys(label, keys)}
      className={classes(styles['icon'], on && styles['on'], className)}
    >
      <Icon of={icon} />
    </button>
  );
}
