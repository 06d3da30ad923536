import { statSync } from 'node:fs';
import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-plugin';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { keepStorageInMemory } from './test/sandbox/node/memory.ts';

const onNode = '**/*.node.test.ts';
const inBrowser = '**/*.browser.test.ts';
/** What is measured beside the bot brings tests of its own. */
const packages = '**/node_modules/**';
/** No promise is about the machine's speed: a loaded one must not fail a test. */
const patience = { testTimeout: 60_000, hookTimeout: 60_000 };
/** The default leaves one core idle, which is half of a small machine. */
const maxWorkers = 2;

/** The larger a file the longer it takes, but for these: as the last ones they would leave a core idle. */
const LONG =
  /[cC]rash|outages|freePlan|jobs|mutes|netflixWeekly|stage|laces|flood|answers|large-batch|(?:phones|pages|sandbox)\.browser/;

function sizeOf({ moduleId }: TestSpecification): number {
  return LONG.test(moduleId) ? Number.MAX_SAFE_INTEGER : statSync(moduleId).size;
}

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return files.toSorted(
      (one, other) =>
        one.project.name.localeCompare(other.project.name) || sizeOf(other) - sizeOf(one),
    );
  }
}

export default defineConfig(async () => {
  keepStorageInMemory();
  const inWorkerd = () =>
    cloudflareTest({
      wrangler: { configPath: './wrangler.toml' },
      miniflare: {
        bindings: { MIGRATIONS: migrations },
        // Not in wrangler.toml: `npm run deploy` adds it for who wants mail.
        email: { send_email: [{ name: 'MAIL', destination_address: 'hana@example.org' }] },
      },
    });
  const migrations = await readD1Migrations('src/store/migrations');
  return {
    test: {
      silent: 'passed-only' as const,
      sequence: { sequencer: LongestFirst },
      projects: [
        {
          plugins: [inWorkerd()],
          test: {
            name: 'workerd',
            // Starting a Worker for each file takes longer than all tests; each begins with reset().
            isolate: false,
            include: ['test/**/*.test.ts'],
            exclude: [packages, onNode, inBrowser],
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
            globalSetup: 'test/browser/setup.ts',
            testTimeout: 120_000,
            hookTimeout: 120_000,
            expect: { poll: { timeout: 20_000 } },
            // A page waits for its Worker, and the Worker for the page: two leave a core half idle.
            maxWorkers: 3,
            // When all others are done: a page is slow beside two busy Workers.
            sequence: { groupOrder: 1 },
          },
        },
      ],
    },
  };
});
