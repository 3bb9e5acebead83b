export { ownLine, placeElectron, prepareElectron } from './prepare.ts';
export { openElectronShell, type ElectronShellDuties } from './shell.ts';
