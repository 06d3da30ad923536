import { beforeEach, describe, expect, test } from 'vitest';
import type { Notice } from '../../../src/bot/notice/notice.ts';
import type { Runtime } from '../../../src/lib/runtime.ts';
import { createDiscordHook } from '../../../src/platforms/discord/platform.ts';
import { createClock, type SandboxClock } from '../../sandbox/clock.ts';
import { createDiscord, type DiscordSandbox } from '../../sandbox/discord/sandbox.ts';
import { commitsNotice } from '../notices.ts';

let clock: SandboxClock;
let discord: DiscordSandbox;
let fetch: Runtime['fetch'];
let calls: Request[];

beforeEach(() => {
  clock = createClock(Date.UTC(2026, 10, 29), false);
  const made = createDiscord(clock);
  discord = made.sandbox;
  calls = [];
  fetch = (request) => {
    calls.push(request.clone());
    return made.handle(request);
  };
});

function hook(options: Partial<Parameters<typeof createDiscordHook>[0]> = {}) {
  return createDiscordHook({
    runtime: { now: () => clock.now(), fetch: (request) => fetch(request) },
    apiUrl: 'https://discord.com',
    homeUrl: 'https://soshik.example',
    timeZone: 'Asia/Seoul',
    ...options,
  });
}

function first() {
  const [place] = discord.hooks;
  if (!place) throw new Error('no webhook');
  return place;
}

const hello: Notice = {
  kind: 'text',
  language: 'ko',
  text: '안녕하세요 @everyone',
  suggestions: [],
  links: [],
};

describe('news on Discord', () => {
  test('a commit is an embed with its page, and pings nobody', async () => {
    const notice = commitsNotice({ message: 'Fix @everyone [x](http://evil.example) **bold**' });
    expect(await hook().say(first().url, notice)).toMatchObject({ kind: 'sent' });
    const [message] = first().messages;
    expect(message?.pings).toBe(false);
    expect(message?.allowed_mentions).toEqual({ parse: [] });
    const [embed] = message?.embeds ?? [];
    expect(embed?.title).toContain('새 커밋 1개');
    expect(embed?.url).toBe('https://github.com/honojs/hono/commit/abc');
    expect(embed?.description).toContain('\\*\\*bold\\*\\*');
    expect(embed?.description).not.toContain('](http://evil');
  });

  test('the longest news there is fits', async () => {
    const notice = commitsNotice({ message: '*'.repeat(400), count: 5, nickname: '['.repeat(60) });
    expect(await hook().say(first().url, notice)).toMatchObject({ kind: 'sent' });
  });

  test('every call says who calls, and waits until Discord has kept the message', async () => {
    await hook().say(first().url, hello);
    expect(calls[0]?.headers.get('user-agent')).toMatch(/^DiscordBot \(https:\/\/soshik/);
    expect(calls[0]?.url).toContain('wait=true');
  });
});

describe('what Discord answers', () => {
  test('too many messages are waited for as long as it says', async () => {
    first().quietUntil = clock.now() + 90 * 60_000;
    expect(await hook().say(first().url, hello)).toMatchObject({
      kind: 'wait',
      afterMs: 90 * 60_000,
    });
  });

  test('a deleted webhook, and one with another token, are gone', async () => {
    expect(await hook().say(`${first().url}x`, hello)).toMatchObject({ kind: 'gone' });
    first().isDeleted = true;
    expect(await hook().say(first().url, hello)).toMatchObject({ kind: 'gone' });
  });

  test.each([
    [500, '{}', 'retry'],
    [403, '<html>blocked</html>', 'retry'],
    [403, '{"code":40333}', 'wait'],
    [403, '{"code":50013}', 'refused'],
    [400, '{"code":50035}', 'refused'],
    [400, '{"code":220001}', 'gone'],
    [404, '{"message":"Unknown Webhook","code":10015}', 'gone'],
    [404, '<html>not found</html>', 'retry'],
    [410, 'gone', 'retry'],
    [302, '', 'retry'],
    [401, '', 'retry'],
    [200, '<html>log in</html>', 'retry'],
    [429, '<html>slow</html>', 'wait'],
    [204, '', 'sent'],
  ])('HTTP %i with %s means %s', async (status, body, kind) => {
    fetch = async () => new Response(status === 204 ? null : body, { status });
    expect((await hook().say(first().url, hello)).kind).toBe(kind);
  });

  test('no answer may mean that it arrived', async () => {
    fetch = async () => {
      throw new TypeError('network');
    };
    expect(await hook().say(first().url, hello)).toMatchObject({ kind: 'retry', uncertain: true });
  });
});
