import { describe, expect, it } from 'vitest';
import { Emitter } from './event.ts';

const unexpected = (error: unknown): never => {
  throw error;
};

describe('an event', () => {
  it('reaches its listeners in the order they came, until they leave', () => {
    const heard: string[] = [];
    const emitter = new Emitter<string>(unexpected);
    const first = emitter.event((value) => heard.push(`first ${value}`));
    const second = emitter.event((value) => heard.push(`second ${value}`));
    emitter.fire('a');
    first[Symbol.dispose]();
    emitter.fire('b');
    expect(heard).toEqual(['first a', 'second a', 'second b']);
    second[Symbol.dispose]();
    expect(emitter.listened).toBe(false);
  });

  it('hears the same function twice when it was given twice, and stops once for each', () => {
    let heard = 0;
    const listener = () => (heard += 1);
    const emitter = new Emitter<void>(unexpected);
    const [one, two] = [emitter.event(listener), emitter.event(listener)];
    emitter.fire();
    one[Symbol.dispose]();
    one[Symbol.dispose]();
    emitter.fire();
    expect(heard).toBe(3);
    two[Symbol.dispose]();
  });

  it('reaches the others although one throws, and says who could not listen', () => {
    const errors: unknown[] = [];
    const heard: number[] = [];
    const emitter = new Emitter<number>((error) => errors.push(error));
    const throwing = emitter.event(() => {
      throw new RangeError('no');
    });
    const listening = emitter.event((value) => heard.push(value));
    emitter.fire(1);
    expect(heard).toEqual([1]);
    expect(errors).toEqual([new RangeError('no')]);
    for (const one of [throwing, listening]) one[Symbol.dispose]();
  });

  it('is heard only by those who listened when it happened', () => {
    const heard: string[] = [];
    const emitter = new Emitter<string>(unexpected);
    const late: Disposable[] = [];
    const early = emitter.event((value) => {
      heard.push(`early ${value}`);
      late.push(emitter.event((later) => heard.push(`late ${later}`)));
    });
    emitter.fire('a');
    early[Symbol.dispose]();
    emitter.fire('b');
    expect(heard).toEqual(['early a', 'late b']);
    for (const one of late) one[Symbol.dispose]();
  });

  it('is silent after its end', () => {
    let heard = 0;
    const emitter = new Emitter<void>(unexpected);
    const listening = emitter.event(() => (heard += 1));
    emitter[Symbol.dispose]();
    emitter.fire();
    expect(heard).toBe(0);
    listening[Symbol.dispose]();
  });
});
