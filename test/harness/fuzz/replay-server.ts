/** A server that says again what a real one said: it signs in whoever knows the password, answers what it was asked once, and tells what happened. */
import type { Duplex } from 'node:stream';
import type { Element } from '../../../protocols/xmpp/stream/element.ts';
import { ns } from '../../../protocols/xmpp/stream/namespaces.ts';
import { limitsAfterAuthentication, Reader, type Reading } from '../../../protocols/xmpp/stream/reader.ts';
import { scramServer, type ScramCourse } from '../scram-server.ts';
import { elementsIn } from './elements.ts';
import type { Recording } from './recording.ts';

/** What becomes of words on their way out. */
export type Tamper = (words: string) => string | Uint8Array;

export class ReplayServer {
  readonly #recording: Recording;
  readonly #tamper: Tamper;
  #socket: Duplex | undefined;
  #reader: Reader | undefined;
  #course: ScramCourse | undefined;
  #signedIn = false;
  #bound = false;
  /** Stanzas heard in this session, over several sockets. */
  #heard = 0;
  /** What was said lately, by both. */
  readonly transcript: string[] = [];
  /** Ids of questions of its own that were answered. */
  readonly answered = new Set<string>();
  /** The client has been challenged and has not answered. */
  waitsForProof = false;
  /** Something of this connection left as something else: the client may wait for the rest of it. */
  spokeOddly = false;

  constructor(recording: Recording, tamper: Tamper) {
    this.#recording = recording;
    this.#tamper = tamper;
  }

  accept(socket: Duplex): void {
    this.#socket = socket;
    this.#signedIn = false;
    this.#bound = false;
    this.spokeOddly = false;
    this.#reader = this.#newReader();
    this.#note('- a new connection');
    socket.on('close', () => this.#note('- it is closed'));
    socket.on('data', (bytes: Buffer) => {
      this.#note(`C ${bytes.toString('latin1')}`);
      this.#reader?.write(bytes);
    });
    socket.on('error', () => {});
  }

  /** True while somebody is bound and listens. */
  get listened(): boolean {
    return this.#bound && this.#socket?.writable === true;
  }

  say(words: string): void {
    if (this.#socket?.writable !== true) return;
    const told = this.#tamper(words);
    if (told !== words) this.spokeOddly = true;
    this.sayPlainly(told);
  }

  /** Untouched, whatever happens to the rest. */
  sayPlainly(words: string | Uint8Array): void {
    if (this.#socket?.writable !== true) return;
    this.#note(`S ${Buffer.from(words).toString('latin1')}`);
    this.#socket.write(words);
  }

  #note(words: string): void {
    this.transcript.push(words.slice(0, 2000));
    if (this.transcript.length > 80) this.transcript.shift();
  }

  drop(): void {
    this.#socket?.destroy();
  }

  #newReader(): Reader {
    const socket = this.#socket;
    return new Reader(limitsAfterAuthentication, (reading) => {
      if (this.#socket === socket) this.#hear(reading);
    });
  }

  #hear(reading: Reading): void {
    if (reading.kind === 'header') return this.#greet();
    if (reading.kind === 'end') return void this.#socket?.end('</stream:stream>');
    if (reading.kind !== 'element') return this.drop();
    const { element } = reading;
    const { name, xmlns } = element;
    if (xmlns === ns.sasl || xmlns === ns.sasl2) this.#signIn(element);
    else if (xmlns === ns.management) this.#manage(element);
    else {
      this.#heard += 1;
      if (name === 'iq') this.#answer(element);
      if (element.child('x', 'http://jabber.org/protocol/muc') !== undefined)
        for (const words of this.#recording.entering) this.say(words);
    }
  }

  #greet(): void {
    const { header, featuresBefore, featuresAfter } = this.#recording;
    this.say(header);
    this.say(this.#signedIn ? featuresAfter : featuresBefore);
  }

  #signIn(element: Element): void {
    const spoken = Buffer.from((element.child('initial-response') ?? element).text(), 'base64').toString();
    if (element.name === 'auth' || element.name === 'authenticate') {
      this.#course = scramServer(spoken, { mechanism: 'SCRAM-SHA-1' });
      this.waitsForProof = true;
      return this.say(filled(this.#recording.challenge, this.#course.challenge));
    }
    this.waitsForProof = false;
    if (element.name !== 'response' || this.#course === undefined) return this.drop();
    const { verdict } = this.#course.judge(spoken);
    this.#signedIn = true;
    // The other side begins a stream anew behind it.
    if (element.xmlns === ns.sasl) this.#reader = this.#newReader();
    else this.#bound = this.#recording.success.includes('<bound');
    this.say(filled(this.#recording.success, verdict));
    if (element.xmlns === ns.sasl2) this.say(this.#recording.featuresAfter);
  }

  #manage(element: Element): void {
    const { enabled, failed } = this.#recording;
    if (element.name === 'r') return this.say(`<a xmlns='${ns.management}' h='${this.#heard}'/>`);
    if (element.name === 'enable') {
      this.#heard = 0;
      return this.say(enabled);
    }
    if (element.name !== 'resume') return;
    if (!this.#recording.remembers()) return this.say(failed);
    this.#bound = true;
    this.say(`<resumed xmlns='${ns.management}' previd='${element.attribute('previd') ?? ''}' h='${this.#heard}'/>`);
  }

  #answer(asked: Element): void {
    const id = asked.attribute('id') ?? '';
    const type = asked.attribute('type');
    if (type === 'result' || type === 'error') return void this.answered.add(id);
    if (asked.elements()[0]?.is('bind', ns.bind) === true) this.#bound = true;
    const answers = this.#recording.answers(asked);
    for (const words of answers) this.say(words);
  }
}

/** A recorded word of SASL with what is right in this login. */
function filled(recorded: string, text: string): string {
  const [element] = elementsIn(recorded);
  const old = (element?.child('additional-data') ?? element)?.text() ?? '';
  return recorded.replace(old, Buffer.from(text).toString('base64'));
}
