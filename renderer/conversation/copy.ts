/** Puts text where it can be pasted from, and says so. */
import { showToast } from '../widgets/toast.tsx';

export async function copy(text: string, said: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    showToast(said);
  } catch {
    // Not permitted by the desktop: the text can still be selected.
  }
}
