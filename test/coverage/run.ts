import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from '../bench/bundles.ts';
import { createReport, machine } from '../bench/report.ts';
import { number, table } from '../bench/rows.ts';
import { core } from '../mutation/modules.ts';
import { INTRO } from '../soak/intro.ts';
import { type FileCoverage, lineRanges, sum, summaryOf } from './summary.ts';

/**
 * `npm run coverage -- [--write] [test files]`: which lines and branches of the core, and of all of
 * src, the tests in the Workers runtime and in Node reach.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { write: { type: 'boolean', default: false } },
});

const WHAT =
  '`npm run coverage`: lines and branches that the tests in the Workers runtime and in Node reach. What runs in a browser, or in a process that a test starts (commands), is not seen and counts as not reached. Not a part of `npm test`: `@vitest/coverage-istanbul` of vitest’s own version is installed for it with `--no-save`.';
/** What the core of the outbox stands on. */
const BESIDE = [
  'src/bot/outbox/together.ts',
  'src/bot/outbox/reasons.ts',
  'src/store/leases.ts',
  'src/store/outcomes.ts',
  'src/store/waits.ts',
  'src/store/deliveries.ts',
];

const inModules = (name: string) => join(ROOT, 'node_modules', name);
if (!existsSync(inModules('@vitest/coverage-istanbul'))) {
  const { version }: { version: string } = JSON.parse(
    readFileSync(join(inModules('vitest'), 'package.json'), 'utf8'),
  );
  const provider = `@vitest/coverage-istanbul@${version}`;
  const how = ['install', '--no-save', '--no-audit', '--no-fund', '--ignore-scripts', provider];
  execFileSync('npm', how, { cwd: ROOT, stdio: 'inherit', shell: process.platform === 'win32' });
}

const folder = mkdtempSync(join(tmpdir(), 'soshik-coverage-'));
const options = [
  '--project=workerd',
  '--project=node',
  '--reporter=dot',
  '--silent',
  '--coverage.enabled',
  '--coverage.provider=istanbul',
  '--coverage.reporter=json',
  '--coverage.include=src/**/*.{ts,tsx}',
  '--coverage.reportOnFailure',
  `--coverage.reportsDirectory=${folder}`,
];
const { status } = spawnSync(
  process.execPath,
  [join(inModules('vitest'), 'vitest.mjs'), 'run', ...options, ...positionals],
  { cwd: ROOT, stdio: 'inherit' },
);
const report: Readonly<Record<string, FileCoverage>> = JSON.parse(
  readFileSync(join(folder, 'coverage-final.json'), 'utf8'),
);
rmSync(folder, { recursive: true });

const files = Object.entries(report).map(([path, one]) => ({
  path: path.slice(ROOT.length + 1).replaceAll('\\', '/'),
  summary: summaryOf(one),
}));
type Files = typeof files;
const share = ({ reached, all }: { reached: number; all: number }) =>
  all === 0 ? '100 %' : `${number(Math.floor((reached / all) * 1000) / 10, 1)} %`;

function row(name: string, those: Files, missing = ''): string[] {
  const { lines, branches } = sum(those.map(({ summary }) => summary));
  return [name, share(lines), share(branches), missing];
}

const ofCore = [...core.flatMap(({ modules }) => modules), ...BESIDE];
const coreFiles = files.filter(({ path }) => ofCore.includes(path));
const folders = Map.groupBy(files, ({ path }) => path.split('/').slice(0, 2).join('/'));
const least = files
  .filter(({ summary: { lines } }) => lines.reached < lines.all)
  .toSorted((one, other) => left(other) - left(one))
  .slice(0, 20);

function left({ summary: { lines } }: Files[number]): number {
  return lines.all - lines.reached;
}

const ranges = ({ summary }: Files[number]) => lineRanges(summary.missing);
const text = [
  WHAT,
  table(
    ['module of the core', 'lines', 'branches', 'lines not reached'],
    [
      ...coreFiles.map((one) => row(one.path.replace('src/', ''), [one], ranges(one))),
      row('all of these', coreFiles),
    ],
  ),
  table(
    ['folder', 'lines', 'branches'],
    [
      ...[...folders]
        .filter(([, those]) => those.length > 1)
        .map(([name, those]) => row(name, those).slice(0, 3)),
      row('all of src', files).slice(0, 3),
      row(
        'without src/cli',
        files.filter(({ path }) => !path.startsWith('src/cli/')),
      ).slice(0, 3),
    ],
  ),
  'Where most is not reached:',
  table(
    ['file', 'lines', 'branches', 'lines not reached'],
    least.map((one) => row(one.path.replace('src/', ''), [one], ranges(one))),
  ),
].join('\n\n');
console.log(text);
if (values.write) {
  createReport('docs/reliability.md', INTRO).write('Coverage', `${text}\n\n${machine()}`);
}
process.exitCode = status ?? 1;
