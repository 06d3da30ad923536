import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './bundles.ts';
import { type Comparison, markdown } from './rows.ts';

/**
 * The sections of a document that are made by commands; each command writes only its own.
 *
 * @param intro what stands above them, its title included
 */
export function createReport(path: string, intro: string) {
  const file = join(ROOT, path);

  /** Puts a section in the place of the one of the same name, or behind all others. */
  function write(heading: string, text: string): void {
    const known = existsSync(file) ? readFileSync(file, 'utf8') : '';
    const sections = known.split(/^(?=## )/m).filter((part) => part.startsWith('## '));
    const section = `## ${heading}\n\n${text.trim()}\n`;
    const at = sections.findIndex((one) => one.startsWith(`## ${heading}\n`));
    const next = at === -1 ? [...sections, section] : sections.with(at, section);
    writeFileSync(file, `${[intro, ...next].map((part) => part.trim()).join('\n\n')}\n`);
    console.log(`${section}\nwritten to ${path}`);
  }

  return {
    write,
    compare(heading: string, comparisons: readonly Comparison[]) {
      write(heading, [machine(), ...comparisons.map(markdown)].join('\n\n'));
    },
  };
}

/** When and where something was measured. */
export function machine(): string {
  const [first] = cpus();
  const [load = 0] = loadavg();
  const day = new Date().toISOString().slice(0, 10);
  const memory = Math.round(totalmem() / 2 ** 30);
  return `Measured ${day} on ${cpus().length} cores (${first?.model ?? 'unknown'}), ${memory} GB, Node ${process.versions.node}; load of the machine at the end ${load.toFixed(1)}.`;
}
