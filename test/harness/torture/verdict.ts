/** Held against what the server keeps: what Kith lost, said twice, claimed without reason, put in another order, or left undecided. */
import type { DeliveryState, Message, MessageId } from '../../../src/domain/index.ts';

/** What was handed to Kith to be sent. */
export interface Handed {
  readonly body: string;
  /** False when Kith was killed before it answered: it may have taken it, or not. */
  answered: boolean;
}

export interface Evidence {
  /** What the counterpart said to Kith, as the archive of Kith's account has it: bodies in order. */
  readonly said: readonly string[];
  /** What was handed to Kith, in order. */
  readonly handed: readonly Handed[];
  /** What Kith said to the counterpart, as the counterpart's archive has it: bodies in order. */
  readonly arrived: readonly string[];
  /** Kith's history as it lies in the profile, oldest first. */
  readonly history: readonly Message[];
  /** Messages whose arrival the counterpart confirmed. */
  readonly receipted: ReadonlySet<MessageId>;
  /** Whatever Kith once told to have arrived at the server or further, and need not stand so in the history any more. */
  readonly claimed: ReadonlySet<MessageId>;
  /** Bodies that a person sent again after Kith had said that it does not know. */
  readonly sentAgain: ReadonlySet<string>;
}

/** Bodies, and what is wrong with each. */
export interface Verdict {
  readonly lost: readonly string[];
  readonly doubled: readonly string[];
  readonly claimedFalsely: readonly string[];
  readonly outOfOrder: readonly string[];
  /** Still under way although all is quiet, or not confirmed although the archive knows. */
  readonly undecided: readonly string[];
}

const faults = ['lost', 'doubled', 'claimedFalsely', 'outOfOrder', 'undecided'] as const;

const arrivedStates: ReadonlySet<DeliveryState | undefined> = new Set(['sent', 'delivered', 'read']);
/** Nothing here is refused, so 'failed' decides nothing either. */
const openStates: ReadonlySet<DeliveryState | undefined> = new Set(['queued', 'sending', 'failed', undefined]);

export function judge(evidence: Evidence): Verdict {
  const { said, handed, arrived, history, receipted, claimed, sentAgain } = evidence;
  const incoming = history.filter(({ direction }) => direction === 'incoming').map(({ body }) => body);
  const outgoing = history.filter(({ direction }) => direction === 'outgoing');
  const kept = outgoing.map(({ body }) => body);
  const times = countOf(arrived);

  const here = new Set(incoming);
  const lost = said.filter((body) => !here.has(body));
  const ours = new Set(kept);
  lost.push(...handed.filter(({ answered, body }) => answered && !ours.has(body)).map(({ body }) => body));

  const doubled = [incoming, kept, arrived].flatMap((bodies) => repeatedIn(bodies));

  const claimedFalsely: string[] = [];
  const undecided: string[] = [];
  for (const { id, body, delivery } of outgoing) {
    const state = delivery?.state;
    const there = times.has(body);
    const confirmed = state === 'delivered' || state === 'read';
    if (!there && (arrivedStates.has(state) || claimed.has(id))) claimedFalsely.push(body);
    else if (confirmed && !receipted.has(id)) claimedFalsely.push(`${body} (${state}, without a receipt)`);
    else if (openStates.has(state) || (there && !arrivedStates.has(state)))
      undecided.push(`${body} (${state}, ${there ? 'in' : 'not in'} the archive)`);
  }

  const inTurn = handed.map(({ body }) => body);
  const outOfOrder = [
    ...misplaced(incoming, said),
    ...misplaced(kept, inTurn),
    ...misplaced(
      arrived.filter((body) => !sentAgain.has(body)),
      inTurn,
    ),
  ];
  return { lost, doubled, claimedFalsely, outOfOrder, undecided };
}

export const isClean = (verdict: Verdict): boolean => faults.every((fault) => verdict[fault].length === 0);

export const inWords = (verdict: Verdict): string =>
  `${verdict.lost.length} lost, ${verdict.doubled.length} doubled, ${verdict.claimedFalsely.length} falsely delivered, ` +
  `${verdict.outOfOrder.length} out of order, ${verdict.undecided.length} undecided`;

export function together(verdicts: readonly Verdict[]): Verdict {
  const all = (fault: keyof Verdict): readonly string[] => verdicts.flatMap((verdict) => verdict[fault]);
  return Object.fromEntries(faults.map((fault) => [fault, all(fault)])) as unknown as Verdict;
}

function countOf(bodies: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const body of bodies) counts.set(body, (counts.get(body) ?? 0) + 1);
  return counts;
}

const repeatedIn = (bodies: readonly string[]): readonly string[] =>
  [...countOf(bodies)].filter(([, count]) => count > 1).map(([body]) => body);

/** Those that stand below one they were said before. */
function misplaced(found: readonly string[], order: readonly string[]): readonly string[] {
  const place = new Map(order.map((body, index) => [body, index]));
  let reached = -1;
  return found.filter((body) => {
    const at = place.get(body);
    if (at === undefined) return false;
    if (at < reached) return true;
    reached = at;
    return false;
  });
}

/** In words, then each fault on a line. */
export const explain = (verdict: Verdict): string =>
  [inWords(verdict), ...faults.flatMap((fault) => verdict[fault].map((what) => `${fault}: ${what}`))].join('\n');
