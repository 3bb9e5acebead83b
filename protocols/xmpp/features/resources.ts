/** The devices of each contact that are online, and the one presence they add up to. */
import {
  compareAvailability,
  type ContactId,
  type Device as Shown,
  offlinePresence,
  type Presence,
} from '../../../src/domain/index.ts';

interface Device {
  readonly presence: Presence;
  readonly priority: number;
}

/** More devices than this nobody has; a list without end would be someone's attack. */
const most = 32;

export class Resources {
  readonly #devices = new Map<ContactId, Map<string, Device>>();
  readonly #farewells = new Map<ContactId, Presence>();

  set(contact: ContactId, resource: string, presence: Presence, priority: number): void {
    const devices = this.#devices.get(contact) ?? new Map<string, Device>();
    this.#devices.set(contact, devices);
    this.#farewells.delete(contact);
    // Set anew, it stands last: of equals the one that spoke last wins.
    devices.delete(resource);
    devices.set(resource, { presence, priority });
    if (devices.size > most) {
      const [oldest = ''] = devices.keys();
      devices.delete(oldest);
    }
  }

  /** `farewell` is shown when it was the last one. */
  remove(contact: ContactId, resource: string, farewell: Presence): void {
    const devices = this.#devices.get(contact);
    // Of one that was not there, the farewell of the last one says more.
    if (devices !== undefined && !devices.delete(resource)) return;
    if (devices !== undefined && devices.size > 0) return;
    if (devices === undefined && this.#farewells.has(contact)) return;
    this.drop(contact);
    this.#farewells.set(contact, farewell);
  }

  drop(contact: ContactId): void {
    this.#devices.delete(contact);
    this.#farewells.delete(contact);
  }

  clear(): void {
    this.#devices.clear();
    this.#farewells.clear();
  }

  /** Best first. */
  all(contact: ContactId): readonly Shown[] {
    const devices = [...(this.#devices.get(contact) ?? [])].toReversed();
    return devices
      .map(([name, { presence, priority }]) => ({ name, presence, priority }))
      .toSorted(
        (a, b) => compareAvailability(b.presence.availability, a.presence.availability) || b.priority - a.priority,
      );
  }

  /** The most available; of equals the higher priority, then the newer. */
  best(contact: ContactId): Presence {
    let best: Device | undefined;
    for (const device of this.#devices.get(contact)?.values() ?? []) {
      const compared =
        best === undefined ? 1 : compareAvailability(device.presence.availability, best.presence.availability);
      if (compared > 0 || (compared === 0 && device.priority >= (best?.priority ?? 0))) best = device;
    }
    return best?.presence ?? this.#farewells.get(contact) ?? offlinePresence;
  }
}
