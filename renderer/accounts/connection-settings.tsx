/** What a server does not tell by itself, for those who know it: straight from the protocol's own list. */
import type { ParameterSpec } from '../../src/contracts/index.ts';
import type { ParameterValue } from '../../src/domain/index.ts';
import { Check } from '../widgets/choice.tsx';
import { Select } from '../widgets/select.tsx';
import { words } from '../words.ts';
import styles from './connection-settings.module.css';
import { type Fault, settingField } from './setting-field.ts';

export interface ConnectionSettingsProps {
  readonly specs: readonly ParameterSpec[];
  readonly values: Readonly<Record<string, ParameterValue>>;
  readonly fault?: Fault | undefined;
  onChange(values: Readonly<Record<string, ParameterValue>>): void;
}

/** Shut until somebody needs it. */
export function ConnectionSettings(props: ConnectionSettingsProps) {
  if (props.specs.every(({ secret }) => secret)) return null;
  return (
    <details className={styles['more']}>
      <summary>{words.firstRun.connectionSettings}</summary>
      <SettingFields {...props} />
    </details>
  );
}

/** Secrets are not among them: those are asked for when they are needed. */
export function SettingFields({ specs, values, fault, onChange }: ConnectionSettingsProps) {
  return (
    <div className={styles['parameters']}>
      {specs
        .filter(({ secret }) => !secret)
        .map((spec) => (
          <Setting
            key={spec.name}
            spec={spec}
            value={values[spec.name]}
            fault={fault?.field === settingField(spec.name) ? fault.text : undefined}
            onChange={(value) => {
              const { [spec.name]: _old, ...rest } = values;
              onChange(value === undefined ? rest : { ...rest, [spec.name]: value });
            }}
          />
        ))}
    </div>
  );
}

interface SettingProps {
  readonly spec: ParameterSpec;
  readonly value: ParameterValue | undefined;
  readonly fault: string | undefined;
  /** Undefined: not filled in. */
  onChange(value: ParameterValue | undefined): void;
}

const whole = { u: /^\d+$/u, i: /^-?\d+$/u } as const;

function Setting({ spec: { name, type, label, among, fallback }, value, fault, onChange }: SettingProps) {
  const field = settingField(name);
  if (type === 'b') return <Check label={label} on={(value ?? fallback) === true} onChange={onChange} />;
  if (among !== undefined) {
    return (
      <Select
        label={label}
        name={field}
        options={['', ...among].map((each) => [each, each === '' ? words.firstRun.none : each])}
        chosen={String(value ?? '')}
        fault={fault}
        onChoose={(said) => onChange(said === '' ? undefined : said)}
      />
    );
  }
  const told = (said: string): void => {
    if (said === '') onChange(undefined);
    else if (type === 's') onChange(said);
    // A sign is where a number begins; one that stays alone is said to be none.
    else if (type === 'i' && said === '-') onChange(said);
    else if (whole[type].test(said)) onChange(Number(said));
  };
  // Text may have several lines: an authority to trust comes as a whole file.
  return (
    <label className={styles['text']}>
      {label}
      <textarea
        name={field}
        aria-invalid={fault === undefined ? undefined : true}
        rows={1}
        spellCheck={false}
        inputMode={type === 'u' ? 'numeric' : 'text'}
        placeholder={fallback === undefined ? '' : String(fallback)}
        value={String(value ?? '')}
        onChange={({ target }) => told(target.value.trim())}
      />
      {fault !== undefined && (
        <span className={styles['fault']} role="alert">
          {fault}
        </span>
      )}
    </label>
  );
}
