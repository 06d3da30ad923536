import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, test } from 'vitest';
import { createHookChannel } from '../../../src/bot/hooks/channel.ts';
import { askForProof, proveHook, sealAnew } from '../../../src/bot/hooks/proof.ts';
import type { HookAddress, HookContext, HookPlatform } from '../../../src/bot/hooks/types.ts';
import type { Notice } from '../../../src/bot/notice/notice.ts';
import type { Outcome } from '../../../src/bot/outbox/channel.ts';
import { forgetHooks, readHook, readHooks } from '../../../src/store/hooks.ts';
import { createSealer } from '../../../src/store/sealed.ts';
import { emptyStorage } from '../../emptyStorage.ts';
import { fakeKey } from '../../store/keys.ts';

const address: HookAddress = { name: '123', secret: 'https://place.example/123/secret' };
const hello: Notice = { kind: 'text', language: 'ko', text: '소식', suggestions: [], links: [] };

let now: number;
let said: { readonly secret: string; readonly text: string }[];
let outcome: Outcome;

const runtime = {
  now: () => now,
  randomBytes: (length: number) => crypto.getRandomValues(new Uint8Array(length)),
  fetch: async () => new Response(),
};
function withKeys(keys: string): HookContext {
  return {
    runtime,
    db: env.DB,
    sealer: async () => {
      const made = await createSealer(runtime, keys);
      return made.ok ? made.value : null;
    },
  };
}
const ctx = withKeys(fakeKey(1));
const platform: HookPlatform = {
  id: 'place',
  name: 'Place',
  read: () => address,
  say: async (secret, notice) => {
    said.push({ secret, text: notice.kind === 'text' ? notice.text : notice.kind });
    return outcome;
  },
};

beforeEach(async () => {
  await emptyStorage();
  now = Date.UTC(2026, 10, 29);
  said = [];
  outcome = { kind: 'sent', externalId: null, note: null };
});

function ask(wish: unknown = { repository: 'honojs/hono' }) {
  return askForProof(ctx, platform, { address, wish, language: 'ko', link: null });
}

function codeOf(index: number): string {
  return /\d{6}/.exec(said[index]?.text ?? '')?.[0] ?? '';
}

async function key(): Promise<string> {
  const [hook] = await readHooks(env.DB, 'place', 1);
  return hook?.address ?? '';
}

function message(to: string) {
  return {
    id: 'a',
    account: '',
    address: to,
    notice: hello,
    replyTo: null,
    uncertain: false,
    picture: async () => null,
  };
}

describe('an address that nobody has proved', () => {
  test('gets one message with a code, and nothing of its secret is stored in the clear', async () => {
    expect(await ask()).toEqual({ kind: 'sent' });
    expect(said).toHaveLength(1);
    expect(said[0]?.secret).toBe(address.secret);
    const rows = await env.DB.prepare('SELECT * FROM hooks').all();
    expect(JSON.stringify(rows.results)).not.toContain('secret');
    expect(JSON.stringify(rows.results)).not.toContain(codeOf(0));
  });

  test('gets no second message while a code is open, and keeps both wishes', async () => {
    await ask('one');
    expect(await ask('two')).toEqual({ kind: 'open' });
    expect(await ask('two')).toEqual({ kind: 'open' });
    expect(said).toHaveLength(1);
    expect(await proveHook(ctx, platform, address, codeOf(0))).toMatchObject({
      kind: 'proved',
      wishes: ['one', 'two'],
    });
  });

  test('gets three messages at most', async () => {
    for (let day = 0; day < 6; day += 1) {
      await ask();
      now += 24 * 3_600_000;
    }
    expect(said).toHaveLength(3);
    expect(await ask()).toEqual({ kind: 'too-many' });
  });

  test('is told nothing else', async () => {
    await ask();
    expect(await createHookChannel(ctx, platform).send(message(await key()))).toMatchObject({
      kind: 'refused',
    });
    expect(said).toHaveLength(1);
  });

  test('is not asked without a key to keep its secret with', async () => {
    const without = { ...ctx, sealer: async () => null };
    const asked = { address, wish: 1, language: 'ko', link: null } as const;
    expect(await askForProof(without, platform, asked)).toEqual({ kind: 'off' });
    expect(said).toHaveLength(0);
  });
});

describe('a code', () => {
  test('proves the address once, with the wishes, and later without', async () => {
    await ask('one');
    const told = codeOf(0);
    expect(
      await proveHook(ctx, platform, address, ` ${told.slice(0, 3)} ${told.slice(3)}`),
    ).toEqual({ kind: 'proved', address: await key(), wishes: ['one'] });
    expect(await proveHook(ctx, platform, address, told)).toMatchObject({ wishes: [] });
    expect(await ask('two')).toMatchObject({ kind: 'proved' });
    expect(said).toHaveLength(1);
  });

  test('that is wrong five times is over, the right one too', async () => {
    await ask();
    const right = codeOf(0);
    const wrong = right === '000000' ? '000001' : '000000';
    for (let count = 0; count < 5; count += 1) {
      expect(await proveHook(ctx, platform, address, wrong)).toEqual({ kind: 'wrong' });
    }
    expect(await proveHook(ctx, platform, address, right)).toEqual({ kind: 'over' });
  });

  test('is over after a day', async () => {
    await ask();
    now += 24 * 3_600_000;
    expect(await proveHook(ctx, platform, address, codeOf(0))).toEqual({ kind: 'over' });
  });

  test('for an address that nobody asked is unknown', async () => {
    const other = { name: '9', secret: 'https://place.example/9/x' };
    expect(await proveHook(ctx, platform, other, '123456')).toEqual({ kind: 'unknown' });
  });
});

async function proved() {
  await ask();
  await proveHook(ctx, platform, address, codeOf(0));
  return createHookChannel(ctx, platform);
}

describe('an address that was proved', () => {
  test('is told news at its secret address', async () => {
    const channel = await proved();
    expect(await channel.send(message(await key()))).toMatchObject({ kind: 'sent' });
    expect(said.at(-1)).toEqual({ secret: address.secret, text: '소식' });
  });

  test('is left alone by everybody while it has to wait', async () => {
    const channel = await proved();
    outcome = { kind: 'wait', scope: 'address', afterMs: 2 * 3_600_000, note: 'HTTP 429' };
    expect(await channel.send(message(await key()))).toMatchObject({ kind: 'wait' });
    const calls = said.length;
    now += 3_600_000;
    const another = createHookChannel(ctx, platform);
    expect(await another.send(message(await key()))).toMatchObject({
      kind: 'wait',
      afterMs: 3_600_000,
    });
    expect(said).toHaveLength(calls);
    now += 3_600_001;
    outcome = { kind: 'sent', externalId: null, note: null };
    expect(await another.send(message(await key()))).toMatchObject({ kind: 'sent' });
  });

  test('that is gone is called once, never again, and asked for no proof', async () => {
    const channel = await proved();
    outcome = { kind: 'gone', note: 'HTTP 404' };
    const ended = await channel.send(message(await key()));
    await ended.afterwards?.();
    const calls = said.length;
    expect(await channel.send(message(await key()))).toMatchObject({ kind: 'gone' });
    expect(await ask()).toEqual({ kind: 'gone' });
    expect(said).toHaveLength(calls);
  });

  test('stays, while those that were never proved are forgotten', async () => {
    await proved();
    const other = { name: '9', secret: 'https://place.example/9/x' };
    await askForProof(ctx, platform, { address: other, wish: 1, language: 'ko', link: null });
    expect(await forgetHooks(env.DB, 'place', now + 1)).toBe(1);
    expect(await readHook(env.DB, 'place', await key())).not.toBeNull();
  });

  test('is told on after TOKEN_KEY was changed, once upkeep has sealed it anew', async () => {
    await proved();
    const changing = withKeys(`${fakeKey(2)},${fakeKey(1)}`);
    const changed = withKeys(fakeKey(2));
    const tell = async (context: HookContext) =>
      createHookChannel(context, platform).send(message(await key()));
    expect(await tell(changed)).toMatchObject({ kind: 'sender', note: 'TOKEN_KEY' });
    await sealAnew(changing, 'place');
    expect(await tell(changed)).toMatchObject({ kind: 'sent' });
    const sealed = (await readHook(env.DB, 'place', await key()))?.sealed;
    await sealAnew(changing, 'place');
    expect((await readHook(env.DB, 'place', await key()))?.sealed).toBe(sealed);
  });
});
