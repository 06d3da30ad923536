import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { createReport, machine } from '../bench/report.ts';
import { number, table } from '../bench/rows.ts';
import { keepStorageInMemory } from '../sandbox/node/memory.ts';
import { createChance } from '../soak/chance.ts';
import { INTRO } from '../soak/intro.ts';
import { core } from './modules.ts';
import type { Node } from './mutants.ts';
import { prepare } from './trial.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    /** At most so many mutants of each part, drawn by chance; absent: all. */
    most: { type: 'string', default: 'Infinity' },
    seed: { type: 'string', default: '1' },
    write: { type: 'boolean', default: false },
  },
});

keepStorageInMemory();

const TARGET = 85;
const WHAT =
  '`npm run mutation` changes the core in every small way that Stryker knows (comparisons, arithmetic, logic, literals, regular expressions, calls, whole blocks) and runs the tests of that part: a mutant that none of them notices survives. Where fewer are tried than there are, they were drawn by chance. Not Stryker itself, whose runner would have to be carried into the Workers runtime. Some survivors do the same as the original.';
const modules = join(import.meta.dirname, 'node_modules/acorn');
if (!existsSync(modules)) {
  await promisify(execFile)('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: import.meta.dirname,
    shell: process.platform === 'win32',
  });
}
const acorn: { parse: (code: string, options: object) => Node } = await import(
  join(modules, 'dist/acorn.mjs')
);
const parse = (code: string) => acorn.parse(code, { ecmaVersion: 'latest', sourceType: 'module' });

const rows: string[][] = [];
for (const part of core.filter(
  ({ name }) => positionals.length === 0 || positionals.includes(name),
)) {
  const trial = await prepare(part, parse);
  try {
    if (await trial.isKilled(0)) throw new Error(`${part.name}: its tests fail without a mutant`);
    const chance = createChance(Number(values.seed));
    const drawn = trial.mutants
      .map((mutant, index) => ({ ...mutant, number: index + 1, lot: chance.next() }))
      .toSorted((one, other) => one.lot - other.lot)
      .slice(0, Number(values.most));
    let killed = 0;
    for (const { number: id, module, line, what } of drawn) {
      if (await trial.isKilled(id)) killed += 1;
      else console.log(`survived: ${module}:${line} ${what}`);
    }
    const score = (killed / drawn.length) * 100;
    rows.push([
      part.name,
      number(trial.mutants.length),
      number(drawn.length),
      number(killed),
      `${number(score)} %`,
      score >= TARGET ? '' : `missed by ${number(TARGET - score)}`,
    ]);
    console.log(rows.at(-1)?.join(' | '));
  } finally {
    await trial.end();
  }
}
const text = table(['part', 'mutants', 'tried', 'killed', 'score', `target ${TARGET} %`], rows);
console.log(text);
if (values.write) {
  createReport('docs/reliability.md', INTRO).write('Mutants', [WHAT, text, machine()].join('\n\n'));
}
process.exit(0);
