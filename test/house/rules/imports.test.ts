import { describe, expect, it } from 'vitest';
import { imports } from './imports.ts';
import { saidOf } from './planted.ts';

const said = (path: string, text: string) => saidOf(imports, path, text);

describe('the import law', () => {
  it('lets a room import the rooms below it by their doors', () => {
    expect(
      said(
        'src/core/house.ts',
        "import { newId } from '../base/index.ts'; import type { Store } from '../contracts/index.ts';",
      ),
    ).toBe('');
    expect(said('src/main.ts', "import { openHouse } from './core/house.ts';")).toBe('');
    expect(said('src/protocol-worker.ts', "import { seat } from './host/seat.ts';")).toBe('');
  });
  it('refuses a room that is not below, however it is named', () => {
    for (const text of [
      "import { openHouse } from '../../src/core/index.ts';",
      "import type { House } from '../../src/core/index.ts';",
      "export * from '../../src/core/index.ts';",
      "export { openHouse } from '../../src/core/index.ts';",
      "const core = await import('../../src/core/index.ts');",
      "type House = import('../../src/core/index.ts').House;",
    ])
      expect(said('renderer/mirror/store.ts', text), text).toContain('renderer may not import src/core');
    expect(said('protocols/xmpp/index.ts', "import { x } from '../testbed/index.ts';")).toContain('may not import');
    expect(said('src/base/event.ts', "import { x } from '../domain/index.ts';")).toContain('may not import');
  });
  it('refuses to enter a room by anything but its door', () => {
    expect(said('src/core/house.ts', "import { Emitter } from '../base/event.ts';")).toContain('by its door');
  });
  it('refuses a program that imports from the tests', () => {
    expect(said('src/core/house.ts', "import { VirtualClock } from '../../test/harness/virtual-clock.ts';")).toContain(
      'Only tests',
    );
    expect(said('src/core/house.test.ts', "import { VirtualClock } from '../../test/harness/virtual-clock.ts';")).toBe(
      '',
    );
  });
  it("keeps Node out of the rooms that run without it, and asks for its modules' full name", () => {
    expect(said('src/domain/a.ts', "import { join } from 'node:path';")).toContain('without Node');
    expect(said('renderer/main.tsx', "import { join } from 'path';")).toContain('without Node');
    expect(said('src/storage/a.ts', "import { join } from 'path';")).toContain('node:path');
    expect(said('src/storage/a.ts', "import { join } from 'node:path';")).toBe('');
  });
  it('keeps a package in its rooms', () => {
    expect(said('src/core/a.ts', "import React from 'react';")).toContain('only in renderer');
    expect(
      said('renderer/roster/list.tsx', "import { useState } from 'react'; import { create } from 'react-dom/client';"),
    ).toBe('');
    expect(said('src/shell/browser/a.ts', "import { app } from 'electron';")).toContain('only in');
    expect(said('src/shell/electron/a.ts', "import { app } from 'electron';")).toBe('');
    expect(said('protocols/testbed/a.ts', "import { SaxesParser } from 'saxes';")).toContain('only in protocols/xmpp');
    expect(said('protocols/xmpp/a.ts', "import { client } from '@xmpp/client';")).toContain('does not say');
    expect(said('src/host/a.ts', "const leftPad = require('left-pad');")).toContain('does not say');
    expect(said('bench/login.ts', "import { client } from '@xmpp/client';")).toBe('');
  });
});
