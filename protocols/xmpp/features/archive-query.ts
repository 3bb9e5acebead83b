/** One question to the archive (XEP-0313) and its answers, which come as messages before it is answered itself. */
import { newId } from '../../../src/base/index.ts';
import type { ContactId } from '../../../src/domain/index.ts';
import { fromAccount } from '../address.ts';
import { forwarded, hear, type Heard } from '../heard.ts';
import { NS_ARCHIVE } from '../server-abilities.ts';
import type { Session } from '../session.ts';
import { type Element, xml } from '../stream/element.ts';
import { NS_DATA } from './data-forms.ts';

/** XEP-0059: pages. */
export const NS_PAGES = 'http://jabber.org/protocol/rsm';

/** `before` empty means the newest page. `start` is an instant as XEP-0082 writes it. */
export interface ArchiveAsk {
  readonly with?: ContactId;
  readonly start?: string;
  readonly after?: string;
  readonly before?: string;
  readonly max: number;
}

export interface ArchiveAnswer {
  /** True when there is nothing beyond this page. */
  readonly complete: boolean;
  /** Ids of the page's ends; undefined when it is empty. */
  readonly first: string | undefined;
  readonly last: string | undefined;
}

type Each = (heard: Heard) => void;

/** Knows which questions are open: an answer to none of them is nobody's. */
export class ArchiveQueries {
  readonly #session: Session;
  readonly #open = new Map<string, Each>();

  constructor(session: Session) {
    this.#session = session;
  }

  /** `each` is called in the archive's order, while the stanza that brings it is handled. */
  async ask(asked: ArchiveAsk, each: Each): Promise<ArchiveAnswer> {
    const id = newId();
    this.#open.set(id, each);
    try {
      const answer = await this.#session.request({ type: 'set', payload: archiveQuery(id, asked), patience: 120_000 });
      return archiveAnswer(answer);
    } finally {
      this.#open.delete(id);
    }
  }

  /** A `<result/>` with a message inside. Only our own archive may tell what we said. */
  take(result: Element, stanza: Element): boolean {
    if (result.name !== 'result') return false;
    const each = this.#open.get(result.attribute('queryid') ?? '');
    const inside = forwarded(result);
    const archive = result.attribute('id');
    if (!fromAccount(stanza.attribute('from'), this.#session.self)) return true;
    if (each === undefined || inside === undefined || archive === undefined) return true;
    const { message, ...stamp } = inside;
    const heard = hear(message, this.#session.listener, { via: 'archive', archive, ...stamp });
    if (heard !== undefined && message.attribute('type') !== 'error') each(heard);
    return true;
  }
}

/** How far the page went that `answer` ends. */
export function archiveAnswer(answer: Element): ArchiveAnswer {
  const fin = answer.child('fin', NS_ARCHIVE);
  const page = fin?.child('set', NS_PAGES);
  return {
    complete: fin?.attribute('complete') === 'true',
    first: page?.child('first')?.text(),
    last: page?.child('last')?.text(),
  };
}

export function archiveQuery(queryid: string, asked: ArchiveAsk): Element {
  const filters = [
    ...(asked.with === undefined ? [] : [field('with', asked.with)]),
    ...(asked.start === undefined ? [] : [field('start', asked.start)]),
  ];
  const form =
    filters.length === 0
      ? undefined
      : xml('x', NS_DATA, { type: 'submit' }, field('FORM_TYPE', NS_ARCHIVE, 'hidden'), ...filters);
  const page = xml(
    'set',
    NS_PAGES,
    {},
    xml('max', NS_PAGES, {}, String(asked.max)),
    asked.after === undefined ? undefined : xml('after', NS_PAGES, {}, asked.after),
    asked.before === undefined
      ? undefined
      : xml('before', NS_PAGES, {}, ...(asked.before === '' ? [] : [asked.before])),
  );
  return xml('query', NS_ARCHIVE, { queryid }, form, page);
}

function field(name: string, value: string, type?: string): Element {
  return xml('field', NS_DATA, { var: name, type }, xml('value', NS_DATA, {}, value));
}
