/** What a person set about the house as a whole. */
import { type Log } from '../base/index.ts';
import { defaultSettings, type HouseSettings, type Store } from '../contracts/index.ts';
import type { Disclosure } from '../domain/index.ts';
import type { Announcer } from './announcer.ts';

const kept = 'house';

export class Settings {
  readonly #store: Store;
  readonly #announcer: Announcer;
  #now: HouseSettings;

  constructor(store: Store, announcer: Announcer, log: Log) {
    this.#store = store;
    this.#announcer = announcer;
    this.#now = { ...defaultSettings, ...read(store, log) };
  }

  get now(): HouseSettings {
    return this.#now;
  }

  get disclosure(): Disclosure {
    const { readMarkers, typingNotices } = this.#now;
    return { readMarkers, typingNotices };
  }

  set(changed: Partial<HouseSettings>): void {
    const next = { ...this.#now, ...changed };
    this.#store.saveSetting(kept, JSON.stringify(next));
    this.#now = next;
    this.#announcer.say({ type: 'settings-changed', settings: next });
  }
}

/** Unreadable settings are not worth refusing to start for: the defaults stand. */
function read(store: Store, log: Log): Partial<HouseSettings> {
  const text = store.setting(kept);
  if (text === undefined) return {};
  try {
    return JSON.parse(text) as Partial<HouseSettings>;
  } catch {
    log.warn('The settings could not be read; the defaults stand');
    return {};
  }
}
