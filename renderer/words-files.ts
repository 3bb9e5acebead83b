/** What Kith says about files: chosen, on their way, here. */
import { i18n } from './look/language.ts';
export const wordsOfFiles = {
  files: {
    attach: i18n._('Send a file'),
    chosen: i18n._('To be sent'),
    takeOut: (name: string) => i18n._('Do not send {name}', { name }),
    drop: (name: string) => i18n._('Let go to send to {name}', { name }),
    noPlace: i18n._('Open a conversation first, then drop the file there'),
    takesNone: (where: string) => i18n._('The server of {where} takes no files', { where }),
    folder: (name: string) => i18n._('{name} is a folder; pack it into one file first', { name }),
    empty: i18n._('This file is empty'),
    gone: i18n._('This file can no longer be read'),
    tooLargeFirst: i18n._('Take out what is too large first'),
    sendThem: (count: number) => i18n._('{count, plural, one {Send the file} other {Send # files}}', { count }),
    picture: i18n._('Picture'),
    file: (name: string) => i18n._('File: {name}', { name }),
    from: (host: string) => i18n._('From {host}', { host }),
    part: (moved: string, size: string) => i18n._('{moved} of {size}', { moved, size }),
    goes: (name: string) => i18n._('Sending {name}', { name }),
    comes: (name: string) => i18n._('Receiving {name}', { name }),
    cancel: (name: string) => i18n._('Cancel {name}', { name }),
    save: i18n._('Save'),
    fetchPicture: i18n._('Fetch the picture'),
    tryAgain: i18n._('Try again'),
    stopped: (why: string) => i18n._('Stopped: {why}', { why }),
    cancelled: i18n._('Stopped'),
    saved: (folder: string, size?: string) =>
      size === undefined ? i18n._('In {folder}', { folder }) : i18n._('{size} · in {folder}', { size, folder }),
    open: (name: string) => i18n._('Open {name}', { name }),
  },
};
