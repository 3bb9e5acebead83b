/** What can be talked in as the list shows it now, for the keys that go to the next one from anywhere. */
import type { OpenConversation } from '../window/place.ts';

export interface ShownRow {
  /** All that belongs to the row: somebody may have several addresses. */
  readonly conversations: readonly OpenConversation[];
  /** The one that opens. */
  readonly first: () => OpenConversation;
}

let shown: () => readonly ShownRow[] = () => [];

/** Worked out only when somebody walks: the list changes far more often. */
export const showsRows = (rows: () => readonly ShownRow[]): void => {
  shown = rows;
};
export const shownRows = (): readonly ShownRow[] => shown();
