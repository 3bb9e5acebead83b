/** A labelled field, its help or its fault beneath it. A password field can be looked at, and forgets when it is told to. */
import { CircleAlert, Eye, EyeOff } from 'lucide-react';
import { type ComponentProps, type ReactNode, useId, useState } from 'react';
import { classes } from '../look/classes.ts';
import { words } from '../words.ts';
import { IconButton } from './button.tsx';
import styles from './field.module.css';
import { Icon } from './icon.tsx';

export interface FieldProps extends ComponentProps<'input'> {
  readonly label: string;
  readonly help?: ReactNode;
  readonly fault?: string | undefined;
  /** Addresses go left to right, whatever the page does. */
  readonly exact?: boolean;
  /** Where trust is decided the letters stand in the fixed-width face, so that I, l and 1 differ. */
  readonly mono?: boolean;
}

export function Field({ label, help, fault, exact, mono, className, children, ...rest }: FieldProps) {
  const id = useId();
  const about = fault !== undefined || help !== undefined ? `${id}-about` : undefined;
  return (
    <div className={classes(styles['fieldset'], className)}>
      <label htmlFor={id}>{label}</label>
      <div
        className={classes(
          styles['input'],
          fault !== undefined && styles['bad'],
          exact && styles['exact'],
          mono && styles['mono'],
        )}
      >
        <input id={id} aria-invalid={fault === undefined ? undefined : true} aria-describedby={about} {...rest} />
        {children}
      </div>
      {fault !== undefined ? (
        // An element of its own: a help that becomes an alert is not read.
        <p key="fault" className={styles['fault']} id={about} role="alert">
          <Icon of={CircleAlert} size="small" />
          <span>{fault}</span>
        </p>
      ) : (
        help !== undefined && (
          <p key="help" className={styles['help']} id={about}>
            {help}
          </p>
        )
      )}
    </div>
  );
}

export function PasswordField(props: Omit<FieldProps, 'type' | 'children'>) {
  const [shown, setShown] = useState(false);
  return (
    <Field autoComplete="current-password" {...props} type={shown ? 'text' : 'password'}>
      <IconButton
        icon={shown ? EyeOff : Eye}
        label={words.firstRun.showPassword}
        aria-pressed={shown}
        onClick={() => setShown(!shown)}
      />
    </Field>
  );
}
