/** Turns a leading /shrug and its like into what it stands for. Also the worked example of how a plugin is written. */
import type { Kith, Plugin, PluginManifest } from '../../src/contracts/index.ts';
import type { Message } from '../../src/domain/index.ts';
import { expand } from './expand.ts';

const manifest: PluginManifest = {
  id: 'shortcuts',
  contract: 1,
  displayName: 'Shortcuts',
  enabledByDefault: true,
  needs: ['message-pipeline'],
};

export const plugin: Plugin = {
  manifest,
  async activate({ pipeline }: Pick<Kith, 'pipeline'>) {
    const stage = pipeline.add({ id: 'shortcuts/expand', at: 'transform', run: expanded });
    return { [Symbol.asyncDispose]: async () => stage[Symbol.dispose]() };
  },
};

/** Only what we say ourselves: what others wrote is theirs. A copy from another device was said elsewhere, and is left alone. */
function expanded(message: Message): Message {
  if (message.direction === 'incoming' || message.caughtUp === true) return message;
  const body = expand(message.body);
  return body === message.body ? message : { ...message, body };
}
