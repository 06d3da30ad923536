import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-plugin';
import { createVitest, type TestModule, type Vitest } from 'vitest/node';
import type { Core } from './modules.ts';
import { type Instrumented, instrument, type Mutant, type Parse } from './mutants.ts';

export const ROOT = resolve(import.meta.dirname, '../..');

export interface Trial {
  readonly mutants: readonly (Mutant & { readonly module: string })[];
  /** Whether the tests notice a mutant; 0: none lives, and they have to be content. */
  readonly isKilled: (index: number) => Promise<boolean>;
  readonly end: () => Promise<void>;
}

/** One part of the core with all of its mutants, and a test runner that stays. */
export async function prepare(
  { modules, tests, needsRuntime }: Core,
  parse: Parse,
): Promise<Trial> {
  const instrumented = new Map<string, Instrumented>();
  const mutants: (Mutant & { readonly module: string })[] = [];
  for (const path of modules) {
    // Numbers go on from module to module.
    const one = instrument(readFileSync(join(ROOT, path), 'utf8'), parse);
    const code = one.code.replaceAll(
      /\$m\((\d+)\)/g,
      (_, id: string) => `$m(${Number(id) + mutants.length})`,
    );
    instrumented.set(join(ROOT, path), { ...one, code });
    mutants.push(...one.mutants.map((mutant) => ({ ...mutant, module: path })));
  }
  const migrations = needsRuntime ? await readD1Migrations(join(ROOT, 'src/store/migrations')) : [];
  const vitest: Vitest = await createVitest(
    'test',
    {
      config: false,
      root: ROOT,
      watch: false,
      include: [...tests],
      setupFiles: ['test/mutation/setup.ts', ...(needsRuntime ? ['test/setup.ts'] : [])],
      provide: { mutant: 0 },
      reporters: [{}],
      silent: true,
      // What is kept of a module does not depend on what is done to it here.
      fsModuleCache: false,
      bail: 1,
      maxWorkers: 1,
      isolate: needsRuntime !== true,
      ...(needsRuntime ? {} : { pool: 'threads' as const }),
      testTimeout: 30_000,
      hookTimeout: 30_000,
    },
    {
      logLevel: 'silent',
      plugins: [
        {
          name: 'mutants',
          enforce: 'pre',
          transform: (_code, id) => instrumented.get(id.split('?')[0] ?? '')?.code,
        },
        ...(needsRuntime
          ? [
              cloudflareTest({
                wrangler: { configPath: join(ROOT, 'wrangler.toml') },
                miniflare: { bindings: { MIGRATIONS: migrations } },
              }),
            ]
          : []),
      ],
    },
  );
  await vitest.standalone();
  const specifications = await vitest.globTestSpecifications();
  if (specifications.length !== tests.length) throw new Error(`not all are there: ${tests.join()}`);
  return {
    mutants,
    async isKilled(index) {
      vitest.getRootProject().provide('mutant', index);
      const { testModules, unhandledErrors } = await vitest.runTestSpecifications(
        specifications,
        true,
      );
      if (index === 0) for (const one of testModules) complain(one);
      return unhandledErrors.length > 0 || testModules.some((one) => one.state() !== 'passed');
    },
    end: () => vitest.close(),
  };
}

/** Says why tests fail that have to be content. */
function complain(module: TestModule): void {
  const errors = [
    ...module.errors(),
    ...Array.from(module.children.allTests('failed')).flatMap((one) => one.result().errors ?? []),
  ];
  for (const { message } of errors) console.log(`${module.moduleId}: ${message.slice(0, 1000)}`);
}
