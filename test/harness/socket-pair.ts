/** A connection without a network: what one end writes the other reads, in the same turn of the loop. */
import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';

class End extends Duplex {
  other: End | undefined;

  override _read(): void {}

  override _write(bytes: Buffer, _encoding: string, done: () => void): void {
    if (this.other?.destroyed === false) this.other.push(bytes);
    done();
  }

  override _final(done: () => void): void {
    if (this.other?.destroyed === false) this.other.push(null);
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    const { other } = this;
    if (other?.destroyed === false) process.nextTick(() => other.destroy());
    done(error);
  }
}

/** The near end says that it is connected as soon as somebody can be listening. */
export function socketPair(): { readonly near: Socket; readonly far: Duplex } {
  const [near, far] = [new End(), new End()];
  near.other = far;
  far.other = near;
  process.nextTick(() => near.emit('connect'));
  return { near: near as unknown as Socket, far };
}
