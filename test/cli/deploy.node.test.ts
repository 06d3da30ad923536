import { spawnSync } from 'node:child_process';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { ApiError, createSteps } from '../../src/cli/deploy/api.ts';
import { planOf, resolvedConfig } from '../../src/cli/deploy/plan.ts';
import { readDeployArgs } from '../../src/cli/deploy/project.ts';

describe('the words of npm run deploy', () => {
  test('name another Worker, or ask for the plan', () => {
    expect(readDeployArgs([])).toEqual({ name: null, isDryRun: false });
    expect(readDeployArgs(['--name', 'soshik-staging', '--dry-run'])).toEqual({
      name: 'soshik-staging',
      isDryRun: true,
    });
  });

  test.each([
    [['--nmae', 'x']],
    [['production']],
    [['--name']],
    [['--name', 'Soshik']],
    [['--name', '-x']],
    [['--name', 'x'.repeat(49)]],
    [['--name', '../x']],
  ])('%j are refused', (args) => {
    expect(() => readDeployArgs(args)).toThrow(/npm run deploy|Worker's name/);
  });
});

describe('the config of one bot', () => {
  const file = {
    name: 'soshik',
    main: 'src/index.ts',
    vars: { LANGUAGE: 'ko' },
    routes: ['soshik.example.com/*'],
    kv_namespaces: [{ binding: 'TOKENS' }],
    d1_databases: [{ binding: 'DB', migrations_dir: 'migrations' }],
    queues: {
      producers: [{ binding: 'EVENTS', queue: 'soshik-events' }],
      consumers: [{ queue: 'soshik-events', dead_letter_queue: 'soshik-events-dlq' }],
    },
    ratelimits: [{ name: 'DOORS', namespace_id: '1001' }],
  };
  const resolved = (worker: string, vars: Readonly<Record<string, string>> = { CONTACT: 'me' }) =>
    resolvedConfig(file, {
      root: '/r',
      plan: planOf(file, worker),
      ids: { namespaces: new Map([['TOKENS', 'kv1']]), databases: new Map([['DB', 'd1']]) },
      accountId: 'a',
      vars,
    });

  test('carries ids, the owner’s vars, and no default that would overwrite the dashboard', () => {
    expect(resolved('soshik')).toMatchObject({
      name: 'soshik',
      keep_vars: true,
      vars: { CONTACT: 'me' },
      account_id: 'a',
      routes: ['soshik.example.com/*'],
      kv_namespaces: [{ binding: 'TOKENS', id: 'kv1' }],
      d1_databases: [{ binding: 'DB', database_name: 'soshik', database_id: 'd1' }],
      ratelimits: [{ namespace_id: '1001' }],
    });
  });

  test('binds mail for who wants it only: other accounts would be refused', () => {
    expect(resolved('soshik')).not.toHaveProperty('send_email');
    expect(resolved('soshik', { OWNER_MAIL: 'me@example.org' })).toMatchObject({
      send_email: [{ name: 'MAIL', destination_address: 'me@example.org' }],
    });
  });

  test('of a second bot has names, queues and counters of its own, and takes no route of the first', () => {
    const other = resolved('other');
    expect(other).toMatchObject({
      d1_databases: [{ database_name: 'other' }],
      queues: {
        producers: [{ queue: 'other-events' }],
        consumers: [{ queue: 'other-events', dead_letter_queue: 'other-events-dlq' }],
      },
    });
    expect(other).not.toHaveProperty('routes');
    expect(other).not.toMatchObject({ ratelimits: [{ namespace_id: '1001' }] });
  });
});

test('a dry run needs no account: it shows the plan and builds the bundle', () => {
  const { CLOUDFLARE_API_TOKEN: _, ...env } = process.env;
  const { status, stdout } = spawnSync(
    process.execPath,
    ['src/cli/deploy.ts', '--dry-run', '--name', 'soshik-dry'],
    { env: { ...env, CLOUDFLARE_API_BASE_URL: 'http://127.0.0.1:9' }, encoding: 'utf8' },
  );
  expect(status).toBe(0);
  for (const name of ['KV soshik-dry-tokens', 'D1 soshik-dry', 'Queue soshik-dry-events-dlq']) {
    expect(stdout).toContain(name);
  }
  expect(stdout).toContain('Total Upload');
}, 180_000);

describe('a refusal of Cloudflare', () => {
  test.each([
    [1000, 'Invalid API Token', 'CLOUDFLARE_API_TOKEN'],
    [6003, 'Invalid request headers', 'CLOUDFLARE_API_TOKEN'],
    [10001, 'Unable to authenticate request', 'CLOUDFLARE_API_TOKEN'],
    [10000, 'Authentication error', '권한'],
    [7003, 'Could not route to /accounts/x', 'CLOUDFLARE_ACCOUNT_ID'],
    [7403, 'The given account is not valid', 'CLOUDFLARE_ACCOUNT_ID'],
    [10072, 'Too many cron triggers', '크론'],
    [null, 'no answer', '인터넷'],
  ])('%s %s comes with what to do', async (code, message, advice) => {
    const step = createSteps(() => undefined);
    const refused = step('로그인', 'log in', () =>
      Promise.reject(new ApiError('GET /accounts', code, message)),
    );
    await expect(refused).rejects.toThrow(advice);
  });

  test('in another form stops in a sentence', async () => {
    const step = createSteps(() => undefined);
    const strange = step('주소', 'address', async () => v.parse(v.string(), 1));
    await expect(strange).rejects.toThrow('1. 주소에서 멈췄어요');
  });
});
