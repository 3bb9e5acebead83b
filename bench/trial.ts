/** One thing that is measured: ours against a peer, round by round, the peer also against itself. */
import { median, ratios } from './figures.ts';

/** What was measured in one round, in the unit of the trial. */
export interface Round {
  readonly ours: number;
  readonly peer: number;
  /** The peer once more: how far apart two runs of the same thing are. */
  readonly peerAgain: number;
}

export interface Result {
  readonly name: string;
  readonly unit: string;
  readonly ours: string;
  readonly peer: string;
  readonly rounds: readonly Round[];
  /** Ours over theirs may be at most this; absent where nothing is demanded. */
  readonly most?: number;
  /** Ours may be at most this, in the unit of the trial, in the median of the rounds; absent where nothing is demanded. */
  readonly limit?: number;
  /** What a reader has to know to understand the figure. */
  readonly notes: readonly string[];
}

export interface Trial {
  /** What it is called on the command line. */
  readonly name: string;
  readonly says: string;
  run(rounds: number, say: (words: string) => void): Promise<readonly Result[]>;
}

/** A round of whatever is measured, before it is one number. */
export interface Turn<T> {
  readonly ours: T;
  readonly peer: T;
  readonly peerAgain: T;
}

/** The order changes from round to round, so that being first or last is nobody's advantage. */
export async function inTurn<T>(round: number, ours: () => Promise<T>, peer: () => Promise<T>): Promise<Turn<T>> {
  if (round % 2 === 0) {
    const first = await peer();
    const own = await ours();
    return { ours: own, peer: first, peerAgain: await peer() };
  }
  const peerAgain = await peer();
  const second = await peer();
  return { ours: await ours(), peer: second, peerAgain };
}

/** One number of each side's. */
export function pick<T>({ ours, peer, peerAgain }: Turn<T>, number: (of: T) => number): Round {
  return { ours: number(ours), peer: number(peer), peerAgain: number(peerAgain) };
}

/** Median over the rounds of ours over theirs. */
export function ratioOf(result: Result): number | undefined {
  return median(
    ratios(
      result.rounds.map((round) => round.ours),
      result.rounds.map((round) => round.peer),
    ),
  );
}

export function holds(result: Result): boolean {
  const ratio = ratioOf(result);
  const ours = median(result.rounds.map((round) => round.ours));
  return (
    (result.most === undefined || (ratio !== undefined && ratio <= result.most)) &&
    (result.limit === undefined || (ours !== undefined && ours <= result.limit))
  );
}
