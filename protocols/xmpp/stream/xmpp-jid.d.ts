/** What this room uses of @xmpp/jid, which brings no types. */
declare module '@xmpp/jid' {
  export interface JID {
    readonly local: string;
    readonly domain: string;
    readonly resource: string;
    bare(): JID;
    toString(): string;
  }
  /** Throws TypeError without a domain. */
  export function parse(text: string): JID;
}
