export { openBrowserShell, type BrowserShellDuties } from './shell.ts';
