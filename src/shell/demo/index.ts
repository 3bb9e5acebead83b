export { cast, self } from './cast.ts';
export { draftOf, playCast } from './peers.ts';
export { startServer, type DemoServer } from './prosody.ts';
