import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { deploy } from '../../src/cli/deploy/run.ts';
import { Stop } from '../../src/cli/terminal.ts';
import { sandboxSecrets } from '../sandbox/secrets.ts';
import { createWorld } from '../sandbox/world.ts';
import { liveVersion } from './account.ts';
import { Refusal } from './answers.ts';
import { runDeployed } from './runtime.ts';
import { type Cloudflare, startCloudflare } from './server.ts';

/**
 * The real wrangler against a stand-in of Cloudflare's API. Starting wrangler takes seconds: the
 * tests go on from each other, as an owner's days do.
 */
const root = resolve(import.meta.dirname, '../..');
/** What a shell or a dotenv file would have made something else of. */
const PASSWORD = ['pass$HOME', '{PATH}', '`word`'].join(' $');

let cloudflare: Cloudflare;
let folder: string;
beforeAll(async () => {
  cloudflare = await startCloudflare();
  folder = mkdtempSync(join(tmpdir(), 'soshik-cloudflare-'));
  vi.stubEnv('CLOUDFLARE_API_BASE_URL', cloudflare.url);
  vi.stubEnv('CLOUDFLARE_API_TOKEN', cloudflare.token);
  vi.stubEnv('WRANGLER_LOG_PATH', join(folder, 'logs'));
  vi.stubEnv('NODE_COMPILE_CACHE', join(folder, 'compiled'));
});
afterAll(async () => {
  await cloudflare.stop();
  rmSync(folder, { recursive: true });
});

/** One `npm run deploy`; `refused` says why it stopped. */
async function run(options: { readonly name?: string; readonly clone?: string } = {}) {
  const words: string[] = [];
  const print = (text: string) => words.push(text);
  cloudflare.calls.length = 0;
  try {
    const deployed = await deploy({
      root,
      folder: join(folder, options.clone ?? 'clone'),
      ownerFolder: folder,
      environment: process.env,
      name: options.name ?? null,
      isDryRun: false,
      say: print,
      show: print,
    });
    return { deployed, refused: null, words: words.join('\n') };
  } catch (cause) {
    if (!(cause instanceof Stop)) throw cause;
    return { deployed: null, refused: cause.message, words: words.join('\n') };
  }
}

/** Everything the account holds, by name. */
function inventory() {
  const { namespaces, databases, queues, workers } = cloudflare.account;
  return {
    namespaces: [...namespaces.values()].map(({ title }) => title).toSorted(),
    databases: [...databases.values()].map(({ name }) => name).toSorted(),
    queues: [...queues.values()].map(({ name }) => name).toSorted(),
    workers: [...workers.keys()].toSorted(),
  };
}

function everythingOf(worker: string) {
  const ends = ['deliveries', 'deliveries-dlq', 'events', 'events-dlq', 'polls', 'polls-dlq'];
  return {
    namespaces: [`${worker}-media`, `${worker}-tokens`],
    databases: [worker],
    queues: ends.map((end) => `${worker}-${end}`),
    workers: [worker],
  };
}

function bindingsOf(worker: string) {
  const version = liveVersion(cloudflare.account.workers.get(worker));
  return new Map(version?.bindings.map((binding) => [binding.name, binding]));
}

function textOf(worker: string, name: string): unknown {
  return bindingsOf(worker).get(name)?.['text'];
}

/** Which Worker reads which queue. */
function consumers() {
  return [...cloudflare.account.queues.values()]
    .flatMap(({ name, consumers: its }) =>
      [...its.values()].map(({ script, deadLetterQueue }) => [
        name,
        script,
        String(deadLetterQueue),
      ]),
    )
    .toSorted(([one = ''], [other = '']) => one.localeCompare(other));
}

/** A call of deploys after the first, which is uploaded whole. */
function isLater(step: string): boolean {
  return /\/(versions|deployments|script-settings)$/.test(step);
}

describe('the first deploy', () => {
  const refused = new Set<string>();

  test('refused once at every call that changes something, run again each time, ends with one of each', async () => {
    writeFileSync(
      join(folder, '.prod.vars'),
      `ADMIN_PASSWORD='${PASSWORD}'\nLANGUAGE=en\nGITHUB_TOKEN=\n`,
    );
    cloudflare.fate = ({ mutates, step }) => {
      if (!mutates || refused.has(step) || isLater(step)) return 'answer';
      refused.add(step);
      return new Refusal(10_034, 'You need to verify your email address to use Workers.');
    };
    let outcome = await run();
    for (let runs = 1; outcome.refused !== null && runs < 30; runs += 1) {
      expect(outcome.refused).toContain('10034');
      expect(outcome.refused).toContain('이메일을 확인해 주세요');
      expect(outcome.refused).toContain('run npm run deploy again');
      const uploaded = cloudflare.calls.some(({ step }) => step.startsWith('PUT /workers/scripts'));
      if (outcome.refused.includes('d1 migrations')) expect(uploaded).toBe(false);
      outcome = await run();
    }
    expect(outcome.deployed?.origin).toBe('https://soshik.owner.workers.dev');
    expect(inventory()).toEqual(everythingOf('soshik'));
    expect(consumers()).toEqual(
      ['deliveries', 'events', 'polls'].flatMap((end) => [
        [`soshik-${end}`, 'soshik', `soshik-${end}-dlq`],
        [`soshik-${end}-dlq`, 'soshik', 'null'],
      ]),
    );
    expect(cloudflare.account.workers.get('soshik')).toMatchObject({
      crons: ['*/30 * * * *', '0 0 * * sat'],
      onWorkersDev: true,
      migrationTag: 'v1',
    });
    expect(cloudflare.unknown).toEqual([]);
  }, 600_000);

  test('met a refusal at each of these calls', () => {
    expect([...refused].toSorted()).toEqual(
      [
        'POST /d1/database soshik',
        'POST /d1/database/:id/query',
        'POST /queues soshik-deliveries',
        'POST /queues soshik-deliveries-dlq',
        'POST /queues soshik-events',
        'POST /queues soshik-events-dlq',
        'POST /queues soshik-polls',
        'POST /queues soshik-polls-dlq',
        ...everythingOf('soshik').queues.map((queue) => `POST /queues/${queue}/consumers`),
        'POST /storage/kv/namespaces soshik-media',
        'POST /storage/kv/namespaces soshik-tokens',
        'POST /workers/assets/upload',
        'POST /workers/scripts/soshik/assets-upload-session',
        'POST /workers/scripts/soshik/subdomain',
        'PUT /workers/scripts/soshik',
        'PUT /workers/scripts/soshik/schedules',
      ].toSorted(),
    );
  });

  test('hands over secrets and vars as they were written, and no blank ones', () => {
    expect(textOf('soshik', 'ADMIN_PASSWORD')).toBe(PASSWORD);
    expect(bindingsOf('soshik').get('ADMIN_PASSWORD')?.type).toBe('secret_text');
    expect(bindingsOf('soshik').get('LANGUAGE')).toMatchObject({ type: 'plain_text', text: 'en' });
    expect(bindingsOf('soshik').has('GITHUB_TOKEN')).toBe(false);
    expect(bindingsOf('soshik').has('TIME_ZONE')).toBe(false);
  });
});

describe('an upgrade', () => {
  test('from another clone, after a rename and an edit in the dashboard, changes nothing else', async () => {
    const { account } = cloudflare;
    const [tokens] = [...account.namespaces].filter(([, { title }]) => title === 'soshik-tokens');
    if (!tokens) throw new Error('no namespace');
    account.namespaces.set(tokens[0], { ...tokens[1], title: 'renamed by its owner' });
    const worker = account.workers.get('soshik');
    const live = liveVersion(worker);
    if (!worker || !live) throw new Error('not deployed');
    const inDashboard = { name: 'CONTACT', type: 'plain_text', text: 'me@example.com' };
    worker.versions.set(live.id, { ...live, bindings: [...live.bindings, inDashboard] });
    writeFileSync(join(folder, '.prod.vars'), 'LANGUAGE=ko\n');
    cloudflare.fate = () => 'answer';

    const { refused, words } = await run({ clone: 'other clone' });
    expect(refused).toBeNull();
    expect(words).not.toMatch(/warning/i);
    const made = cloudflare.calls.filter(({ step }) => /^POST \/(d1|queues|storage)/.test(step));
    expect(made.filter(({ mutates }) => mutates)).toEqual([]);
    expect(inventory()).toEqual({
      ...everythingOf('soshik'),
      namespaces: ['renamed by its owner', 'soshik-media'],
    });
    expect(bindingsOf('soshik').get('TOKENS')?.['namespace_id']).toBe(tokens[0]);
    expect(textOf('soshik', 'CONTACT')).toBe('me@example.com');
    expect(textOf('soshik', 'LANGUAGE')).toBe('ko');
    expect(textOf('soshik', 'ADMIN_PASSWORD')).toBe(PASSWORD);
  }, 180_000);
});

describe('a second bot in the same account', () => {
  test('shares nothing with the first, and lost answers leave nothing twice', async () => {
    const secrets = {
      ...sandboxSecrets,
      ADMIN_PASSWORD: 'another-long-password',
      TOKEN_KEY: Buffer.alloc(32).toString('base64'),
    };
    const lines = Object.entries(secrets).map(([key, value]) => `${key}='${value}'\n`);
    writeFileSync(join(folder, '.prod.vars.soshik-staging'), lines.join(''));
    cloudflare.fate = ({ step }) =>
      /^POST \/(storage|d1\/database |queues )/.test(step) ? 'lose' : 'answer';
    const before = bindingsOf('soshik');
    const { refused } = await run({ name: 'soshik-staging' });
    expect(refused).toBeNull();
    expect(cloudflare.calls.filter(({ outcome }) => outcome === 'lost')).toHaveLength(9);
    const { namespaces, queues, databases } = inventory();
    const staging = everythingOf('soshik-staging');
    expect(databases).toEqual(['soshik', 'soshik-staging']);
    expect(queues).toEqual([...everythingOf('soshik').queues, ...staging.queues]);
    expect(namespaces).toEqual(['renamed by its owner', 'soshik-media', ...staging.namespaces]);
    expect(consumers().filter(([queue, script]) => !queue?.startsWith(`${script}-`))).toEqual([]);
    const own = bindingsOf('soshik-staging');
    for (const name of ['TOKENS', 'MEDIA', 'DB', 'EVENTS', 'POLLS', 'DELIVERIES']) {
      expect(own.get(name)).toBeDefined();
      expect(own.get(name)).not.toEqual(before.get(name));
    }
    expect(textOf('soshik-staging', 'ADMIN_PASSWORD')).toBe('another-long-password');
    expect(cloudflare.account.workers.get('soshik-staging')?.crons).toHaveLength(2);
  }, 180_000);
});

test('what was deployed answers a signed direct message of X', async () => {
  const worker = cloudflare.account.workers.get('soshik-staging');
  if (!worker) throw new Error('not deployed');
  const world = createWorld({ startAt: Date.now(), ticking: true });
  const { queues } = everythingOf('soshik-staging');
  const running = await runDeployed(worker, queues, (request) => world.fetch(request));
  try {
    const address = 'https://soshik-staging.owner.workers.dev/webhook/twitter';
    await world.x.connect((request) => running.fetch(request), address);
    const [reader] = world.x.people.filter(({ language }) => language === 'ko');
    await world.x.say(reader?.id ?? '', '도움말');
    const answers = () =>
      world.x.conversation(reader?.id ?? '').filter(({ from }) => from === world.x.bot.id);
    await expect.poll(() => answers().length, { timeout: 60_000 }).toBe(1);
    expect(answers()[0]?.text).toContain('관심 레포 추가');
  } finally {
    await running.stop();
  }
}, 180_000);

describe('before anything is sent', () => {
  test.each([
    ['TWITTER_API_KYE=abc', 'TWITTER_API_KEY'],
    ['ADMIN_PASSWORD=short', '12'],
    ['ADMIN_PASSWORD=a-long-pass#word', '#'],
    ["ADMIN_PASSWORD='never closed", 'ADMIN_PASSWORD'],
    ['TELEGRAM_API_URL=api.telegram.org', 'https://...'],
    ['TOKEN_KEY=bm90IDMyIGJ5dGVz', '32'],
    ['CLOUDFLARE_ACCOUNT_ID=mine', 'CLOUDFLARE_ACCOUNT_ID'],
  ])('%s is refused with the reason', async (line, reason) => {
    writeFileSync(join(folder, '.prod.vars'), `${line}\n`);
    const { refused } = await run();
    expect(refused).toContain(reason);
    expect(refused).not.toContain('a-long-pass');
    expect(cloudflare.calls).toEqual([]);
  });

  test('an account has to be named where there are several', async () => {
    writeFileSync(join(folder, '.prod.vars'), '');
    cloudflare.accounts.push({ ...cloudflare.account, id: 'f'.repeat(32), name: 'other' });
    const { refused } = await run();
    cloudflare.accounts.pop();
    expect(refused).toContain('CLOUDFLARE_ACCOUNT_ID');
    expect(refused).toContain(cloudflare.account.id);
    expect(cloudflare.calls.filter(({ mutates }) => mutates)).toEqual([]);
  });

  test('an account without a workers.dev address, and a database of a version unknown here, stop it', async () => {
    const { account } = cloudflare;
    account.subdomain = null;
    expect((await run()).refused).toContain('workers.dev');
    account.subdomain = 'owner';
    const [database] = account.databases.values();
    database?.sql.exec(`INSERT INTO d1_migrations (name) VALUES ('9999_later.sql')`);
    expect((await run()).refused).toContain('9999_later.sql');
    expect(cloudflare.calls.filter(({ mutates }) => mutates)).toEqual([]);
  });
});
