import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'soshik-lint-'));
  copyFileSync('.oxlintrc.json', join(folder, '.oxlintrc.json'));
  writeFileSync(join(folder, 'tsconfig.json'), '{ "compilerOptions": { "strict": true } }');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** What the project's linter says of one file at this path. */
function lint(path: string, code: string): string {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, code);
  const { stdout } = spawnSync('oxlint', [path], { cwd: folder, encoding: 'utf8' });
  return stdout;
}

describe('the linter', () => {
  test('refuses a promise that nobody waits for', () => {
    const code = 'async function work(): Promise<void> {}\nexport function a(): void { work(); }\n';
    expect(lint('src/bot/a.ts', code)).toContain('no-floating-promises');
  });

  test.each(['Date.now()', 'Math.random()', 'fetch("https://example.com")'])(
    'refuses %s outside the runtime: clock, randomness and network are parameters',
    (code) => {
      expect(lint('src/bot/a.ts', `export const a = ${code};\n`)).toMatch(/no-restricted-/);
    },
  );
});
