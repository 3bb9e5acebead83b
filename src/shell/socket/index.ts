export { openDoor, type Door, type DoorDuties } from './door.ts';
export { findRunning, type Caller, type RunningKith } from './knock.ts';
