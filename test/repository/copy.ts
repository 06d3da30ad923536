import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from './files.ts';

/** What the compiler looks at. */
const COMPILED = ['src', 'package.json', 'tsconfig.json', 'worker-configuration.d.ts'];

/**
 * A copy of what the Worker is made of, to be changed as somebody would who works on it.
 *
 * @param more files beside what the compiler looks at
 * @returns its folder, to be removed by the caller
 */
export function copyRepository(more: readonly string[] = []): string {
  const copy = mkdtempSync(join(tmpdir(), 'soshik-'));
  for (const path of [...COMPILED, ...more]) {
    cpSync(join(ROOT, path), join(copy, path), { recursive: true });
  }
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'), 'dir');
  return copy;
}

/** What a program of the packages says in a copy; with what it complains of when it fails. */
async function said(copy: string, ...command: readonly string[]): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(process.execPath, command, { cwd: copy });
    return stdout;
  } catch (cause) {
    return cause instanceof Error && 'stdout' in cause
      ? `${String(cause.stdout)}\n${cause.message}`
      : String(cause);
  }
}

/** What the compiler says of a copy; empty when it has nothing to say. */
export function complaints(copy: string): Promise<string> {
  // In one thread it takes less of the processor than in several, which other tests need.
  return said(copy, join(ROOT, 'node_modules/typescript/bin/tsc'), '--singleThreaded');
}

/** `npm run settings` in a copy; what it says. */
export function writeSettings(copy: string): Promise<string> {
  return said(copy, '--no-warnings', 'src/cli/settings.ts');
}
