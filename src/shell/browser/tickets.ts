/** Who may come in: a ticket is good once and buys a pass; a pass is a cookie and lasts until Kith ends. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** Windows asked for and not yet open; the oldest ticket is void when more are issued. */
const ticketBound = 8;
const passBound = 64;

export interface Tickets {
  issue(): string;
  /** A pass for a ticket, or undefined when the ticket is unknown or was used before. */
  redeem(ticket: string): string | undefined;
  admits(pass: string | undefined): boolean;
}

/** Kept as hashes and compared in constant time, so neither memory nor timing tells more than yes or no. */
export function newTickets(onUsed: (ticket: string) => void): Tickets {
  const tickets: Buffer[] = [];
  const passes: Buffer[] = [];
  const add = (held: Buffer[], bound: number): string => {
    const secret = randomBytes(32).toString('base64url');
    held.push(digest(secret));
    if (held.length > bound) held.shift();
    return secret;
  };
  return {
    issue: () => add(tickets, ticketBound),
    redeem(ticket) {
      const at = find(tickets, ticket);
      if (at < 0) return undefined;
      tickets.splice(at, 1);
      onUsed(ticket);
      return add(passes, passBound);
    },
    admits: (pass) => pass !== undefined && find(passes, pass) >= 0,
  };
}

const digest = (secret: string): Buffer => createHash('sha256').update(secret).digest();

function find(held: readonly Buffer[], secret: string): number {
  const wanted = digest(secret);
  return held.findIndex((one) => timingSafeEqual(one, wanted));
}
