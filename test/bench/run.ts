import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { makeBundles } from './bundles.ts';
import { createReport, machine } from './report.ts';

const RUNS = '5';
const INTRO = `# Benchmarks

\`npm run bench\` measures all of this again and writes it here; \`npm run bench -- speed\` or another section does a part of it.
Everything is measured ${RUNS} times by turns, so that what slows the machine down slows all of them down; tables show the
median, the least and the most. "Per second of CPU" divides by the time the system says the measured process took on a processor,
which other programs hardly change; "by the clock" divides by the time that passed. The peers are packages installed into
\`test/bench/\` by their own lockfile. No test waits for any of these numbers.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: 'string', default: RUNS },
    seconds: { type: 'string', default: '2' },
  },
});
const effort = { runs: Number(values.runs), seconds: Number(values.seconds) };
const parts = positionals.length === 0 ? ['speed', 'size'] : positionals;

await install();
const bundles = await makeBundles();
const report = createReport('docs/benchmarks.md', INTRO);
try {
  for (const part of parts) await measure(part);
} finally {
  await bundles.remove();
}

async function measure(part: string): Promise<void> {
  switch (part) {
    case 'speed': {
      const { compareReceivers } = await import('./receivers.ts');
      const { compareLibraries } = await import('./libraries.ts');
      report.compare('Speed', [
        ...(await compareReceivers(bundles, effort)),
        ...(await compareLibraries(bundles, effort)),
      ]);
      return;
    }
    case 'size': {
      const { compareSizes } = await import('./sizes.ts');
      const { compareStarts } = await import('./starts.ts');
      report.compare('Size and start', [
        ...(await compareSizes(bundles)),
        ...(await compareStarts(bundles, effort)),
      ]);
      return;
    }
    case 'scale': {
      const { measureScale } = await import('./scale.ts');
      report.write('Scale and cost', `${await measureScale()}\n\n${machine()}`);
      return;
    }
    case 'statements': {
      const { measureStatements } = await import('./statements.ts');
      console.log(await measureStatements());
      return;
    }
    case 'cpu': {
      const { measureCpu } = await import('./cpu.ts');
      report.write('CPU of an invocation', `${await measureCpu()}\n\n${machine()}`);
      return;
    }
    default:
      throw new Error(`speed, size, scale, statements or cpu, not ${part}`);
  }
}

/** The peers, as their lockfile has them; nothing of theirs is run at that. */
async function install(): Promise<void> {
  const folder = import.meta.dirname;
  const done = join(folder, 'node_modules/.package-lock.json');
  const lockfile = join(folder, 'package-lock.json');
  if (existsSync(done) && isAsWanted(done, lockfile)) return;
  console.log('Installing what is measured beside soshik…');
  await promisify(execFile)('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: folder,
    shell: process.platform === 'win32',
  });
}

/** Whether what was installed has every version that is wanted. */
function isAsWanted(installed: string, wanted: string): boolean {
  const versions = packagesOf(wanted);
  return Object.entries(packagesOf(installed)).every(
    ([name, { version }]) => versions[name]?.version === version,
  );
}

function packagesOf(lockfile: string): Readonly<Record<string, { readonly version?: string }>> {
  return JSON.parse(readFileSync(lockfile, 'utf8')).packages;
}
