/** The rules about what a program does: timers, errors, events, and what it writes down. */
import { describe, expect, it } from 'vitest';
import { droppedSubscriptions, eventNames } from './events.ts';
import { linesHit, saidOf } from './planted.ts';
import { secretsWritten } from './spoken.ts';
import { throws } from './throws.ts';
import { timersOutsideTheClock } from './timers.ts';
import { wordsDrawn } from './words.ts';

describe('time', () => {
  it.each([
    'setTimeout(run, 1);',
    'globalThis.setInterval(run, 1);',
    'const wait = promisify(setTimeout);',
    "import { setTimeout as sleep } from 'node:timers/promises';",
    'const signal = AbortSignal.timeout(5);',
    'await page.waitForTimeout(50);',
    'const pick = { setTimeout };',
  ])('is not taken behind the back of the clock: %s', (text) => {
    expect(linesHit(timersOutsideTheClock, 'src/core/a.ts', text)).not.toEqual([]);
    expect(linesHit(timersOutsideTheClock, 'test/journeys/a.test.ts', text)).not.toEqual([]);
  });
  it('may be handed in, and other things may be called alike', () => {
    expect(linesHit(timersOutsideTheClock, 'src/base/clock.ts', 'setTimeout(run, 1);')).toEqual([]);
    expect(
      linesHit(
        timersOutsideTheClock,
        'src/core/a.ts',
        'socket.setTimeout(5); clock.after(5, run); const x = { setTimeout: 1 };',
      ),
    ).toEqual([]);
  });
});

describe('errors', () => {
  it.each([
    "throw new Error('no');",
    "throw 'no';",
    'throw `no`;',
    'class E extends Error {} throw new E();',
    "reject(new TypeError('no'));",
    "Promise.reject(new Error('no'));",
  ])('that have no code are not thrown: %s', (text) => {
    expect(linesHit(throws, 'src/core/a.ts', text)).toEqual([1]);
    expect(linesHit(throws, 'src/base/a.ts', text)).toEqual([]);
    expect(linesHit(throws, 'src/core/a.test.ts', text)).toEqual([]);
  });
  it('with a code are, and others may pass through', () => {
    const text =
      "throw new KithError('network', 'x'); try {} catch (error) { throw error; } throw asKithError(e); reject(error); class B extends KithError {} throw new B();";
    expect(saidOf(throws, 'src/core/a.ts', text)).toBe('');
  });
});

describe('events', () => {
  it('are named as facts', () => {
    expect(linesHit(eventNames, 'src/core/a.ts', 'interface A { readonly changed: Event<number> }')).toEqual([1]);
    expect(linesHit(eventNames, 'src/core/a.ts', 'class A { readonly onChange = this.#changed.event; }')).toEqual([1]);
    expect(
      linesHit(eventNames, 'src/core/a.ts', 'class A { readonly onDidChange: Event<number> = this.#a.event; }'),
    ).toEqual([]);
    expect(linesHit(eventNames, 'renderer/a.ts', 'interface A { readonly pressed: Event }')).toEqual([]);
  });
  it('are never subscribed to for good', () => {
    for (const text of [
      'house.onDidChange(show);',
      'void house?.onDidChange(show);',
      'onDidChange(show);',
      'a.b.onDidEnd(() => {});',
    ])
      expect(linesHit(droppedSubscriptions, 'src/shell/a.ts', text), text).toEqual([1]);
    for (const text of [
      'undo.use(house.onDidChange(show));',
      'const held = house.onDidChange(show);',
      'return house.onDidChange(show);',
    ])
      expect(linesHit(droppedSubscriptions, 'src/shell/a.ts', `function f() { ${text} }`), text).toEqual([]);
  });
});

describe('secrets', () => {
  it.each([
    'log.info(`got ${password}`);',
    "this.#log.debug('a', { token });",
    'console.log(account.secret);',
    'process.stderr.write(message.body);',
  ])('are not written down: %s', (text) => expect(linesHit(secretsWritten, 'src/core/a.ts', text)).toEqual([1]));
  it.each([
    "log.info('the password was wrong');",
    "log.info('sent', { body: length });",
    "log.info('x', { size: body.length });",
  ])('may be spoken of: %s', (text) => expect(linesHit(secretsWritten, 'src/core/a.ts', text)).toEqual([]));
});

describe('what the window says', () => {
  it.each(['const a = <p>Hello</p>;', 'const a = <button aria-label="Close" />;', 'const a = <img alt="A cat" />;'])(
    'is not written into what is drawn: %s',
    (text) => expect(linesHit(wordsDrawn, 'renderer/a.tsx', text)).toEqual([1]),
  );
  it.each(['const a = <p>{words.hello} · {1}</p>;', 'const a = <button className="row" aria-label={words.close} />;'])(
    'comes from the words: %s',
    (text) => expect(linesHit(wordsDrawn, 'renderer/a.tsx', text)).toEqual([]),
  );
});
