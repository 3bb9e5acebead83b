export { bridgeOver, type AskingEnd } from './asking.ts';
export { portPair, type Port } from './port.ts';
export { backlogBound, serveBridge } from './serve.ts';
