/** A menu at a place of the window: where the pointer pressed, or beside what the keys stand on. Always whole in sight. */
import { useLayoutEffect, useRef } from 'react';
import { Menu, type MenuProps } from './menu.tsx';
import styles from './menu.module.css';

/** In CSS pixels from the window's corner. */
export interface Spot {
  readonly x: number;
  readonly y: number;
}

const edge = 8;

export function ContextMenu({ at, ...menu }: Omit<MenuProps, 'className'> & { readonly at: Spot }) {
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const box = place.current?.firstElementChild?.getBoundingClientRect();
    if (place.current === null || box === undefined) return;
    const above = at.y + box.height + edge > innerHeight;
    place.current.style.left = `${Math.max(edge, Math.min(at.x, innerWidth - box.width - edge))}px`;
    place.current.style.top = `${above ? Math.max(edge, at.y - box.height) : at.y}px`;
  }, [at]);
  return (
    <div ref={place} className={styles['spot']}>
      <Menu {...menu} />
    </div>
  );
}
