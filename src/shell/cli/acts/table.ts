/** Rows for people: columns as wide as they need to be, two spaces between, nothing at the end of a line. */

/** Texts of others may hold anything; a terminal obeys control characters, so they are shown as a replacement sign. */
export function plain(text: string): string {
  return text.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '\ufffd');
}

export function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths: number[] = [];
  const safe = rows.map((row) => row.map(plain));
  for (const row of safe) row.forEach((cell, at) => (widths[at] = Math.max(widths[at] ?? 0, cell.length)));
  return safe.map((row) =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
