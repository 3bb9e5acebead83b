/** How it is known what the other side has: counted by stream management, or, where that is missing, by pings answered in order. */
import type { Element } from './element.ts';
import type { Outgoing, Resumption } from './contract.ts';

export interface Accounting {
  /** Just written. */
  sent(outgoing: Outgoing): void;
  /** True when the element was meant for the accounting alone. */
  hear(element: Element): boolean;
  /** A stanza for the upper layer arrived; returns its number. */
  received(): number;
  /** The upper layer has every stanza up to `number`. */
  handled(number: number): void;
  /** Makes the other side say something. */
  ask(): void;
  /** Says what is still owed before the session is closed. */
  settle(): void;
  /** What it takes to continue on another socket, if it can be continued. */
  resumption(): Resumption | undefined;
  /** Nothing more is written. */
  end(): void;
}
