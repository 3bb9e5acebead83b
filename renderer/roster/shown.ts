/** The people as the list shows them now, for the keys that go to the next one from anywhere. */
import type { Person } from '../../src/domain/index.ts';

let shown: readonly Person[] = [];

export const showsPeople = (people: readonly Person[]): void => {
  shown = people;
};

export const shownPeople = (): readonly Person[] => shown;
