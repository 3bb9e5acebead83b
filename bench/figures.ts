/** Arithmetic of measuring: medians, spreads and ratios round by round. */

/** The middle one, or the mean of the two in the middle. Undefined of nothing. */
export function median(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle];
  if (upper === undefined || sorted.length % 2 === 1) return upper;
  return (upper + (sorted[middle - 1] ?? upper)) / 2;
}

/** Ours over theirs in each round, so that what slows a whole round down cancels out. */
export function ratios(ours: readonly number[], theirs: readonly number[]): readonly number[] {
  return ours.flatMap((value, round) => {
    const other = theirs[round];
    return other === undefined || other === 0 ? [] : [value / other];
  });
}

/** `median [least..greatest]`, with as many digits as the size deserves. */
export function spread(values: readonly number[]): string {
  const middle = median(values);
  if (middle === undefined) return 'none';
  return `${digits(middle)} [${digits(Math.min(...values))}..${digits(Math.max(...values))}]`;
}

export function digits(value: number): string {
  const size = Math.abs(value);
  return value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : 2);
}
