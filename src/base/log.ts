/** What may be written down. Secrets, message bodies and raw protocol text never are. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

export interface LogLine {
  readonly level: LogLevel;
  readonly from: string;
  readonly text: string;
  readonly fields?: Readonly<Record<string, string | number | boolean>>;
}

export interface Log {
  debug(text: string, fields?: LogLine['fields']): void;
  info(text: string, fields?: LogLine['fields']): void;
  warn(text: string, fields?: LogLine['fields']): void;
  error(text: string, fields?: LogLine['fields']): void;
  /** A log whose lines say which part of the house they are from. */
  named(part: string): Log;
}

export function logTo(write: (line: LogLine) => void, from = ''): Log {
  const at = (level: LogLevel) => (text: string, fields?: LogLine['fields']) =>
    write({ level, from, text, ...(fields === undefined ? {} : { fields }) });
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    named: (part) => logTo(write, from === '' ? part : `${from}/${part}`),
  };
}

export const silentLog: Log = logTo(() => {});
