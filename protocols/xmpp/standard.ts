/** What a file says of the papers it follows, as `standards` beside its code; `docs/xmpp.md` and `docs/kith.doap` are made of nothing else. */

export interface Standard {
  /** 'XEP-0115', 'RFC 6121'. */
  readonly id: string;
  readonly name: string;
  /** The version it was written after; none for an RFC. */
  readonly version?: string;
  /** 'partial' needs a note that says what is missing. */
  readonly status: 'complete' | 'partial';
  /** The test that shows it, from the root of the tree. */
  readonly test: string;
  /** Those advertised to others because of it. */
  readonly namespaces?: readonly string[];
  readonly note?: string;
}
