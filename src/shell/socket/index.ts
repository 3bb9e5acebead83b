export { openDoor, type Door, type DoorDuties } from './door.ts';
export { findRunning, type RunningKith } from './knock.ts';
