/** Files dragged over the window: they go to the open conversation, and are never opened in the window's place. */
import { useEffect } from 'react';
import { create } from 'zustand';
import { showToast } from '../widgets/toast.tsx';
import { usePlace } from '../window/place.ts';
import { words } from '../words.ts';
import { choose } from './chosen.ts';

/** Whether files are over the window just now. */
export const useDragged = create<{ readonly dragged: boolean }>(() => ({ dragged: false }));

const hasFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes('Files') === true;

export function useDrop(): void {
  useEffect(() => {
    const over = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = writable() === undefined ? 'none' : 'copy';
      useDragged.setState({ dragged: true });
    };
    const leave = ({ relatedTarget }: DragEvent): void => {
      if (relatedTarget === null) useDragged.setState({ dragged: false });
    };
    const drop = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      useDragged.setState({ dragged: false });
      const open = writable();
      if (open === undefined) return showToast(words.files.noPlace);
      choose(open, filesIn(event.dataTransfer));
      document.getElementById('message-field')?.focus();
    };
    addEventListener('dragover', over);
    addEventListener('dragleave', leave);
    addEventListener('drop', drop);
    return () => {
      removeEventListener('dragover', over);
      removeEventListener('dragleave', leave);
      removeEventListener('drop', drop);
    };
  }, []);
}

/** The open conversation, where one can write in it. */
const writable = () => (document.getElementById('message-field') === null ? undefined : usePlace.getState().open);

/** Without folders, which a browser hands over as if they were files. */
export function filesIn(transfer: DataTransfer | null): readonly File[] {
  const files: File[] = [];
  for (const item of transfer?.items ?? []) {
    const file = item.kind === 'file' ? item.getAsFile() : null;
    if (file === null) continue;
    if (item.webkitGetAsEntry()?.isDirectory === true) showToast(words.files.folder(file.name));
    else files.push(file);
  }
  return files;
}
