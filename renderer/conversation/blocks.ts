/** The one block of Message Styling (XEP-0393 §5.1.1) that changes what a text means: preformatted lines between fences. */
export interface Block {
  readonly kind: 'text' | 'code';
  readonly text: string;
}

const fence = '```';

/** A fence that is never closed reaches to the end, as the standard has it. */
export function blocksOf(body: string): readonly Block[] {
  if (!body.includes(fence)) return [{ kind: 'text', text: body }];
  const blocks: Block[] = [];
  let kind: Block['kind'] = 'text';
  let lines: string[] = [];
  const end = (): void => {
    if (lines.length > 0 && (kind === 'code' || lines.some((line) => line.trim() !== '')))
      blocks.push({ kind, text: lines.join('\n') });
    lines = [];
  };
  for (const line of body.split('\n')) {
    const inText: boolean = kind === 'text';
    const opens: boolean = inText && line.startsWith(fence);
    const closes: boolean = !inText && line.trimEnd() === fence;
    if (!opens && !closes) {
      lines.push(line);
      continue;
    }
    end();
    kind = opens ? 'code' : 'text';
  }
  end();
  return blocks;
}
