import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-plugin';
import { defineConfig } from 'vitest/config';

const onNode = '**/*.node.test.ts';
const inBrowser = '**/*.browser.test.ts';
/** A Worker that "dies" leaves work behind, which must not reach the tests of another file. */
const crashes = 'test/worker/*rash*.test.ts';

export default defineConfig(async () => {
  const inWorkerd = () =>
    cloudflareTest({
      wrangler: { configPath: './wrangler.toml' },
      miniflare: { bindings: { MIGRATIONS: migrations } },
    });
  const migrations = await readD1Migrations('src/store/migrations');
  return {
    test: {
      silent: 'passed-only' as const,
      projects: [
        {
          plugins: [inWorkerd()],
          test: {
            name: 'workerd',
            // Starting a Worker for each file takes longer than all tests; each begins with reset().
            isolate: false,
            include: ['test/**/*.test.ts'],
            exclude: [onNode, inBrowser, crashes],
            setupFiles: ['test/setup.ts'],
          },
        },
        {
          plugins: [inWorkerd()],
          test: { name: 'crash', include: [crashes], setupFiles: ['test/setup.ts'] },
        },
        {
          test: { name: 'node', include: [onNode], testTimeout: 60_000 },
        },
        {
          test: {
            name: 'browser',
            include: [inBrowser],
            testTimeout: 120_000,
            hookTimeout: 120_000,
            fileParallelism: false,
          },
        },
      ],
    },
  };
});
