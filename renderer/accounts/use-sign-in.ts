/** Signing in, step by step: the account is made once, tried, and tried again with what the person corrects. */
import { useEffect, useState } from 'react';
import type { KithErrorCode } from '../../src/base/index.ts';
import type { AccountId, ParameterValue, ProtocolId, Question } from '../../src/domain/index.ts';
import { plainly } from '../look/turning.ts';
import { ask, useMirror } from '../mirror/index.ts';
import { words } from '../words.ts';
import { faultOf, type FieldFault, fieldOf } from './setting-field.ts';

export interface SignInDraft {
  readonly protocol: ProtocolId;
  readonly address: string;
  readonly password: string;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  /** The account is to be made first. */
  readonly register?: true;
  /** By this link. */
  readonly invitation?: string;
}

export interface SignIn {
  readonly trying: boolean;
  /** An attempt runs, or failed and may be corrected: an account of it is there. */
  readonly begun: boolean;
  readonly fault: FieldFault | undefined;
  /** What only the person can say: whether that is the server, what a proxy wants to know, and what opens the file the password is to be kept in. */
  readonly question: Extract<Question, { kind: 'certificate' | 'passphrase' | 'secret' | 'registration' }> | undefined;
  begin(draft: SignInDraft): void;
  /** Stops trying and takes the account away again. */
  cancel(): void;
}

const ofPassword: readonly string[] = ['authentication-failed', 'password-needed'] satisfies KithErrorCode[];

export function useSignIn(onDone: () => void): SignIn {
  const [account, setAccount] = useState<{
    readonly id: AccountId;
    readonly address: string;
    readonly by: string | undefined;
  }>();
  const [trying, setTrying] = useState(false);
  const [fault, setFault] = useState<SignIn['fault']>();
  const [settings, setSettings] = useState<readonly string[]>([]);
  /** What stood there when the attempt began says nothing about it. */
  const [stale, setStale] = useState<{ readonly reason: unknown; readonly asked: unknown }>();
  const connection = useMirror(({ connections }) =>
    account === undefined ? undefined : connections.all.get(account.id),
  );
  const status = useMirror(({ connections }) =>
    account === undefined ? undefined : connections.all.get(account.id)?.status,
  );
  const reason = useMirror(({ connections }) =>
    account === undefined ? undefined : connections.all.get(account.id)?.reason,
  );
  const asked = useMirror(({ questions }) =>
    account === undefined ? undefined : questions.find((question) => question.account === account.id),
  );
  const sealed = useMirror(({ questions }) => questions.find((question) => question.kind === 'passphrase'));

  useEffect(() => {
    if (!trying || connection === undefined) return;
    if (status === 'online') onDone();
    else if (asked !== undefined && asked === stale?.asked) return;
    else if (asked?.kind === 'password' && asked.question.why === 'refused') stop(words.firstRun.refused, 'password');
    else if (status === 'offline' && reason !== undefined && reason !== stale?.reason && reason.code !== 'requested') {
      const refused = ofPassword.includes(reason.code);
      stop(
        refused ? words.firstRun.refused : `${words.fault[reason.code]} ${plainly(reason.text)}`.trim(),
        refused ? 'password' : (fieldOf(reason.text, settings) ?? 'address'),
      );
    }
    function stop(text: string, field: string): void {
      setTrying(false);
      setFault({ text, field });
    }
  }, [trying, connection, status, reason, asked, stale, settings, onDone]);

  const attempt = async (draft: SignInDraft): Promise<void> => {
    const { password, protocol, address, parameters, register, invitation } = draft;
    const open = useMirror.getState().questions.find((question) => question.account === account?.id);
    if (account !== undefined && account.address === address && account.by === invitation) {
      if (open?.kind === 'password')
        return void (await ask('question.answer', { question: open.id, answer: password }));
      await ask('account.set', { account: account.id, password, parameters });
      return void (await ask('account.connect', { account: account.id }));
    }
    if (account !== undefined) await ask('account.remove', { account: account.id });
    setAccount(undefined);
    const id = await ask('account.add', {
      protocol,
      address,
      password,
      parameters,
      ...(register === undefined ? {} : { register }),
      ...(invitation === undefined ? {} : { invitation }),
    });
    setAccount({ id, address, by: invitation });
  };

  return {
    trying,
    begun: trying || account !== undefined,
    fault,
    question: trying
      ? asked !== undefined && asked.kind !== 'password' && asked.kind !== 'passphrase'
        ? asked
        : sealed
      : undefined,
    begin(draft) {
      setStale({ reason, asked });
      setFault(undefined);
      setSettings(Object.keys(draft.parameters));
      setTrying(true);
      attempt(draft).catch((error: unknown) => {
        setTrying(false);
        // What is about no setting is about the address.
        setFault({ field: 'address', ...faultOf(error, Object.keys(draft.parameters)) });
      });
    },
    cancel() {
      setTrying(false);
      if (account !== undefined) void ask('account.remove', { account: account.id }).catch(() => undefined);
      setAccount(undefined);
    },
  };
}
