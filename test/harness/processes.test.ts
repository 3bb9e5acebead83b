import { describe, expect, it } from 'vitest';
import { findProgram, freePorts, run, start } from './processes.ts';

const sh = { name: 'sh', debianPackage: 'dash' };

describe('a foreign program', () => {
  it('that is not there is named with its Debian package', () => {
    expect(() => findProgram({ name: 'no-such-program', debianPackage: 'some-package' })).toThrow(
      'apt-get install some-package',
    );
  });

  it('that dies by a signal nobody sent is told apart, in the words vitest looks for', async () => {
    const died = start(sh, ['-c', 'echo so far; kill -SEGV $$']);
    await died.ended;
    expect(died.foreignDeath?.message).toMatch(/^Foreign death: .*SIGSEGV[^]*so far/);
    await expect(died.end()).rejects.toThrow(/^Foreign death: /);
    await expect(run(sh, ['-c', 'kill -ABRT $$'])).rejects.toThrow(/^Foreign death: /);
  });

  it('that is ended by us, or ends badly by itself, is not', async () => {
    const ended = start(sh, ['-c', 'echo here; exec sleep 60']);
    expect(await ended.end()).toMatchObject({ signal: 'SIGTERM' });
    expect(ended.foreignDeath).toBeUndefined();
    await expect(run(sh, ['-c', 'echo why >&2; exit 3'])).rejects.toThrow(/^sh ended with 3\nwhy/);
  });

  it('is heard line by line, and hears', async () => {
    const lines: string[] = [];
    const cat = start({ name: 'cat', debianPackage: 'coreutils' }, [], {
      keepInput: true,
      input: 'one\ntw',
      onLine: (line) => lines.push(line),
    });
    cat.write('o\n');
    cat.child.stdin?.end();
    expect(await cat.finish()).toEqual({ code: 0, signal: null });
    expect(lines).toEqual(['one', 'two']);
  });

  it('finds ports that differ', async () => {
    const ports = await freePorts(20);
    expect(new Set(ports).size).toBe(20);
  });
});
