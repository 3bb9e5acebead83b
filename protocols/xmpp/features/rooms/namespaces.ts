/** The names XEP-0045 gives its parts, and those that stand beside it. */
export const NS_MUC = 'http://jabber.org/protocol/muc';
export const NS_MUC_USER = 'http://jabber.org/protocol/muc#user';
export const NS_MUC_OWNER = 'http://jabber.org/protocol/muc#owner';
/** XEP-0249. */
export const NS_CONFERENCE = 'jabber:x:conference';
/** XEP-0421. */
export const NS_OCCUPANT_ID = 'urn:xmpp:occupant-id:0';
