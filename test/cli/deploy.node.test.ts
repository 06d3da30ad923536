import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'soshik-deploy-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** A `wrangler` that only writes down how it was called; `queues info` knows one queue. */
function deploy(script: string, ...args: string[]) {
  const calls = join(folder, 'calls');
  const command = join(folder, 'wrangler');
  writeFileSync(command, `#!/bin/sh\necho "$*" >> "${calls}"\n${script}\n`);
  chmodSync(command, 0o755);
  const { status, stdout, stderr } = spawnSync(process.execPath, ['src/cli/deploy.ts', ...args], {
    env: { ...process.env, PATH: `${folder}${delimiter}${process.env['PATH']}` },
    encoding: 'utf8',
  });
  const called = existsSync(calls) ? readFileSync(calls, 'utf8').trim().split('\n') : [];
  return { status, output: stdout + stderr, called };
}

const onlyEventsExist =
  'case "$*" in "queues info soshik-events") exit 0;; "queues info"*) exit 1;; esac';

test('deploying creates missing queues first, then the Worker, then the tables', () => {
  const { status, called } = deploy(onlyEventsExist);
  expect(status).toBe(0);
  const acts = called.filter((call) => !call.startsWith('queues info'));
  expect(acts).toEqual([
    'queues create soshik-polls',
    'queues create soshik-deliveries',
    'queues create soshik-events-dlq',
    'queues create soshik-polls-dlq',
    'queues create soshik-deliveries-dlq',
    'deploy',
    'd1 migrations apply DB --remote',
  ]);
});

test('a step that fails stops the deployment and says how to go on', () => {
  const { status, output, called } = deploy('case "$*" in "deploy") exit 1;; esac');
  expect(status).toBe(1);
  expect(called.at(-1)).toBe('deploy');
  expect(output).toContain('다시 실행해 주세요');
  expect(output).toContain('run it again');
});

test('a dry run shows the plan and changes nothing', () => {
  const { status, output, called } = deploy('', '--dry-run');
  expect(status).toBe(0);
  expect(called).toEqual(['deploy --dry-run']);
  expect(output).toContain('wrangler queues create soshik-events-dlq');
  expect(output).toContain('wrangler d1 migrations apply DB --remote');
});
