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
  test.each([
    ['src/lib/a.ts', '../store/b.ts'],
    ['src/platforms/x/a.ts', '../../bot/b.ts'],
    ['src/platforms/x/a.ts', '../../store/b.ts'],
    ['src/store/a.ts', '../platforms/x/b.ts'],
    ['src/sources/a.ts', '../channels/b.ts'],
    ['src/sources/a.ts', '../store/b.ts'],
    ['src/channels/a.ts', '../bot/b.ts'],
    ['src/store/a.ts', '../accounts/b.ts'],
    ['src/channels/a.ts', '../accounts/b.ts'],
    ['src/accounts/a.ts', '../bot/b.ts'],
    ['src/accounts/twitter/a.ts', '../../channels/b.ts'],
    ['src/bot/a.ts', '../http/b.ts'],
    ['src/bot/jobs/a.ts', '../../platforms/x/b.ts'],
    ['src/http/a.ts', '../sources/b.ts'],
    ['src/http/a.ts', '../../test/sandbox/b.ts'],
  ])('refuses %s importing %s: against the arrows', (path, target) => {
    expect(lint(path, `export { b } from '${target}';\n`)).toContain('no-restricted-imports');
  });

  test.each([
    ['src/bot/a.ts', '../channels/b.ts'],
    ['src/sources/a.ts', '../platforms/x/b.ts'],
    ['src/http/a.ts', '../bot/b.ts'],
    ['src/accounts/twitter/a.ts', '../../platforms/x/b.ts'],
    ['src/accounts/twitter/a.ts', '../../store/b.ts'],
    ['src/bot/jobs/a.ts', '../../accounts/twitter/b.ts'],
    ['src/http/a.ts', '../accounts/b.ts'],
  ])('lets %s import %s: along the arrows', (path, target) => {
    expect(lint(path, `export { b } from '${target}';\n`)).not.toContain('no-restricted-imports');
  });

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
