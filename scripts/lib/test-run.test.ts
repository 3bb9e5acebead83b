/** The parts `npm test` is made of, each at its own door. */
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { until } from '../../test/harness/waiting.ts';
import { downloadSize, installCommand, installPackages } from './debian-packages.mjs';
import { nodeTooOld } from './node-version.mjs';
import { seclude } from './seclusion.mjs';
import { runSuite } from './suite-run.mjs';
import { chosenSuites, packages, suites } from './suites.mjs';
import { inTree } from './tree.mjs';

/** True when there is no such process, or nobody has taken note of its end yet; undefined while it lives. */
function hasEnded(pid: number): true | undefined {
  const status = join('/proc', String(pid), 'status');
  return !existsSync(status) || /^State:\s+Z/m.test(readFileSync(status, 'utf8')) ? true : undefined;
}

describe('the Node that is asked for', () => {
  it('is the one package.json names, or a newer one', () => {
    expect(nodeTooOld('20.19.0')).toBeUndefined();
    expect(nodeTooOld('22.1.0')).toBeUndefined();
    expect(nodeTooOld('20.18.3')).toContain('20.19');
    expect(nodeTooOld('16.20.2')).toContain('this is Node 16.20.2');
  });
});

describe('the choice of suites', () => {
  it('is all of them without a name, the named ones in their own order, and a group by its name', () => {
    expect(chosenSuites([]).chosen).toBe(suites);
    expect(chosenSuites(['unit', 'house']).chosen?.map(({ name }) => name)).toEqual(['house', 'unit']);
    expect(chosenSuites(['check']).chosen?.map(({ name }) => name)).toEqual([
      'house',
      'types',
      'lint',
      'format',
      'unit',
    ]);
    expect(chosenSuites(['unti'])).toEqual({ unknown: 'unti' });
  });
  it('needs only packages whose presence can be seen', () => {
    for (const { needs } of suites) for (const name of needs) expect(Object.keys(packages)).toContain(name);
  });
  it('needs no package the README does not name', () => {
    const [, named = ''] = /The tests use more: `([^`]+)`/.exec(readFileSync(inTree('README.md'), 'utf8')) ?? [];
    expect(named.split(/\s+/)).toEqual(Object.keys(packages).toSorted());
  });
});

describe('the world of the tests', () => {
  it("is not the person's", () => {
    const { env, leave } = seclude();
    try {
      expect(env['HOME']).not.toBe(process.env['HOME']);
      expect(existsSync(env['XDG_RUNTIME_DIR'] ?? '')).toBe(true);
      expect(env['DBUS_SESSION_BUS_ADDRESS']).toBe('nobody:');
      expect(env).not.toHaveProperty('DISPLAY');
      expect(env['PATH']).toBe(process.env['PATH']);
    } finally {
      leave();
    }
    expect(existsSync(env['HOME'] ?? '')).toBe(false);
  });
});

describe('with a folder of its own', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'kith-scripts-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const write = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    chmodSync(join(folder, name), 0o755);
    return join(folder, name);
  };
  const runTool = (program: string, seconds: number) =>
    runSuite(
      { name: 'planted', tool: [program], needs: [], seconds },
      process.env,
      () => {},
      (path: string) => path,
    );

  describe('a suite that skips tests', () => {
    const skips = (says: string) =>
      runSuite(
        { name: 'planted', vitest: true, needs: [], seconds: 60 },
        process.env,
        () => {},
        () =>
          write(
            'skips.mjs',
            `process.send({ type: 'test', state: 'pending', retries: 0 });
             process.send({ type: 'end', broken: 0 });
             console.error(${JSON.stringify(says)});`,
          ),
      );
    it('says why, which is repeated', async () => {
      expect(await skips('Not run: the moon: no rocket')).toMatchObject({
        skipped: 1,
        failed: 0,
        notRun: ['Not run: the moon: no rocket'],
      });
    });
    it('fails when it does not', async () => {
      expect(await skips('nothing of note')).toMatchObject({ skipped: 1, failed: 1, notRun: [] });
    });
  });

  describe('a suite that is a tool', () => {
    it('counts as one test by its exit code, and keeps what it said', async () => {
      expect(await runTool(write('good.mjs', 'console.log("fine")'), 60)).toMatchObject({
        passed: 1,
        failed: 0,
        output: 'fine\n',
      });
      expect(await runTool(write('bad.mjs', 'console.error("broken"); process.exit(3)'), 60)).toMatchObject({
        passed: 0,
        failed: 1,
        output: 'broken\n',
      });
    });
    it('is ended with everything it started when it takes too long', async () => {
      const child = write(
        'child.mjs',
        'process.on("SIGTERM", () => {}); setInterval(() => {}, 1000); console.log("here")',
      );
      const program = write(
        'slow.mjs',
        `import { spawn } from 'node:child_process';
         const { pid, stdout } = spawn(process.execPath, [${JSON.stringify(child)}], { stdio: ['ignore', 'pipe', 'ignore'] });
         stdout.once('data', () => console.log(pid));
         setInterval(() => {}, 1000);`,
      );
      const { failed, output } = await runTool(program, 1);
      expect(failed).toBe(1);
      expect(output).toContain('Ended after 1 s');
      const pid = Number(/^\d+/.exec(output)?.[0]);
      expect(await until('its end', () => hasEnded(pid))).toBe(true);
    });
  });

  describe('packages', () => {
    const path = process.env['PATH'];
    const policy = () => join(folder, 'policy-rc.d');
    const seen = () => readFileSync(join(folder, 'seen'), 'utf8');
    beforeEach(() => {
      process.env['PATH'] = `${folder}${delimiter}${path}`;
    });
    afterEach(() => {
      process.env['PATH'] = path;
    });
    const apt = (exit: number) =>
      write(
        'apt-get',
        `#!/bin/sh\necho "$@" >> ${folder}/seen\nsh ${policy()}; echo "services: $?" >> ${folder}/seen\nexit ${exit}\n`,
      );

    it('are installed while no service may start, and the machine keeps its own policy', () => {
      apt(0);
      writeFileSync(policy(), 'exit 0\n');
      expect(installPackages(['prosody', 'tmux'], policy())).toBe(true);
      expect(seen()).toBe('install -y --no-install-recommends prosody tmux\nservices: 101\n');
      expect(readFileSync(policy(), 'utf8')).toBe('exit 0\n');
    });
    it('leave no policy behind when apt fails', () => {
      apt(100);
      expect(installPackages(['prosody'], policy())).toBe(false);
      expect(existsSync(policy())).toBe(false);
    });
    it('are weighed before they are fetched', () => {
      write(
        'apt-get',
        '#!/bin/sh\necho "\'http://deb.example/a.deb\' a.deb 1500 MD5Sum:0"\necho "\'http://deb.example/b.deb\' b.deb 500 SHA256:0"\n',
      );
      expect(downloadSize(['a', 'b'])).toBe(2000);
      write('apt-get', '#!/bin/sh\nexit 100\n');
      expect(downloadSize(['a'])).toBeUndefined();
      expect(installCommand(['a', 'b'])).toBe('apt-get install --no-install-recommends a b');
    });
  });
});
