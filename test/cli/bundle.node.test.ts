import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sandboxSecrets } from '../sandbox/secrets.ts';

/** Design F asks for 100 KB in the end; nobody adds to it unawares. */
const MOST_GZIP_BYTES = 120_000;

let folder: string;
let bundle: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'soshik-bundle-'));
  const { status } = spawnSync('wrangler', ['deploy', '--dry-run', '--outdir', folder]);
  expect(status).toBe(0);
  bundle = readFileSync(join(folder, 'index.js'), 'utf8');
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('the deployed bundle', () => {
  test('holds nothing of the sandbox', () => {
    expect(bundle).not.toContain('/sandbox');
    for (const secret of Object.values(sandboxSecrets)) expect(bundle).not.toContain(secret);
  });

  test('holds no test library', () => {
    expect(bundle).not.toContain('twemoji');
    expect(bundle).not.toContain('fast-check');
  });

  test('stays small', () => {
    expect(gzipSync(bundle).length).toBeLessThan(MOST_GZIP_BYTES);
  });
});
