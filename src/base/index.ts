export * from './assert.ts';
export * from './clock.ts';
export * from './disposal.ts';
export * from './errors.ts';
export * from './event.ts';
export * from './ids.ts';
export * from './log.ts';
export * from './turn.ts';
