/** The suites, by name. `npm test NAME` runs one. */
import { defineConfig } from 'vitest/config';

/** A program no one here wrote died of itself: that test, and no other, is run again (test/harness/processes.ts). */
const foreignDeath = { count: 2, condition: /^Foreign death: / };

/** Real programs are waited for up to 60 s (test/harness): the test outlives that, so that it fails with what it waited for. */
const withRealPrograms = { testTimeout: 90_000 };

const suite = (
  name: string,
  include: string[],
  options: { testTimeout?: number; fileParallelism?: boolean; isolate?: boolean } = {},
) => ({
  cacheDir: '.cache/vite',
  test: {
    name,
    include,
    environment: 'node' as const,
    pool: 'forks' as const,
    testTimeout: options.testTimeout ?? 30_000,
    hookTimeout: 90_000,
    retry: foreignDeath,
    fileParallelism: options.fileParallelism ?? true,
    isolate: options.isolate ?? true,
  },
});

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      // Reading every file of the tree through the compiler is one test.
      suite('house', ['test/house/**/*.test.ts'], { testTimeout: 60_000, isolate: false }),
      // Files of these two share a process: what they test keeps nothing at module level, and loading it anew took half the time.
      suite(
        'unit',
        [
          'src/**/*.test.ts',
          'protocols/**/*.test.ts',
          'plugins/**/*.test.ts',
          'renderer/**/*.test.{ts,tsx}',
          'scripts/**/*.test.ts',
          'test/harness/**/*.test.ts',
        ],
        { isolate: false },
      ),
      suite('contract', ['test/contract/**/*.test.ts'], withRealPrograms),
      suite('journeys', ['test/journeys/**/*.test.ts'], withRealPrograms),
      suite('shell', ['test/shell/**/*.test.ts'], withRealPrograms),
      suite('interop', ['test/interop/**/*.test.ts'], { ...withRealPrograms, fileParallelism: false }),
      suite('browser', ['test/browser/**/*.test.ts'], { ...withRealPrograms, fileParallelism: false }),
    ],
  },
});
