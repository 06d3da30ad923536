import { beforeEach, describe, expect, test } from 'vitest';
import type { Notice } from '../../../src/bot/notice/notice.ts';
import type { Runtime } from '../../../src/lib/runtime.ts';
import { createSlackHook } from '../../../src/platforms/slack/platform.ts';
import { createClock, type SandboxClock } from '../../sandbox/clock.ts';
import { shownText } from '../../sandbox/slack/message.ts';
import { createSlack, type SlackSandbox } from '../../sandbox/slack/sandbox.ts';
import { commitsNotice } from '../notices.ts';

let clock: SandboxClock;
let slack: SlackSandbox;
let fetch: Runtime['fetch'];
let calls: Request[];

beforeEach(() => {
  clock = createClock(Date.UTC(2026, 10, 29), false);
  const made = createSlack(clock);
  slack = made.sandbox;
  calls = [];
  fetch = (request) => {
    calls.push(request.clone());
    return made.handle(request);
  };
});

function hook() {
  return createSlackHook({
    runtime: { now: () => clock.now(), fetch: (request) => fetch(request) },
    apiUrl: 'https://hooks.slack.com',
    contact: 'https://soshik.example',
    timeZone: 'Asia/Seoul',
  });
}

function first() {
  const [place] = slack.hooks;
  if (!place) throw new Error('no webhook');
  return place;
}

const hello: Notice = {
  kind: 'text',
  language: 'ko',
  text: '안녕하세요 <!channel> & 모두',
  suggestions: [],
  links: [{ label: '열기', url: 'https://soshik.example/a?b=1&c=2' }],
};

describe('news on Slack', () => {
  test('a commit shows its words in plain text and its page as a link', async () => {
    const notice = commitsNotice({ message: 'Fix <!channel> *bold* & more' });
    expect(await hook().say(first().url, notice)).toMatchObject({ kind: 'sent' });
    const [message] = first().messages;
    expect(message?.blocks?.[0]).toMatchObject({ type: 'header' });
    const section = message?.blocks?.find(({ text }) => text?.text.includes('*bold*'));
    expect(section?.text?.type).toBe('plain_text');
    expect(shownText(message ?? {})).toContain('<https://github.com/honojs/hono/commit/abc|');
    expect(message?.text).not.toContain('<!channel>');
  });

  test('words with a page keep their signs, and wake nobody', async () => {
    await hook().say(first().url, hello);
    const [message] = first().messages;
    expect(message?.text).toBe('안녕하세요 &lt;!channel&gt; &amp; 모두');
    expect(shownText(message ?? {})).toContain('<https://soshik.example/a?b=1&amp;c=2|열기>');
  });

  test('the longest news there is fits', async () => {
    const commit = commitsNotice({ message: '가'.repeat(400), count: 5 });
    if (commit.kind !== 'commits') throw new Error('no commits');
    const entries = Array.from({ length: 60 }, () => commit);
    const digest: Notice = { kind: 'digest', language: 'ko', entries };
    expect(await hook().say(first().url, digest)).toMatchObject({ kind: 'sent' });
  });

  test('every call says who calls', async () => {
    await hook().say(first().url, hello);
    expect(calls[0]?.headers.get('user-agent')).toMatch(/^soshik\//);
  });
});

describe('what Slack answers', () => {
  test('too many messages are waited for as long as it says', async () => {
    first().quietUntil = clock.now() + 2 * 3_600_000;
    expect(await hook().say(first().url, hello)).toMatchObject({
      kind: 'wait',
      afterMs: 2 * 3_600_000,
    });
  });

  test('a removed webhook and an archived channel are gone', async () => {
    first().state = 'removed';
    expect(await hook().say(first().url, hello)).toMatchObject({ kind: 'gone' });
    first().state = 'archived';
    expect(await hook().say(first().url, hello)).toMatchObject({ kind: 'gone' });
  });

  test.each([
    [403, 'action_prohibited', 'gone'],
    [400, 'user_not_found', 'gone'],
    [403, 'invalid_token', 'gone'],
    [400, 'invalid_payload', 'refused'],
    [400, 'no_text', 'refused'],
    [500, 'rollup_error', 'retry'],
    [503, '<html>down</html>', 'retry'],
    [404, 'no_service', 'gone'],
    [404, '<html>not found</html>', 'retry'],
    [302, '', 'retry'],
    [400, '<html>bad request</html>', 'retry'],
    [200, '<html>log in</html>', 'retry'],
    [200, 'ok', 'sent'],
  ])('HTTP %i with %s means %s', async (status, body, kind) => {
    fetch = async () => new Response(body, { status });
    expect((await hook().say(first().url, hello)).kind).toBe(kind);
  });
});
