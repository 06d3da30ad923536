import { beforeEach, describe, expect, test } from 'vitest';
import { HOUR_MS } from '../../src/lib/time.ts';
import { sandboxSecrets } from '../sandbox/secrets.ts';
import { shownText } from '../sandbox/slack/message.ts';
import { createHarness, type Harness, START } from './harness.ts';

const HALF_HOUR = HOUR_MS / 2;

let harness: Harness;
let repository: ReturnType<Harness['world']['github']['addRepository']>;
let tick: number;

beforeEach(async () => {
  harness = await createHarness();
  repository = harness.world.github.addRepository({ owner: 'hana', name: 'garden' });
  harness.world.github.addRepository({ owner: 'hana', name: 'shed' });
  tick = START;
});

async function call(path: string, values: Readonly<Record<string, string>>) {
  const response = await harness.fetch(
    new Request(`https://soshik.example${path}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${sandboxSecrets.API_KEY}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify(values),
    }),
  );
  return { status: response.status, text: await response.text() };
}

const apps = {
  discord: () => {
    const [hook] = harness.world.discord.hooks;
    if (!hook) throw new Error('no webhook');
    return {
      url: hook.url,
      said: () =>
        hook.messages.map(({ content = '', embeds = [] }) =>
          [content, ...embeds.flatMap(({ title, description }) => [title, description])].join('\n'),
        ),
      rest: (ms: number) => {
        hook.quietUntil = harness.world.clock.now() + ms;
      },
      remove: () => {
        hook.isDeleted = true;
      },
      host: 'discord.com',
    };
  },
  slack: () => {
    const [hook] = harness.world.slack.hooks;
    if (!hook) throw new Error('no webhook');
    return {
      url: hook.url,
      said: () => hook.messages.map(shownText),
      rest: (ms: number) => {
        hook.quietUntil = harness.world.clock.now() + ms;
      },
      remove: () => {
        hook.state = 'removed';
      },
      host: 'hooks.slack.com',
    };
  },
} as const;

const garden = { fav_repository: 'hana/garden', nick_name: '정원', branch: 'main' };
type App = keyof typeof apps;

function register(type: App, changes: Readonly<Record<string, string>> = {}) {
  return call('/api/', { id: apps[type]().url, type, ...garden, ...changes });
}

function codeIn(type: App): string {
  return /\d{6}/.exec(apps[type]().said().join('\n'))?.[0] ?? '';
}

async function poll(): Promise<void> {
  tick += HALF_HOUR;
  await harness.cron(tick);
  await harness.settle(tick + HALF_HOUR - 1);
}

function callsTo(host: string): number {
  return harness.world.requests.filter(({ url }) => new URL(url).host === host).length;
}

async function prove(type: App) {
  expect(await register(type)).toMatchObject({ status: 200 });
  const code = codeIn(type);
  return call('/api/proof/', { id: apps[type]().url, type, code });
}

describe.each(['discord', 'slack'] as const)('a channel of %s', (type) => {
  test('is told what is pushed after its proof, and nothing of before', async () => {
    expect((await register(type)).status).toBe(200);
    harness.world.github.push('hana/garden', 'main', [{ message: 'before the proof' }]);
    await poll();
    const code = codeIn(type);
    expect((await call('/api/proof/', { id: apps[type]().url, type, code })).status).toBe(200);
    await poll();
    expect(apps[type]().said()).toHaveLength(1);
    harness.world.github.push('hana/garden', 'main', [{ message: 'Plant tulips @everyone' }]);
    await poll();
    expect(apps[type]().said().at(-1)).toContain('Plant tulips');
    expect(apps[type]().said().at(-1)).toContain('정원');
    expect(apps[type]().said().join('\n')).not.toContain('before the proof');
  });

  test('is told nothing for a wrong code', async () => {
    await register(type);
    const code = codeIn(type) === '000000' ? '111111' : '000000';
    const wrong = await call('/api/proof/', { id: apps[type]().url, type, code });
    expect(wrong.status).toBe(400);
    harness.world.github.push('hana/garden', 'main', [{ message: 'secret' }]);
    await poll();
    expect(apps[type]().said()).toHaveLength(1);
  });

  test('needs no proof for its next repository, nor with another spelling', async () => {
    expect((await prove(type)).status).toBe(200);
    const again = await register(type, { fav_repository: 'hana/shed', nick_name: '창고' });
    expect(again.status).toBe(200);
    expect(apps[type]().said()).toHaveLength(1);
    harness.world.github.push('hana/shed', 'main', [{ message: 'Fix the roof' }]);
    await poll();
    expect(apps[type]().said().at(-1)).toContain('Fix the roof');
  });

  test('gets no more messages than one for one code, however often it is asked', async () => {
    for (let count = 0; count < 5; count += 1) await register(type);
    expect(apps[type]().said()).toHaveLength(1);
  });

  test('is left alone until its time is over, and then told', async () => {
    await prove(type);
    apps[type]().rest(3 * HOUR_MS);
    harness.world.github.push('hana/garden', 'main', [{ message: 'One' }]);
    await poll();
    const calls = callsTo(apps[type]().host);
    harness.world.github.push('hana/garden', 'main', [{ message: 'Two' }]);
    await poll();
    await poll();
    expect(callsTo(apps[type]().host)).toBe(calls);
    for (let count = 0; count < 8; count += 1) await poll();
    const said = apps[type]().said().join('\n');
    expect(said).toContain('One');
    expect(said).toContain('Two');
  });

  test('that was deleted is called once more and never again', async () => {
    await prove(type);
    apps[type]().remove();
    harness.world.github.push('hana/garden', 'main', [{ message: 'One' }]);
    await poll();
    const calls = callsTo(apps[type]().host);
    harness.world.github.push('hana/garden', 'main', [{ message: 'Two' }]);
    await poll();
    await poll();
    expect(callsTo(apps[type]().host)).toBe(calls);
    expect((await register(type)).status).toBe(404);
    expect(callsTo(apps[type]().host)).toBe(calls);
  });

  test('is asked nothing when the repository does not exist', async () => {
    const missing = await register(type, { fav_repository: 'hana/nowhere' });
    expect(missing.status).toBe(404);
    expect(apps[type]().said()).toEqual([]);
  });

  test('keeps its address a secret, in answers and in the store', async () => {
    const secret = apps[type]().url.split('/').at(-1) ?? '';
    const answers = [await register(type), await register(type, { branch: 'nowhere' })];
    const wrong = await call('/api/', { id: `${apps[type]().url}/x`, type, ...garden });
    expect(wrong.status).toBe(400);
    expect(JSON.stringify([...answers, wrong])).not.toContain(secret);
    await prove(type);
    harness.world.github.push('hana/garden', 'main', [{ message: 'One' }]);
    await poll();
    for (const table of ['people', 'hooks', 'deliveries', 'owner_news']) {
      const { results } = await harness.env.DB.prepare(`SELECT * FROM ${table}`).all();
      expect(JSON.stringify(results)).not.toContain(secret);
    }
  });
});

test('an address elsewhere is refused, whatever it looks like', async () => {
  const { url } = apps.discord();
  for (const id of [url.replace('discord.com', 'discord.evil.example'), 'https://example.com/']) {
    expect((await call('/api/', { id, type: 'discord', ...garden })).status).toBe(400);
    expect((await call('/api/', { id, type: 'slack', ...garden })).status).toBe(400);
  }
  expect(repository.name).toBe('garden');
});

test('releases are told where they were asked for', async () => {
  await register('discord', { options: '모두' });
  const { url } = apps.discord();
  await call('/api/proof/', { id: url, type: 'discord', code: codeIn('discord') });
  await poll();
  harness.world.github.release('hana/garden', { tag: 'v1.0.0' });
  await poll();
  expect(apps.discord().said().at(-1)).toContain('v1.0.0');
});

test('the description of the API has the call that takes the code', async () => {
  const response = await harness.fetch(new Request('https://soshik.example/api/openapi.json'));
  expect(JSON.stringify(await response.json())).toContain('"code"');
});
