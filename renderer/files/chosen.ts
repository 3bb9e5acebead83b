/** Files a person has chosen for a conversation and not yet sent. They are read only when they go. */
import { create } from 'zustand';
import { fromErrorFact, KithError, newId, type ErrorFact } from '../../src/base/index.ts';
import type { TakenFile } from '../../src/contracts/index.ts';
import {
  cleanFileName,
  type ConversationId,
  conversationId,
  namedAsPicture,
  tooLargeText,
} from '../../src/domain/index.ts';
import { faultText } from '../accounts/remedy.ts';
import { ask } from '../mirror/index.ts';
import { showToast } from '../widgets/toast.tsx';
import type { OpenConversation } from '../window/place.ts';
import { words } from '../words.ts';
import { offerOf } from './offer.ts';

export interface ChosenFile {
  readonly key: string;
  readonly file: File;
  readonly name: string;
  /** The address of what it looks like, where it is named as a picture. */
  readonly look?: string;
  /** What happened when it was to go. */
  readonly fault?: string;
}

const none: readonly ChosenFile[] = [];

const useChosen = create<{ readonly all: ReadonlyMap<ConversationId, readonly ChosenFile[]> }>(() => ({
  all: new Map(),
}));

export const useChosenFor = (id: ConversationId): readonly ChosenFile[] => useChosen(({ all }) => all.get(id) ?? none);

const idOf = ({ account, target }: OpenConversation): ConversationId => conversationId(account, target);

function change(id: ConversationId, to: (before: readonly ChosenFile[]) => readonly ChosenFile[]): void {
  useChosen.setState(({ all }) => {
    const next = new Map(all);
    const left = to(all.get(id) ?? none);
    if (left.length === 0) next.delete(id);
    else next.set(id, left);
    return { all: next };
  });
}

/** They stand above the field until the person sends them. Where the server takes none, that is said instead. */
export function choose(conversation: OpenConversation, files: readonly File[]): void {
  if (files.length === 0) return;
  const { refusal } = offerOf(conversation.account);
  if (refusal !== undefined) return showToast(refusal);
  const chosen = files.map((file) => {
    const name = cleanFileName(file.name);
    return { key: newId(), file, name, ...(namedAsPicture(name) ? { look: URL.createObjectURL(file) } : {}) };
  });
  change(idOf(conversation), (before) => [...before, ...chosen]);
}

export function takeOut(id: ConversationId, key: string): void {
  change(id, (before) =>
    before.filter((each) => {
      if (each.key === key && each.look !== undefined) URL.revokeObjectURL(each.look);
      return each.key !== key;
    }),
  );
}

/** Why this one cannot go; undefined when it can. */
export function faultOf({ file }: ChosenFile, largest: number | undefined): string | undefined {
  return file.size === 0 ? words.files.empty : tooLargeText(file.size, largest);
}

/** One after the other. What could not go stays, with the reason. */
export async function sendChosen(conversation: OpenConversation): Promise<void> {
  const id = idOf(conversation);
  const { account, target } = conversation;
  for (const { key, file, name } of useChosen.getState().all.get(id) ?? none) {
    try {
      const { held } = await bring(file);
      await ask('file.send', { account, target, held, name });
      takeOut(id, key);
    } catch (error) {
      const fault = error instanceof KithError ? faultText(error) : words.files.gone;
      change(id, (before) => before.map((each) => (each.key === key ? { ...each, fault } : each)));
    }
  }
}

/** Bytes go beside the bridge (ARCHITECTURE, decision 33). Rejects with KithError, or with the browser's own when it cannot read the file. */
async function bring(file: File): Promise<TakenFile> {
  const answer = await fetch('/file', {
    method: 'POST',
    headers: { 'Content-Type': 'application/octet-stream' },
    body: file,
  });
  const said = (await answer.json()) as TakenFile | ErrorFact;
  if ('held' in said) return said;
  throw fromErrorFact(said);
}
