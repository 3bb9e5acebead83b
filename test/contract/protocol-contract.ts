/** What every protocol promises, tried through a host. Called once for each protocol and each place it runs in. */
import { afterAll, beforeAll, describe } from 'vitest';
import { noLeaks } from '../harness/no-leaks.ts';
import { connecting } from './connecting.ts';
import { ending } from './ending.ts';
import { files } from './files.ts';
import type { Ground } from './ground.ts';
import { knowing } from './knowing.ts';
import { rooms } from './rooms.ts';
import { talking } from './talking.ts';

export function protocolContract(name: string, begin: () => Promise<Ground>): void {
  describe(`${name} keeps the contract`, () => {
    noLeaks();
    let ground: Ground | undefined;
    beforeAll(async () => {
      ground = await begin();
    });
    afterAll(async () => {
      await ground?.[Symbol.asyncDispose]();
    });
    const here = () => ground!;
    connecting(here);
    knowing(here);
    talking(here);
    rooms(here);
    files(here);
    ending(here);
  });
}
