/** A name server on the loopback that knows what a test tells it, by real packets (RFC 1035, SRV by RFC 2782). */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import type { ServiceRecord } from '../../protocols/xmpp/stream/targets.ts';

export interface NameServer {
  /** As node:dns wants it. */
  readonly at: string;
  /** The names asked for, in order. */
  readonly asked: readonly string[];
  stop(): Promise<void>;
}

/** What a name is answered with: its SRV records, or a failure by its number (2 for SERVFAIL); 'silence' is no answer at all. */
export type Answer = readonly ServiceRecord[] | 2 | 'silence';

const nameError = 3;
const service = 33;

/** A name that is not in `zone` does not exist. */
export async function startNameServer(zone: Readonly<Record<string, Answer>>): Promise<NameServer> {
  const socket = createSocket('udp4');
  const asked: string[] = [];
  socket.on('message', (question, from) => {
    const name = nameIn(question);
    asked.push(name);
    const answer = zone[name] ?? nameError;
    if (answer !== 'silence') socket.send(answerTo(question, answer), from.port, from.address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return {
    at: `127.0.0.1:${socket.address().port}`,
    asked,
    stop: () => new Promise((resolve) => socket.close(resolve)),
  };
}

/** The question begins behind a header of twelve bytes. */
function nameIn(question: Buffer): string {
  const labels: string[] = [];
  for (let at = 12; (question[at] ?? 0) > 0; at += 1 + (question[at] ?? 0))
    labels.push(question.toString('latin1', at + 1, at + 1 + (question[at] ?? 0)));
  return labels.join('.').toLowerCase();
}

function answerTo(question: Buffer, answer: readonly ServiceRecord[] | number): Buffer {
  const records = typeof answer === 'number' ? [] : answer;
  const asking = question.subarray(12, question.indexOf(0, 12) + 5);
  const header = Buffer.alloc(12);
  question.copy(header, 0, 0, 2);
  // It is an answer, recursion was wished for and can be had.
  header.writeUInt16BE(0x8180 | (typeof answer === 'number' ? answer : 0), 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(records.length, 6);
  return Buffer.concat([header, asking, ...records.map(record)]);
}

function record({ name, port, priority, weight }: ServiceRecord): Buffer {
  const target = spelled(name);
  const head = Buffer.alloc(18);
  // The name is the one asked for, which stands at byte 12.
  [0xc00c, service, 1, 0, 60, 6 + target.length, priority, weight, port].forEach((value, nth) =>
    head.writeUInt16BE(value, nth * 2),
  );
  return Buffer.concat([head, target]);
}

function spelled(name: string): Buffer {
  const labels = name.split('.').filter((label) => label !== '');
  return Buffer.concat([
    ...labels.map((label) => Buffer.concat([Buffer.of(label.length), Buffer.from(label, 'latin1')])),
    Buffer.of(0),
  ]);
}
