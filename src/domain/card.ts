/** What people say of themselves on a card. Everything but the name may be missing, and all of it is somebody's claim. */

export interface Card {
  readonly name: string;
  readonly organisation: string;
  readonly mails: readonly string[];
  readonly phones: readonly string[];
  /** '1985-04-12', or '--04-12' without a year; empty when it is not said. */
  readonly birthday: string;
  /** https and http only. */
  readonly urls: readonly string[];
}

export const emptyCard: Card = { name: '', organisation: '', mails: [], phones: [], birthday: '', urls: [] };

export function isEmptyCard({ name, organisation, mails, phones, birthday, urls }: Card): boolean {
  return name + organisation + birthday === '' && mails.length + phones.length + urls.length === 0;
}

/** Pure. Somebody's card as it may be shown: short lines, and nothing that is not what it stands for. */
export function cleanCard(card: Card): Card {
  return {
    name: oneLine(card.name),
    organisation: oneLine(card.organisation),
    mails: those(card.mails, (mail) => (/^[^\s@<>"]+@[^\s@<>"]+$/.test(mail) ? mail : undefined)),
    phones: those(card.phones, (phone) => (/^\+?[\d\s().\-/]{3,40}$/.test(phone) ? phone : undefined)),
    birthday: /^(\d{4}|-)-\d{2}-\d{2}$/.test(card.birthday) ? card.birthday : '',
    urls: those(card.urls, webAddress),
  };
}

/** One line of text, without signs that could rearrange what stands around it. */
export function oneLine(text: string, longest = 200): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim()
    .slice(0, longest);
}

function those(all: readonly string[], clean: (one: string) => string | undefined): readonly string[] {
  const most = 5;
  return [...new Set(all.map((one) => clean(oneLine(one))).filter((one) => one !== undefined))].slice(0, most);
}

/** Without a name or password in it, which only ever mislead; hosts of other scripts in the spelling that cannot be mistaken. */
function webAddress(text: string): string | undefined {
  const found = /^(https?):\/\/(?:[^\s/?#@\\]*@)?([^\s/?#@\\]+)([/?#]\S*)?$/i.exec(text);
  if (found === null) return undefined;
  const [, scheme = '', host = '', rest = ''] = found;
  return /^[a-z0-9.-]+(:\d+)?$/i.test(host) ? `${scheme.toLowerCase()}://${host.toLowerCase()}${rest}` : undefined;
}
