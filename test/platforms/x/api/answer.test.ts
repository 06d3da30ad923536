import * as fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { utf8 } from '../../../../src/lib/encoding.ts';
import type { Answer, NoAnswer } from '../../../../src/lib/outbound.ts';
import { readAnswer } from '../../../../src/platforms/x/api/answer.ts';
import {
  readProblem,
  type SenderProblem,
  type TwitterFailureReason,
} from '../../../../src/platforms/x/api/problem.ts';

const NOW_MS = Date.UTC(2026, 10, 22, 3);
const NOW_SECONDS = NOW_MS / 1000;
const schema = v.object({ data: v.object({ id: v.string() }) });
const PROBLEMS = 'https://api.twitter.com/2/problems';

function answer(status: number, body: unknown, headers: Record<string, string> = {}): Answer {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { status, headers: new Headers(headers), bytes: utf8(text) };
}

function read(status: number, body: unknown, headers?: Record<string, string>) {
  return readAnswer(schema, answer(status, body, headers), NOW_MS);
}

function failureOf(status: number, body: unknown, headers?: Record<string, string>) {
  const result = read(status, body, headers);
  if (result.ok) throw new Error('expected a failure');
  return result;
}

function windowHeaders(
  prefix: string,
  remaining: number,
  inSeconds: number,
): Record<string, string> {
  return {
    [`${prefix}-limit`]: '100',
    [`${prefix}-remaining`]: String(remaining),
    [`${prefix}-reset`]: String(NOW_SECONDS + inSeconds),
  };
}

const DM_REFUSED = 'You do not have permission to DM one or more participants.';
const DUPLICATE = 'You are not allowed to create a Tweet with duplicate content.';

describe('what an answer of X means', () => {
  test.each<[string, number, unknown, TwitterFailureReason, string]>([
    [
      'invalid request with its message first',
      400,
      {
        errors: [{ message: 'CrcValidationFailed: token' }],
        title: 'Invalid Request',
        detail: 'One or more parameters to your request was invalid.',
        type: `${PROBLEMS}/invalid-request`,
      },
      'invalid',
      'CrcValidationFailed: token',
    ],
    [
      'v2 unauthorized',
      401,
      { title: 'Unauthorized', type: 'about:blank', status: 401, detail: 'Unauthorized' },
      'unauthorized',
      'Unauthorized',
    ],
    [
      'v1.1 code 32',
      401,
      { errors: [{ code: 32, message: 'Could not authenticate you.' }] },
      'unauthorized',
      'Could not authenticate you.',
    ],
    [
      'v1.1 code 89 under 403',
      403,
      { errors: [{ code: 89, message: 'Invalid or expired token.' }] },
      'unauthorized',
      'Invalid or expired token.',
    ],
    [
      'v1.1 code 99',
      403,
      {
        errors: [
          {
            code: 99,
            label: 'authenticity_token_error',
            message: 'Unable to verify your credentials',
          },
        ],
      },
      'unauthorized',
      'Unable to verify your credentials',
    ],
    [
      'unsupported authentication',
      403,
      { title: 'Unsupported Authentication', type: `${PROBLEMS}/unsupported-authentication` },
      'unauthorized',
      'Unsupported Authentication',
    ],
    [
      'v1.1 code 220',
      403,
      { errors: [{ code: 220, message: 'Your credentials do not allow this.' }] },
      'unauthorized',
      'Your credentials do not allow this.',
    ],
    [
      'credits depleted',
      402,
      {
        title: 'Payment Required',
        detail: 'credits depleted',
        status: 402,
        type: 'https://api.x.com/2/problems/credits-depleted',
      },
      'credits-depleted',
      'credits depleted',
    ],
    [
      'credits depleted as it was written before',
      403,
      { title: 'CreditsDepleted', type: `${PROBLEMS}/credits` },
      'credits-depleted',
      'CreditsDepleted',
    ],
    ['402 without a body', 402, '', 'credits-depleted', 'HTTP 402 without a word'],
    [
      'oauth1 permissions',
      403,
      {
        title: 'Forbidden',
        detail: 'Your client app is not configured with the appropriate permissions.',
        type: `${PROBLEMS}/oauth1-permissions`,
      },
      'forbidden',
      'Your client app is not configured with the appropriate permissions.',
    ],
    [
      'client not enrolled',
      403,
      { title: 'Client Forbidden', type: `${PROBLEMS}/client-not-enrolled` },
      'forbidden',
      'Client Forbidden',
    ],
    [
      'a post that is there already',
      403,
      { detail: DUPLICATE, type: 'about:blank', title: 'Forbidden', status: 403 },
      'duplicate',
      DUPLICATE,
    ],
    [
      'v1.1 code 187',
      403,
      { errors: [{ code: 187, message: 'Status is a duplicate.' }] },
      'duplicate',
      'Status is a duplicate.',
    ],
    [
      'a person who accepts no message of ours',
      403,
      { title: 'Forbidden', detail: DM_REFUSED, type: 'about:blank', status: 403 },
      'cannot-message',
      DM_REFUSED,
    ],
    [
      'a person who accepts no message, told with a type',
      403,
      { title: 'Forbidden', detail: DM_REFUSED, type: `${PROBLEMS}/client-forbidden` },
      'cannot-message',
      DM_REFUSED,
    ],
    [
      'v1.1 code 349',
      403,
      { errors: [{ code: 349, message: 'You cannot send messages to this user.' }] },
      'cannot-message',
      'You cannot send messages to this user.',
    ],
    [
      'v1.1 code 150',
      403,
      { errors: [{ code: 150, message: 'They do not follow you.' }] },
      'cannot-message',
      'They do not follow you.',
    ],
    [
      'a receiver who is gone',
      404,
      {
        errors: [
          {
            parameter: 'participant_id',
            value: '12',
            detail: 'Could not find user.',
            type: `${PROBLEMS}/resource-not-found`,
          },
        ],
      },
      'cannot-message',
      'Could not find user.',
    ],
    [
      'a receiver that is written wrongly',
      400,
      {
        errors: [{ parameter: 'participant_id', message: 'Not a number' }],
        title: 'Invalid Request',
        type: `${PROBLEMS}/invalid-request`,
      },
      'invalid',
      'Not a number',
    ],
    [
      'a forbidden operation',
      403,
      { title: 'Forbidden', detail: 'This operation is not permitted.', type: 'about:blank' },
      'forbidden',
      'This operation is not permitted.',
    ],
    [
      'v1.1 code 453',
      403,
      { errors: [{ code: 453, message: 'You currently have limited access.' }] },
      'forbidden',
      'You currently have limited access.',
    ],
    [
      'XML',
      403,
      '<?xml version="1.0"?><errors><error code="415">Callback URL</error></errors>',
      'forbidden',
      '<?xml version="1.0"?><errors><error code="415">Callback URL</error></errors>',
    ],
    [
      'not found',
      404,
      { title: 'Not Found Error', type: `${PROBLEMS}/resource-not-found` },
      'invalid',
      'Not Found Error',
    ],
    ['conflict', 409, { title: 'Conflict' }, 'duplicate', 'Conflict'],
    [
      'too many requests',
      429,
      { title: 'Too Many Requests', detail: 'Too Many Requests', type: 'about:blank', status: 429 },
      'retry',
      'Too Many Requests',
    ],
    [
      'v1.1 code 88',
      429,
      { errors: [{ code: 88, message: 'Rate limit exceeded' }] },
      'retry',
      'Rate limit exceeded',
    ],
    [
      'the cap of the month',
      429,
      {
        title: 'UsageCapExceeded',
        detail: 'Usage cap exceeded: Monthly product cap',
        period: 'Monthly',
        scope: 'Product',
        type: `${PROBLEMS}/usage-capped`,
      },
      'credits-depleted',
      'Usage cap exceeded: Monthly product cap',
    ],
    [
      'an OAuth 2.0 error',
      400,
      { error: 'invalid_grant', error_description: 'The code has expired.' },
      'invalid',
      'The code has expired.',
    ],
    ['a redirect', 302, '', 'retry', 'HTTP 302 without a word'],
    ['a page of no call', 404, '<html>404</html>', 'retry', '<html>404</html>'],
    ['a page in between', 400, '<html>Bad Request</html>', 'retry', '<html>Bad Request</html>'],
    ['nothing at all', 410, '', 'retry', 'HTTP 410 without a word'],
    ['too large for who stands in between', 413, '<html>', 'invalid', '<html>'],
    [
      'a limit of the day, code 185',
      403,
      { errors: [{ code: 185, message: 'Over' }] },
      'retry',
      'Over',
    ],
    [
      'a limit of the day, code 344',
      403,
      { errors: [{ code: 344, message: 'Over' }] },
      'retry',
      'Over',
    ],
    [
      'a signature of no use, code 215',
      400,
      { errors: [{ code: 215, message: 'Bad' }] },
      'unauthorized',
      'Bad',
    ],
    [
      'a suspended app, code 416',
      403,
      { errors: [{ code: 416, message: 'Inv' }] },
      'unauthorized',
      'Inv',
    ],
    ['a text', 503, 'Over capacity', 'retry', 'Over capacity'],
    ['a breakdown that names a duplicate', 500, { detail: DUPLICATE }, 'retry', DUPLICATE],
    [
      'errors only, under 200',
      200,
      { errors: [{ detail: 'Not yours', type: `${PROBLEMS}/not-authorized-for-resource` }] },
      'forbidden',
      'Not yours',
    ],
    ['errors of odd shapes', 400, { errors: [null, 7], title: 3, detail: 'Bad' }, 'invalid', 'Bad'],
    ['JSON of another kind', 404, [1, 2], 'invalid', '[1,2]'],
  ])('%s', (_name, status, body, reason, detail) => {
    expect(failureOf(status, body)).toMatchObject({ ok: false, reason, status, detail });
  });

  test('a success is read through its schema, unknown fields ignored', () => {
    expect(read(201, { data: { id: '1', text: 'hello' }, meta: {} })).toEqual({
      ok: true,
      value: { data: { id: '1' } },
    });
  });

  test('data with errors beside it is a success', () => {
    expect(read(200, { data: { id: '1' }, errors: [{ title: 'Not Found Error' }] }).ok).toBe(true);
  });

  test('the words of X are cut to 300 characters', () => {
    expect(failureOf(400, { detail: ` ${'가'.repeat(500)}` }).detail).toBe(`${'가'.repeat(299)}…`);
    expect(failureOf(502, 'x'.repeat(900_000)).detail).toHaveLength(300);
  });
});

describe('whether X may have acted', () => {
  test.each<[string, number, unknown, boolean]>([
    ['a breakdown', 500, '', true],
    ['a gateway that gave up', 504, 'upstream request timeout', true],
    ['a request timeout', 408, '', true],
    ['a success that cannot be read', 200, '<html>', true],
    ['a success without its data', 201, { data: {} }, true],
    ['a success of errors only', 200, { errors: [{ code: 187 }] }, false],
    ['a refusal', 403, '', false],
    ['a bad request', 400, '', false],
    ['a rate limit', 429, '', false],
  ])('%s (%i): %j', (_name, status, body, mayHaveActed) => {
    expect(failureOf(status, body).mayHaveActed).toBe(mayHaveActed);
  });

  test.each<NoAnswer>(['timeout', 'network', 'too-large'])(
    'no answer (%s) leaves open what X did',
    (failed) => {
      expect(readAnswer(schema, { failed }, NOW_MS)).toEqual({
        ok: false,
        reason: 'retry',
        status: null,
        mayHaveActed: true,
        detail: `No answer: ${failed}`,
      });
    },
  );
});

describe('rate limits', () => {
  test('success and failure carry the windows that the headers tell', () => {
    const headers = {
      ...windowHeaders('x-rate-limit', 99, 900),
      ...windowHeaders('x-user-limit-24hour', 12, 7200),
      ...windowHeaders('x-app-limit-24hour', 13, 3600),
    };
    const rateLimit = {
      limit: 100,
      remaining: 99,
      resetAt: NOW_MS + 900_000,
      userDay: { limit: 100, remaining: 12, resetAt: NOW_MS + 7_200_000 },
      appDay: { limit: 100, remaining: 13, resetAt: NOW_MS + 3_600_000 },
    };
    expect(read(200, { data: { id: '1' } }, headers).rateLimit).toEqual(rateLimit);
    expect(read(403, '', headers).rateLimit).toEqual(rateLimit);
  });

  test('headers that are no numbers tell nothing', () => {
    const headers = { ...windowHeaders('x-rate-limit', 1, 900), 'x-rate-limit-reset': 'soon' };
    expect(read(200, { data: { id: '1' } }, headers)).not.toHaveProperty('rateLimit');
  });

  test.each<[string, Record<string, string>, number]>([
    ['until the window opens', windowHeaders('x-rate-limit', 0, 600), 600_000],
    ['a minute at least', windowHeaders('x-rate-limit', 0, 5), 60_000],
    ['a minute when the window is open already', windowHeaders('x-rate-limit', 0, -50), 60_000],
    ['a minute when nothing is told', {}, 60_000],
    ['as Retry-After says', { 'retry-after': '120' }, 120_000],
    ['the longer one', { ...windowHeaders('x-rate-limit', 0, 600), 'retry-after': '700' }, 700_000],
    [
      'until the used-up day ends',
      {
        ...windowHeaders('x-rate-limit', 3, 600),
        ...windowHeaders('x-user-limit-24hour', 0, 7200),
        ...windowHeaders('x-app-limit-24hour', 5, 9000),
      },
      7_200_000,
    ],
    ['an hour for what nobody can mean', { 'retry-after': '99999999999' }, 3_600_000],
  ])('after 429: wait %s', (_name, headers, retryAfterMs) => {
    expect(failureOf(429, '', headers).retryAfterMs).toBe(retryAfterMs);
  });

  test('a breakdown tells its wait by Retry-After only', () => {
    expect(failureOf(503, '', { 'retry-after': '7' }).retryAfterMs).toBe(7000);
    expect(failureOf(503, '')).not.toHaveProperty('retryAfterMs');
  });

  test('a final failure has no waiting time', () => {
    expect(failureOf(403, '', { 'retry-after': '7' })).not.toHaveProperty('retryAfterMs');
  });
});

test('no answer makes the parser throw, whatever its status, body and headers', () => {
  const headerName = fc.constantFrom(
    'retry-after',
    ...['limit', 'remaining', 'reset'].flatMap((part) => [
      `x-rate-limit-${part}`,
      `x-user-limit-24hour-${part}`,
      `x-app-limit-24hour-${part}`,
    ]),
  );
  const headerValue = fc.oneof(fc.nat().map(String), fc.stringMatching(/^[!-~]{0,20}$/));
  const word = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(DUPLICATE, DM_REFUSED, `${PROBLEMS}/usage-capped`, '/', ''),
  );
  const problem = fc.record(
    {
      title: fc.oneof(word, fc.anything()),
      detail: fc.oneof(word, fc.anything()),
      type: fc.oneof(word, fc.anything()),
      errors: fc.oneof(
        fc.array(fc.oneof(fc.object(), fc.record({ code: fc.integer(), message: word }))),
        fc.anything(),
      ),
      data: fc.anything(),
    },
    { requiredKeys: [] },
  );
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 200 }).map((random) => new Uint8Array(random)),
    fc.json().map(utf8),
    problem.map((body) =>
      utf8(JSON.stringify(body, (_key, it) => (typeof it === 'bigint' ? 1 : it))),
    ),
  );
  fc.assert(
    fc.property(
      fc.oneof(fc.integer(), fc.integer({ min: 100, max: 599 })),
      bytes,
      fc.dictionary(headerName, headerValue),
      (status, body, headers) => {
        const result = readAnswer(
          schema,
          { status, bytes: body, headers: new Headers(headers) },
          NOW_MS,
        );
        if (result.ok) return;
        expect(result.detail.length).toBeGreaterThan(0);
        expect(result.detail.length).toBeLessThanOrEqual(300);
        expect(result.retryAfterMs ?? 0).toBeGreaterThanOrEqual(0);
      },
    ),
    { numRuns: 500 },
  );
});

const v1 = (code: number, message: string) => ({ errors: [{ code, message }] });

describe('what X refuses to everything of an account or app', () => {
  test.each<[SenderProblem, unknown]>([
    ['rights', { title: 'Forbidden', type: `${PROBLEMS}/oauth1-permissions` }],
    ['not-enrolled', { title: 'Client Forbidden', type: `${PROBLEMS}/client-not-enrolled` }],
    ['suspended', v1(64, 'Your account is suspended and is not permitted to access')],
    ['locked', v1(326, 'To protect our users from spam, this account is locked.')],
    ['locked', { detail: 'Your account is temporarily locked.', type: 'about:blank' }],
    ['read-only', v1(261, 'Application cannot perform write actions.')],
    ['automated', v1(226, 'This request looks like it might be automated.')],
    ['access-level', v1(453, 'You currently have access to a subset of X API V2 endpoints')],
    ['locked', v1(231, 'User must verify login')],
    ['capped', { title: 'SpendCapReached', type: 'about:blank' }],
    ['capped', { title: 'UsageCapExceeded', type: `${PROBLEMS}/usage-capped` }],
  ])('is known: %s', (sender, body) => {
    expect(readProblem(body, JSON.stringify(body)).sender).toBe(sender);
  });
});
