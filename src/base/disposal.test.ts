import { describe, expect, it } from 'vitest';
import { AsyncDisposableStack, disposable, DisposableStack } from './disposal.ts';

describe('something disposable', () => {
  it('is undone once, however often it is told', () => {
    let undone = 0;
    const held = disposable(() => (undone += 1));
    held[Symbol.dispose]();
    held[Symbol.dispose]();
    expect(undone).toBe(1);
  });
});

describe('a stack of disposables', () => {
  it('undoes in reverse order, once', () => {
    const order: string[] = [];
    const stack = new DisposableStack();
    expect(stack.use(disposable(() => order.push('first')))).toBeDefined();
    stack.defer(() => order.push('second'));
    expect(stack.disposed).toBe(false);
    stack[Symbol.dispose]();
    stack[Symbol.dispose]();
    expect(order).toEqual(['second', 'first']);
    expect(stack.disposed).toBe(true);
  });

  it('undoes at once what comes too late', () => {
    const stack = new DisposableStack();
    stack[Symbol.dispose]();
    let undone = false;
    stack.defer(() => (undone = true));
    expect(undone).toBe(true);
  });

  it('undoes all although one fails, and throws that failure at the end', () => {
    const order: string[] = [];
    const stack = new DisposableStack();
    stack.defer(() => order.push('first'));
    stack.defer(() => {
      throw new RangeError('no');
    });
    stack.defer(() => order.push('third'));
    expect(() => stack[Symbol.dispose]()).toThrow(RangeError);
    expect(order).toEqual(['third', 'first']);
  });
});

describe('a stack whose endings take time', () => {
  it('waits for each before it undoes the one below', async () => {
    const order: string[] = [];
    const stack = new AsyncDisposableStack();
    stack.use(disposable(() => order.push('below')));
    stack.use({
      async [Symbol.asyncDispose]() {
        await Promise.resolve();
        order.push('above');
      },
    });
    await stack[Symbol.asyncDispose]();
    expect(order).toEqual(['above', 'below']);
  });

  it('ends once: who tells it again waits for the same end', async () => {
    let ends = 0;
    const stack = new AsyncDisposableStack();
    stack.defer(async () => {
      await Promise.resolve();
      ends += 1;
    });
    await Promise.all([stack[Symbol.asyncDispose](), stack[Symbol.asyncDispose]()]);
    expect(ends).toBe(1);
  });

  it('undoes all although one rejects, and rejects with that at the end', async () => {
    const order: string[] = [];
    const stack = new AsyncDisposableStack();
    stack.defer(() => void order.push('below'));
    stack.defer(() => Promise.reject(new RangeError('no')));
    await expect(stack[Symbol.asyncDispose]()).rejects.toThrow(RangeError);
    expect(order).toEqual(['below']);
  });
});
