import { describe, expect, test } from 'vitest';
import { type BoundClient, clientOf } from './bound.ts';
import { API_URL, json, recorder } from './recorder.ts';

const URL_200 = `https://soshik.example/${'a'.repeat(177)}`;
const webhook = {
  id: '146',
  url: 'https://soshik.example/webhook/twitter',
  valid: true,
  created_at: '2026-11-22T03:00:00.000Z',
};
const read = {
  id: '146',
  url: 'https://soshik.example/webhook/twitter',
  valid: true,
};
const range = {
  fromAt: Date.UTC(2026, 10, 21, 3, 4, 59, 999),
  toAt: Date.UTC(2026, 10, 21, 23, 5),
};

function appThatGets(respond: () => Response | Promise<Response>) {
  const { runtime, sent } = recorder(respond);
  return {
    app: clientOf({ runtime, apiUrl: API_URL, credentials: { accessToken: 'fake-bearer' } }),
    sent,
  };
}

function empty(status: number): Response {
  return new Response(null, { status });
}

describe('calls', () => {
  test.each<[string, (app: BoundClient) => Promise<unknown>, string, unknown, unknown, unknown]>([
    [
      'registering',
      (app) => app.registerWebhook(webhook.url),
      'POST /2/webhooks',
      { url: webhook.url },
      { data: webhook },
      read,
    ],
    [
      'registering the longest address, which X could not check yet',
      (app) => app.registerWebhook(URL_200),
      'POST /2/webhooks',
      { url: URL_200 },
      { data: { id: '1', url: URL_200, created_at: 'today' } },
      { id: '1', url: URL_200, valid: false },
    ],
    [
      'listing',
      (app) => app.listWebhooks(),
      'GET /2/webhooks?webhook_config.fields=id,url,valid',
      null,
      { data: [webhook, { ...webhook, id: '2', valid: false }], meta: { result_count: 2 } },
      [read, { ...read, id: '2', valid: false }],
    ],
    [
      'listing none',
      (app) => app.listWebhooks(),
      'GET /2/webhooks?webhook_config.fields=id,url,valid',
      null,
      { meta: { result_count: 0 } },
      [],
    ],
    [
      'a check that X tells the outcome of',
      (app) => app.revalidateWebhook('146'),
      'PUT /2/webhooks/146',
      null,
      { data: { valid: false } },
      { valid: false },
    ],
    [
      'a check that X only says it has tried',
      (app) => app.revalidateWebhook('146'),
      'PUT /2/webhooks/146',
      null,
      { data: { attempted: true } },
      { valid: null },
    ],
    [
      'removing',
      (app) => app.removeWebhook('146'),
      'DELETE /2/webhooks/146',
      null,
      { data: { deleted: true } },
      { deleted: true },
    ],
    [
      'a replay',
      (app) => app.replayWebhook('146', range),
      'POST /2/webhooks/replay',
      { webhook_id: '146', from_date: '202611210304', to_date: '202611212305' },
      { data: { job_id: '9', created_at: '2026-11-22T03:00:00Z' } },
      { jobId: '9' },
    ],
  ])('%s is one exact request', async (_name, act, line, body, answer, value) => {
    const { app, sent } = appThatGets(() => json(answer));
    expect(await act(app)).toEqual({ ok: true, value });
    expect(sent).toHaveLength(1);
    const { method, url, headers, text } = sent[0] ?? expect.unreachable();
    expect(`${method} ${url}`).toBe(line.replace(' ', ` ${API_URL}`));
    expect(text === '' ? null : JSON.parse(text)).toEqual(body);
    expect(headers['authorization']).toBe('Bearer fake-bearer');
  });

  test('204 without words is a removal, and a check whose outcome has to be looked up', async () => {
    const { app } = appThatGets(() => empty(204));
    expect(await app.removeWebhook('1')).toEqual({ ok: true, value: { deleted: true } });
    expect(await app.revalidateWebhook('1')).toEqual({ ok: true, value: { valid: null } });
    expect(await app.registerWebhook(webhook.url)).toMatchObject({ ok: false, mayHaveActed: true });
  });
});

const invalid = (message: string) => ({
  errors: [{ message }],
  title: 'Invalid Request',
  detail: 'One or more parameters to your request was invalid.',
  type: 'https://api.twitter.com/2/problems/invalid-request',
});

const acts = {
  register: (app: BoundClient) => app.registerWebhook(webhook.url),
  list: (app: BoundClient) => app.listWebhooks(),
  revalidate: (app: BoundClient) => app.revalidateWebhook('146'),
  remove: (app: BoundClient) => app.removeWebhook('146'),
  replay: (app: BoundClient) => app.replayWebhook('146', range),
} as const;

describe('what a failure means', () => {
  test.each<[keyof typeof acts, number, unknown, string]>([
    ['register', 400, invalid('CrcValidationFailed: wrong token'), 'crc-failed'],
    ['register', 400, invalid('UrlValidationFailed: has a port'), 'url-invalid'],
    ['register', 400, invalid('DuplicateUrlFailed: is there'), 'duplicate'],
    ['register', 400, invalid('WebhookLimitExceeded: 1 of 1'), 'limit'],
    ['register', 403, { detail: 'webhooklimitexceeded' }, 'limit'],
    ['register', 400, { a: [{ reason: 'CrcValidationFailed' }] }, 'crc-failed'],
    ['register', 400, 'CrcValidationFailed', 'crc-failed'],
    ['register', 409, { title: 'Conflict' }, 'duplicate'],
    ['register', 409, invalid('one is there'), 'duplicate'],
    ['register', 200, { errors: [{ message: 'DuplicateUrlFailed' }] }, 'duplicate'],
    ['register', 400, invalid('Something else'), 'invalid'],
    ['register', 401, invalid('CrcValidationFailed'), 'unauthorized'],
    ['register', 402, '', 'credits-depleted'],
    ['register', 403, { title: 'Forbidden' }, 'forbidden'],
    ['register', 404, { title: 'Not Found' }, 'invalid'],
    ['register', 429, invalid('WebhookLimitExceeded'), 'retry'],
    ['register', 503, invalid('CrcValidationFailed'), 'retry'],
    ['register', 200, '<html>', 'retry'],
    ['list', 200, {}, 'retry'],
    ['list', 200, { data: [{ id: 'x' }] }, 'retry'],
    ['revalidate', 400, invalid('WebhookIdInvalid: 146'), 'not-found'],
    ['revalidate', 400, invalid('CrcValidationFailed: timeout'), 'crc-failed'],
    ['revalidate', 404, '', 'not-found'],
    ['remove', 404, { type: 'https://api.x.com/2/problems/resource-not-found' }, 'not-found'],
    ['replay', 409, invalid('ReplayConflictError: running'), 'replay-running'],
    ['replay', 400, invalid('QueryParamInvalid: from_date'), 'invalid'],
    ['replay', 400, invalid('WebhookIdInvalid'), 'not-found'],
    ['replay', 400, invalid('CrcValidationFailed'), 'crc-failed'],
  ])('%s, %i %j: %s', async (name, status, body, reason) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const { app } = appThatGets(() => new Response(text, { status }));
    expect(await acts[name](app)).toMatchObject({ ok: false, reason, status });
  });

  test('a reason behind 300 characters is found all the same', async () => {
    const detail = `${'a'.repeat(500)} CrcValidationFailed`;
    const { app } = appThatGets(() => json({ detail }, 400));
    expect(await app.registerWebhook(webhook.url)).toMatchObject({ reason: 'crc-failed' });
  });
});

test.each<[string, (app: BoundClient) => Promise<unknown>, string]>([
  ['no address', (app) => app.registerWebhook('soshik'), 'url-invalid'],
  ['201 characters', (app) => app.registerWebhook(`${URL_200}a`), 'url-invalid'],
  ['a path for an id', (app) => app.revalidateWebhook('../1'), 'invalid'],
  ['the removal of nothing', (app) => app.removeWebhook(''), 'invalid'],
  ['a replay of no webhook', (app) => app.replayWebhook('a', range), 'invalid'],
  [
    'a replay backwards',
    (app) => app.replayWebhook('1', { fromAt: range.toAt, toAt: range.fromAt }),
    'invalid',
  ],
  [
    'a replay within one minute',
    (app) => app.replayWebhook('1', { fromAt: range.toAt, toAt: range.toAt + 59_999 }),
    'invalid',
  ],
  [
    'a replay from no time',
    (app) => app.replayWebhook('1', { fromAt: Number.NaN, toAt: range.toAt }),
    'invalid',
  ],
  [
    'a replay before our era',
    (app) => app.replayWebhook('1', { fromAt: -8e15, toAt: range.toAt }),
    'invalid',
  ],
])('%s is refused before anything is sent', async (_name, act, reason) => {
  const { app, sent } = appThatGets(() => json({}));
  expect(await act(app)).toMatchObject({ ok: false, reason, status: null, mayHaveActed: false });
  expect(sent).toEqual([]);
});
