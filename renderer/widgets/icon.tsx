/** A Lucide icon at one of Kith's three sizes. Always silent: the word beside it, or the button's name, speaks. */
import type { LucideIcon } from 'lucide-react';

const sizes = { small: [14, 2], middle: [18, 1.75], large: [22, 1.6] } as const;

export function Icon({
  of: Drawing,
  size = 'middle',
  className,
}: {
  readonly of: LucideIcon;
  readonly size?: keyof typeof sizes;
  readonly className?: string | undefined;
}) {
  const [pixels, stroke] = sizes[size];
  return (
    <Drawing
      size={pixels}
      strokeWidth={stroke}
      aria-hidden="true"
      focusable="false"
      style={{ flex: 'none' }}
      className={className}
    />
  );
}
