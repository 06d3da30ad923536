import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-plugin';
import { defineConfig } from 'vitest/config';

const onNode = '**/*.node.test.ts';
const inBrowser = '**/*.browser.test.ts';

export default defineConfig(async () => ({
  test: {
    silent: 'passed-only' as const,
    projects: [
      {
        plugins: [
          cloudflareTest({
            wrangler: { configPath: './wrangler.toml' },
            miniflare: {
              bindings: { MIGRATIONS: await readD1Migrations('src/store/migrations') },
            },
          }),
        ],
        test: {
          name: 'workerd',
          // Starting a Worker for each file takes longer than all tests; each begins with reset().
          isolate: false,
          include: ['test/**/*.test.ts'],
          exclude: [onNode, inBrowser],
          setupFiles: ['test/setup.ts'],
        },
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
}));
