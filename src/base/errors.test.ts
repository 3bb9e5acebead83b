import { describe, expect, it } from 'vitest';
import { assertNever, ignore } from './assert.ts';
import { asKithError, fromErrorFact, KithError, toErrorFact } from './errors.ts';
import { type LogLine, logTo } from './log.ts';

describe('an error', () => {
  it('of ours is taken as it is', () => {
    const error = new KithError('timeout', 'Too late');
    expect(asKithError(error)).toBe(error);
  });

  it('of anyone else is one we did not foresee, with the original as its cause', () => {
    const foreign = new RangeError('out of range');
    expect(asKithError(foreign)).toMatchObject({ code: 'internal', message: 'out of range', cause: foreign });
    expect(asKithError('just words')).toMatchObject({ code: 'internal', message: 'just words' });
  });

  it('crosses a port as plain values and comes back as an error', () => {
    const fact = toErrorFact(new KithError('disk', 'The disk is full', { cause: new RangeError('ENOSPC') }));
    const crossed = JSON.parse(JSON.stringify(fact)) as typeof fact;
    expect(crossed).toMatchObject({ code: 'disk', message: 'The disk is full' });
    // For the log the place where it began counts, not where it was wrapped.
    expect(crossed.stack).toContain('RangeError: ENOSPC');
    const back = fromErrorFact(crossed);
    expect(back).toBeInstanceOf(KithError);
    expect(back).toMatchObject({ code: 'disk', message: 'The disk is full', stack: crossed.stack });
  });

  it('without a stack crosses, too', () => {
    const error = fromErrorFact({ code: 'network', message: 'Gone' });
    expect(error).toMatchObject({ code: 'network', message: 'Gone' });
  });
});

describe('a value nobody foresaw', () => {
  it('is an internal error that names it', () => {
    expect(() => assertNever({ type: 'new' } as never)).toThrow('{"type":"new"}');
  });
});

describe('a promise nobody waits for', () => {
  it('may fail: that is logged at debug, with the reason it may', async () => {
    const lines: LogLine[] = [];
    ignore(
      Promise.reject(new KithError('network', 'Gone')),
      'A goodbye was not heard',
      logTo((line) => lines.push(line)),
    );
    await Promise.resolve();
    await Promise.resolve();
    expect(lines).toEqual([{ level: 'debug', from: '', text: 'A goodbye was not heard', fields: { error: 'Gone' } }]);
  });
});

describe('a log', () => {
  it('says which part of the house a line is from', () => {
    const lines: LogLine[] = [];
    const log = logTo((line) => lines.push(line));
    log.info('a');
    log.named('core').warn('b', { count: 2 });
    log.named('core').named('people').error('c');
    expect(lines).toEqual([
      { level: 'info', from: '', text: 'a' },
      { level: 'warn', from: 'core', text: 'b', fields: { count: 2 } },
      { level: 'error', from: 'core/people', text: 'c' },
    ]);
  });
});
