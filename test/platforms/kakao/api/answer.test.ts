import { afterEach, describe, expect, test, vi } from 'vitest';
import { createKakaoClient } from '../../../../src/platforms/kakao/api/client.ts';
import { json, recorder } from '../../../recorder.ts';

const template = { object_type: 'text', text: '점심', link: {} } as const;

function sendThatGets(respond: () => Response | Promise<Response>) {
  const { runtime } = recorder(respond);
  const options = { runtime, apiUrl: 'https://kapi.example', accessToken: 'fake-token' };
  return createKakaoClient(options).sendToMe(template);
}

afterEach(() => {
  vi.useRealTimers();
});

describe('every error code that Kakao documents', () => {
  test.each([
    [-1, 400, 'retry', true],
    [-2, 400, 'invalid', false],
    [-3, 403, 'configuration', false],
    [-4, 403, 'stopped', false],
    [-5, 403, 'configuration', false],
    [-7, 400, 'retry', false],
    [-8, 400, 'invalid', false],
    [-9, 400, 'stopped', false],
    [-10, 400, 'quota', false],
    [-11, 400, 'quota', false],
    [-12, 403, 'stopped', false],
    [-101, 400, 'not-linked', false],
    [-102, 400, 'not-linked', false],
    [-103, 400, 'not-linked', false],
    [-401, 401, 'unauthorized', false],
    [-402, 403, 'consent', false],
    [-406, 401, 'unreachable', false],
    [-501, 400, 'unreachable', false],
    [-502, 400, 'not-a-friend', false],
    [-504, 400, 'invalid', false],
    [-530, 400, 'unreachable', false],
    [-531, 400, 'quota', false],
    [-532, 400, 'quota', false],
    [-533, 400, 'quota', false],
    [-536, 400, 'quota', false],
    [-602, 400, 'invalid', false],
    [-603, 400, 'retry', true],
    [-606, 400, 'invalid', false],
    [-903, 400, 'configuration', false],
    [-911, 400, 'invalid', false],
    [-9798, 503, 'retry', false],
  ] as const)('%i (HTTP %i) is %s', async (code, status, reason, mayHaveActed) => {
    const sent = await sendThatGets(() => json({ msg: 'fake words', code }, status));
    expect(sent).toMatchObject({
      ok: false,
      reason,
      code,
      status,
      detail: 'fake words',
      mayHaveActed,
    });
  });

  test.each([
    [-10, 'app'],
    [-11, 'app'],
    [-531, 'pair'],
    [-532, 'sender'],
    [-533, 'receiver'],
    [-536, 'pair'],
  ])('%i tells whose quota is used up: %s', async (code, quota) => {
    expect(await sendThatGets(() => json({ code }, 400))).toMatchObject({ quota });
  });

  test('the code decides, whatever the status', async () => {
    expect(await sendThatGets(() => json({ code: -401 }, 500))).toMatchObject({
      reason: 'unauthorized',
      mayHaveActed: false,
    });
    expect(await sendThatGets(() => json({ code: -532 }, 429))).toMatchObject({ reason: 'quota' });
  });
});

test('missing consent names the scopes to ask for, and nothing that is no scope', async () => {
  const scopes = ['talk_message', 'friends', 'a&prompt=none', 7];
  const body = { msg: 'insufficient scopes.', code: -402, required_scopes: scopes };
  expect(await sendThatGets(() => json(body, 403))).toMatchObject({
    reason: 'consent',
    requiredScopes: ['talk_message', 'friends'],
  });
  expect(await sendThatGets(() => json({ code: -402 }, 403))).toMatchObject({ requiredScopes: [] });
});

test('a caller address that is not on the list is a setting, not a dead token', async () => {
  const body = { msg: 'ip mismatched! callerIp=192.0.2.1. check out registered ips.', code: -401 };
  const sent = await sendThatGets(() => json(body, 401));
  expect(sent).toMatchObject({ reason: 'configuration', code: -401 });
});

describe('an answer without a known code', () => {
  test.each([
    [400, 'invalid', false],
    [401, 'unauthorized', false],
    [403, 'configuration', false],
    [404, 'invalid', false],
    [408, 'retry', true],
    [429, 'retry', false],
    [500, 'retry', true],
    [503, 'retry', true],
    [200, 'retry', true],
  ] as const)('HTTP %i is %s', async (status, reason, mayHaveActed) => {
    for (const body of ['{"msg":"?"}', '{"code":"-401"}', '{"code":-12345}']) {
      const sent = await sendThatGets(() => new Response(body, { status }));
      expect(sent).toMatchObject({ ok: false, reason, status, mayHaveActed });
    }
  });

  test.each([
    [301, false],
    [302, false],
    [400, false],
    [401, false],
    [403, false],
    [404, false],
    [410, false],
    [502, true],
    [200, true],
  ])(
    'HTTP %i that is no word of Kakao ends no message and no login',
    async (status, mayHaveActed) => {
      for (const body of ['<html>', '', 'null', '"no"']) {
        const sent = await sendThatGets(() => new Response(body, { status }));
        expect(sent).toMatchObject({ ok: false, reason: 'retry', status, mayHaveActed });
      }
    },
  );

  test('a message may have been sent when no answer came', async () => {
    const sent = await sendThatGets(() => Promise.reject(new Error('fake breakdown')));
    expect(sent).toMatchObject({ reason: 'retry', status: null, code: null, mayHaveActed: true });
  });

  test('ten seconds are waited for one', async () => {
    vi.useFakeTimers();
    const sending = sendThatGets(() => new Promise(() => undefined));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await sending).toMatchObject({ reason: 'retry', mayHaveActed: true });
  });

  test('a result code other than zero is no success', async () => {
    expect(await sendThatGets(() => json({ result_code: 1 }))).toMatchObject({ reason: 'retry' });
  });
});

test.each([
  ['30', 30_000],
  ['9999999', 3_600_000],
])('waiting for %s seconds is passed on, a day at most', async (seconds, retryAfterMs) => {
  const respond = () => json({ code: -7 }, 400, { 'retry-after': seconds });
  expect(await sendThatGets(respond)).toMatchObject({ retryAfterMs });
});

test('words of Kakao are cut to 300 characters', async () => {
  const sent = await sendThatGets(() => json({ code: -2, msg: '가'.repeat(5000) }, 400));
  expect(sent.ok ? '' : sent.detail).toHaveLength(300);
});
