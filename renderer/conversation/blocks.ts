/** The blocks of Message Styling (XEP-0393 section 5.1): plain lines, quotations, and preformatted lines between fences. */
export type Block =
  | { readonly kind: 'text' | 'code'; readonly text: string }
  | { readonly kind: 'quote'; readonly blocks: readonly Block[] };

const fence = '```';
/** Quotations in quotations; what is deeper stands as it was written. */
const deepest = 6;

/** A fence that is never closed reaches to the end of what it is in, as the standard has it. */
export function blocksOf(body: string, depth = 0): readonly Block[] {
  if (!body.includes(fence) && !body.includes('>')) return [{ kind: 'text', text: body }];
  const blocks: Block[] = [];
  let kind = 'text' as Block['kind'];
  let lines: string[] = [];
  const end = (): void => {
    const text = lines.join('\n');
    if (kind === 'quote') blocks.push({ kind, blocks: blocksOf(text, depth + 1) });
    else if (lines.length > 0 && (kind === 'code' || text.trim() !== '')) blocks.push({ kind, text });
    lines = [];
  };
  const become = (next: Block['kind']): void => {
    if (next === kind) return;
    end();
    kind = next;
  };
  for (const line of body.split('\n')) {
    if (kind === 'code') {
      if (line.trimEnd() === fence) become('text');
      else lines.push(line);
    } else if (line.startsWith(fence)) become('code');
    else if (line.startsWith('>') && depth < deepest) {
      become('quote');
      lines.push(line.replace(/^> ?/u, ''));
    } else {
      become('text');
      lines.push(line);
    }
  }
  end();
  // Fences around nothing: what was written is all there is to show.
  return blocks.length > 0 ? blocks : [{ kind: 'text', text: body }];
}
