/** What a server wants to know before it makes an account, in its own words; a picture only when it came along. */
import { type FormEvent, useCallback, useState } from 'react';
import type { RegistrationForm } from '../../src/domain/index.ts';
import { plainly } from '../look/turning.ts';
import { Field, PasswordField } from '../widgets/field.tsx';
import { Select } from '../widgets/select.tsx';
import { words } from '../words.ts';
import { AskingCard } from './secret-card.tsx';

export interface RegistrationCardProps {
  readonly form: RegistrationForm;
  /** The address that is to be. */
  readonly where: string;
  /** Every field's text by its name, as JSON. */
  onAnswer(filled: string): void;
  onLater(): void;
}

export function RegistrationCard({ form, where, onAnswer, onLater }: RegistrationCardProps) {
  const [filled, setFilled] = useState<Readonly<Record<string, string>>>(() =>
    Object.fromEntries(form.fields.map(({ name, value }) => [name, value])),
  );
  const said = words.registration;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onAnswer(JSON.stringify(filled));
  };
  const why = [form.fault, form.instructions === '' ? said.why : form.instructions].filter((one) => one !== undefined);
  return (
    <AskingCard
      words={{ ...said, title: said.title(where), why: plainly(why.join(' ')) }}
      onSubmit={submit}
      onLater={onLater}
    >
      {form.picture !== undefined && <Picture {...form.picture} />}
      {form.page !== undefined && <p>{said.page(plainly(form.page))}</p>}
      {form.fields.map(({ name, label, kind, options, required }) => {
        const change = (value: string): void => setFilled({ ...filled, [name]: value });
        const shared = { label: plainly(label), value: filled[name] ?? '', required };
        if (kind === 'choice')
          return (
            <Select
              key={name}
              label={shared.label}
              options={options.map((one) => [one.value, plainly(one.label)])}
              chosen={shared.value}
              onChoose={change}
            />
          );
        return kind === 'secret' ? (
          <PasswordField key={name} {...shared} onChange={(event) => change(event.target.value)} />
        ) : (
          <Field key={name} {...shared} onChange={(event) => change(event.target.value)} />
        );
      })}
    </AskingCard>
  );
}

/** The page's policy lets in no picture that stands in an address. */
function Picture({ type, bytes }: NonNullable<RegistrationForm['picture']>) {
  const show = useCallback(
    (image: HTMLImageElement) => {
      const whole = Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0));
      const address = URL.createObjectURL(new Blob([whole], { type }));
      image.src = address;
      return () => URL.revokeObjectURL(address);
    },
    [type, bytes],
  );
  return <img ref={show} alt={words.registration.picture} />;
}
