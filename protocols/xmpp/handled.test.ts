import { beforeEach, describe, expect, it } from 'vitest';
import { Handled, type Release } from './handled.ts';

describe('what the server may forget', () => {
  let acknowledged: number[];
  let handled: Handled;
  beforeEach(() => {
    acknowledged = [];
    handled = new Handled((number) => acknowledged.push(number));
  });
  const causing = (number: number, ...revisions: readonly number[]) =>
    handled.during(number, () => {
      for (const revision of revisions) handled.hold()(revision);
    });

  it('is a stanza that caused nothing, at once', () => {
    causing(1);
    expect(acknowledged).toEqual([1]);
  });

  it('is a stanza whose every fact is on disk', () => {
    causing(1, 4, 5);
    handled.stored(4);
    expect(acknowledged).toEqual([]);
    handled.stored(5);
    expect(acknowledged).toEqual([1]);
  });

  it('is never a later one before an earlier one', () => {
    causing(1, 7);
    causing(2);
    causing(3, 8);
    expect(acknowledged).toEqual([]);
    handled.stored(7);
    expect(acknowledged).toEqual([2]);
    handled.stored(8);
    expect(acknowledged).toEqual([2, 3]);
  });

  it('is not a stanza whose fact is still to be said', () => {
    let release: Release = () => {};
    handled.during(1, () => {
      release = handled.hold();
    });
    handled.stored(100);
    expect(acknowledged).toEqual([]);
    release(101);
    expect(acknowledged).toEqual([]);
    handled.stored(101);
    expect(acknowledged).toEqual([1]);
  });

  it('is a stanza whose fact was stored before anyone noticed', () => {
    handled.stored(9);
    causing(1, 9);
    expect(acknowledged).toEqual([1]);
  });

  it('is a stanza that made us stumble, so that it cannot do so for ever', () => {
    expect(() =>
      handled.during(1, () => {
        throw new Error('stumble');
      }),
    ).toThrow('stumble');
    expect(acknowledged).toEqual([1]);
  });

  it('is nothing of an older socket: the server sends it again', () => {
    causing(1, 4);
    causing(2, 5);
    handled.restart();
    handled.stored(5);
    expect(acknowledged).toEqual([]);
    causing(1, 6);
    handled.stored(6);
    expect(acknowledged).toEqual([1]);
  });

  it('is not held up by a fact that no stanza caused', () => {
    handled.hold()(50);
    causing(1);
    expect(acknowledged).toEqual([1]);
  });
});
