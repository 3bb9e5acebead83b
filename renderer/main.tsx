/** The page begins here: with its look and its language, before anything is said. */
import './look/tokens.css';
import './look/base.css';
import { beginSpeaking } from './look/language.ts';
import { follow } from './look/theme.ts';

// The desktop's theme stands before the first paint; the chosen one follows with the snapshot.
follow({ theme: 'system', density: 'comfortable' })();

await beginSpeaking();
await import('./window/begin.tsx');
