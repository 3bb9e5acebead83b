/** A port that is there and answers nobody: its program is stopped and its queue of callers is full, so that a further call is not even refused. */
import { connect, type Socket } from 'node:net';
import { Run } from './processes.ts';
import { bounded, until } from './waiting.ts';

export interface BlackHole {
  readonly port: number;
  close(): Promise<void>;
}

const listening = (address: string) =>
  `require('net').createServer().listen({ host: '${address}', port: 0, backlog: 1 }, function () { console.log(this.address().port) })`;

/** `address` is one of this machine's own. */
export async function openBlackHole(address: string): Promise<BlackHole> {
  const program = new Run(process.execPath, ['-e', listening(address)]);
  const fillers: Socket[] = [];
  const close = async () => {
    for (const filler of fillers) filler.destroy();
    await program.end('SIGKILL');
  };
  try {
    const port = await until('the port', () => Number(program.output.trim()) || undefined);
    program.signal('SIGSTOP');
    // One more than the queue is long fills it.
    for (let nth = 0; nth < 2; nth += 1) {
      const filler = connect(port, address);
      fillers.push(filler);
      filler.on('error', () => {});
      await bounded('a place in the queue', new Promise<void>((resolve) => filler.once('connect', () => resolve())));
    }
    return { port, close };
  } catch (error) {
    await close();
    throw error;
  }
}
