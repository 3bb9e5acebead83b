export * from './bridge.ts';
export * from './facets.ts';
export * from './files.ts';
export * from './host.ts';
export * from './plugin.ts';
export * from './port.ts';
export * from './protocol.ts';
export * from './store.ts';
