/** A program somebody is online with. What they all add up to is the contact's presence. */
import type { Presence } from './presence.ts';

export interface Device {
  /** The name it gave itself. */
  readonly name: string;
  readonly presence: Presence;
  /** Messages to nobody in particular go to the highest; below zero, never here. */
  readonly priority: number;
}
