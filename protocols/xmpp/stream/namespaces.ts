/** The namespaces the stream itself speaks. */
export const ns = {
  /** Stanzas of a session. */
  stanzas: 'jabber:client',
  /** The stream's own element, its features and errors. */
  stream: 'http://etherx.jabber.org/streams',
  /** Conditions of stream errors, RFC 6120 section 4.9.3. */
  streamConditions: 'urn:ietf:params:xml:ns:xmpp-streams',
  /** Conditions of stanza errors, RFC 6120 section 8.3.3. */
  stanzaConditions: 'urn:ietf:params:xml:ns:xmpp-stanzas',
  tls: 'urn:ietf:params:xml:ns:xmpp-tls',
  sasl: 'urn:ietf:params:xml:ns:xmpp-sasl',
  /** The second profile of SASL, XEP-0388. */
  sasl2: 'urn:xmpp:sasl:2',
  /** Tokens in exchange for a password, XEP-0484. */
  fast: 'urn:xmpp:fast:0',
  /** Binding while signing in, XEP-0386. */
  bind2: 'urn:xmpp:bind:0',
  /** The channel bindings a server can be bound by, XEP-0440. */
  channelBinding: 'urn:xmpp:sasl-cb:0',
  bind: 'urn:ietf:params:xml:ns:xmpp-bind',
  /** Of RFC 3921, still demanded by old servers. */
  session: 'urn:ietf:params:xml:ns:xmpp-session',
  /** Stream management, XEP-0198. */
  management: 'urn:xmpp:sm:3',
  ping: 'urn:xmpp:ping',
} as const;
