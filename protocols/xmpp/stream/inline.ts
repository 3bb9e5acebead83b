/** What is done in the same breath as signing in, where the server can: binding, resuming, switching on (XEP-0386, XEP-0198 section 9). */
import { type Element, xml } from './element.ts';
import type { Resumption } from './contract.ts';
import { enableRequest, resumeRequest } from './management.ts';
import { ns } from './namespaces.ts';

export interface Wishes {
  /** The wish for a resource, which the server may lengthen. */
  readonly resource: string | undefined;
  readonly resumption: Resumption | undefined;
  /** Namespaces whose `<enable/>` is wanted for a new session. */
  readonly enable: readonly string[];
}

export interface Inline {
  readonly elements: readonly Element[];
  /** Of the wishes, what is on when the session is bound. */
  readonly enabled: readonly string[];
}

/** `offered` is the list of what can be done inline. */
export function inlineRequest(offered: Element | undefined, { resource, resumption, enable }: Wishes): Inline {
  const resumes = resumption !== undefined && offered?.child('sm', ns.management) !== undefined;
  const binds = offered?.child('bind', ns.bind2);
  // Where an old session can only be continued by a separate question, nothing may be bound before that is put.
  if (binds === undefined || (resumption !== undefined && !resumes))
    return { elements: resumes ? [resumeRequest(resumption)] : [], enabled: [] };
  const known = new Set(
    binds
      .child('inline')
      ?.childrenNamed('feature')
      .map((feature) => feature.attribute('var')),
  );
  const enabled = enable.filter((namespace) => known.has(namespace));
  const bind = xml(
    'bind',
    ns.bind2,
    {},
    xml('tag', ns.bind2, {}, resource ?? 'Kith'),
    ...enabled.map((namespace) => xml('enable', namespace)),
    known.has(ns.management) ? enableRequest() : undefined,
  );
  return { elements: resumes ? [resumeRequest(resumption), bind] : [bind], enabled };
}
