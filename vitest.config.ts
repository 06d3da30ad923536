import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-plugin';
import { defineConfig } from 'vitest/config';
import { keepStorageInMemory } from './test/sandbox/node/memory.ts';

const onNode = '**/*.node.test.ts';
const inBrowser = '**/*.browser.test.ts';
/** A Worker that "dies" leaves work behind, which must not reach the tests of another file. */
const crashes = 'test/worker/*rash*.test.ts';
/** What is measured beside the bot brings tests of its own. */
const packages = '**/node_modules/**';
/** No promise is about the machine's speed: a loaded one must not fail a test. */
const patience = { testTimeout: 60_000, hookTimeout: 60_000 };
/** The default leaves one core idle, which is half of a small machine. */
const maxWorkers = 2;

export default defineConfig(async () => {
  keepStorageInMemory();
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
            exclude: [packages, onNode, inBrowser, crashes],
            setupFiles: ['test/setup.ts'],
            maxWorkers,
            ...patience,
          },
        },
        {
          plugins: [inWorkerd()],
          test: {
            name: 'crash',
            include: [crashes],
            setupFiles: ['test/setup.ts'],
            maxWorkers,
            ...patience,
          },
        },
        {
          test: { name: 'node', include: [onNode], maxWorkers, ...patience },
        },
        {
          test: {
            name: 'browser',
            include: [inBrowser],
            testTimeout: 120_000,
            hookTimeout: 120_000,
            maxWorkers,
            // When all others are done: a page is slow beside two busy Workers.
            sequence: { groupOrder: 1 },
          },
        },
      ],
    },
  };
});
