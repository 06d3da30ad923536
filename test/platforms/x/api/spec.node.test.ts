import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Ajv } from 'ajv';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { activityEventTypes } from '../../../../src/platforms/x/api/activityEvents.ts';
import type { TwitterClient } from '../../../../src/platforms/x/api/client.ts';
import { createTwitterClient } from '../../../../src/platforms/x/api/client.ts';
import type { TwitterAppClient } from './appClient.ts';
import { createTwitterAppClient } from './appClient.ts';
import type { Recorded } from './recorder.ts';
import { credentials, json, recorder } from './recorder.ts';

const SPEC_FILE = resolve(import.meta.dirname, '../../../../shared/specs/x-openapi-2.167.json');
const isHere = existsSync(SPEC_FILE);
const why = isHere ? '' : ' (skipped: ../shared/specs/x-openapi-2.167.json is not here)';

const referenceSchema = v.object({ $ref: v.string() });
const parameterSchema = v.object({
  name: v.string(),
  in: v.picklist(['path', 'query', 'header']),
  required: v.optional(v.boolean(), false),
  schema: v.record(v.string(), v.unknown()),
});
const operationSchema = v.object({
  parameters: v.optional(v.array(v.union([referenceSchema, parameterSchema])), []),
  requestBody: v.optional(
    v.object({ content: v.record(v.string(), v.object({ schema: referenceSchema })) }),
  ),
});
const specSchema = v.object({
  paths: v.record(v.string(), v.record(v.string(), v.unknown())),
  components: v.object({
    parameters: v.record(v.string(), v.unknown()),
    schemas: v.record(v.string(), v.unknown()),
  }),
});

type Spec = v.InferOutput<typeof specSchema>;

const GIF = { bytes: new Uint8Array(5_000_000), type: 'image/gif', category: 'tweet_gif' } as const;
const JPEG = { bytes: new Uint8Array(9), type: 'image/jpeg', category: 'dm_image' } as const;
const dmReceived = { eventType: 'dm.received', userId: '1', webhookId: '2', tag: 'a' } as const;

const calls: readonly [string, (client: TwitterClient) => Promise<unknown>][] = [
  ['createPost', (client) => client.createPost({ text: 'a' })],
  ['createPost', (client) => client.createPost({ text: 'a', mediaIds: ['1'], inReplyTo: '2' })],
  ['deletePost', (client) => client.deletePost('1')],
  ['ownPosts', (client) => client.ownPosts('1', { max: 100 })],
  ['uploadMedia in one request', (client) => client.uploadMedia(JPEG)],
  ['uploadMedia in segments', (client) => client.uploadMedia(GIF)],
  ['setAltText', (client) => client.setAltText('1', 'a')],
  ['sendDirectMessage', (client) => client.sendDirectMessage({ to: '1', text: 'a', mediaId: '2' })],
  ['sendDirectMessage', (client) => client.sendDirectMessage({ to: '1', mediaId: '2' })],
  ['me', (client) => client.me()],
  ['createSubscription', (client) => client.createSubscription(dmReceived)],
  ['listSubscriptions', (client) => client.listSubscriptions()],
  ['subscribe', (client) => client.subscribe('1')],
  ['isSubscribed', (client) => client.isSubscribed('1')],
];

const appCalls: readonly [string, (app: TwitterAppClient) => Promise<unknown>][] = [
  ['registerWebhook', (app) => app.registerWebhook('https://soshik.example/webhook/twitter')],
  ['listWebhooks', (app) => app.listWebhooks()],
  ['revalidateWebhook', (app) => app.revalidateWebhook('1')],
  ['removeWebhook', (app) => app.removeWebhook('1')],
  ['replayWebhook', (app) => app.replayWebhook('1', { fromAt: 0, toAt: 86_400_000 })],
  ...activityEventTypes.map((eventType): [string, (app: TwitterAppClient) => Promise<unknown>] => [
    `createSubscription to ${eventType}`,
    (app) => app.createSubscription({ ...dmReceived, eventType }),
  ]),
  ['listSubscriptions, two pages', (app) => app.listSubscriptions()],
  ['deleteSubscription', (app) => app.deleteSubscription('1')],
  ['deleteSubscriptions', (app) => app.deleteSubscriptions(['1', '2'])],
  ['listSubscribedUsers', (app) => app.listSubscribedUsers('1')],
  ['unsubscribe', (app) => app.unsubscribe('1', '2')],
  ['countSubscriptions', (app) => app.countSubscriptions()],
];

/** Answers every step so that the next one follows; the media is ready at the second question. */
function respond({ method, url }: Recorded): Response {
  if (method === 'GET' && url.endsWith('/2/activity/subscriptions?max_results=1000')) {
    return json({ data: [], meta: { next_token: 'a'.repeat(16) } });
  }
  const processing_info = url.endsWith('/finalize')
    ? { state: 'pending', check_after_secs: 0 }
    : undefined;
  return json({ data: { id: '1', processing_info } });
}

describe('requests against the published OpenAPI description', () => {
  const spec = isHere ? v.parse(specSchema, JSON.parse(readFileSync(SPEC_FILE, 'utf8'))) : null;

  test.skipIf(!isHere).each(calls)(`%s sends what X describes${why}`, async (_name, act) => {
    const { runtime, sent } = recorder(respond);
    await act(createTwitterClient({ runtime, apiUrl: 'https://api.x.com', credentials }));
    expect(sent.length).toBeGreaterThan(0);
    for (const call of sent) expect(faultsOf(spec ?? expect.unreachable(), call)).toEqual([]);
  });

  test.skipIf(!isHere).each(appCalls)(`%s sends what X describes${why}`, async (_name, act) => {
    const { runtime, sent } = recorder(respond);
    await act(createTwitterAppClient({ runtime, apiUrl: 'https://api.x.com', bearer: 'fake' }));
    expect(sent.length).toBeGreaterThan(0);
    for (const call of sent) expect(faultsOf(spec ?? expect.unreachable(), call)).toEqual([]);
  });

  test.skipIf(!isHere)(`a wrong request is found out${why}`, () => {
    const call = { method: 'POST', headers: { 'content-type': 'application/json' }, form: null };
    const faults = (url: string, text: string) =>
      faultsOf(spec ?? expect.unreachable(), { ...call, url, text });
    expect(faults('https://api.x.com/2/tweet', '{}')).not.toEqual([]);
    expect(faults('https://api.x.com/2/tweets', '{"text":"a","oops":1}')).not.toEqual([]);
    expect(faults('https://api.x.com/2/tweets', '{"text":1}')).not.toEqual([]);
    expect(
      faults('https://api.x.com/2/dm_conversations/with/a/messages', '{"text":"a"}'),
    ).not.toEqual([]);
    expect(faults('https://api.x.com/2/tweets?oops=1', '{"text":"a"}')).not.toEqual([]);
    expect(
      faults('https://api.x.com/2/activity/subscriptions', '{"event_type":"oops","filter":{}}'),
    ).not.toEqual([]);
  });
});

function faultsOf(spec: Spec, call: Recorded): string[] {
  const url = new URL(call.url);
  const found = findOperation(spec, call.method, url.pathname);
  if (!found) return [`${call.method} ${url.pathname} is not described`];
  const { operation, pathValues } = found;
  const faults: string[] = [];
  const check = (schema: object, value: unknown, name: string, isText: boolean) => {
    const ajv = new Ajv({ strict: false, validateFormats: false, coerceTypes: isText });
    ajv.addSchema(spec, 'x');
    if (!ajv.validate(absolute(schema), value)) faults.push(`${name}: ${ajv.errorsText()}`);
  };
  const parameters = operation.parameters.map((parameter) =>
    '$ref' in parameter
      ? v.parse(parameterSchema, resolveParameter(spec, parameter.$ref))
      : parameter,
  );
  for (const parameter of parameters) {
    const values = parameter.in === 'path' ? pathValues : Object.fromEntries(url.searchParams);
    const value = values[parameter.name];
    const isList = parameter.schema['type'] === 'array';
    if (value !== undefined) {
      check(parameter.schema, isList ? value.split(',') : value, parameter.name, true);
    } else if (parameter.required) {
      faults.push(`${parameter.name} is missing`);
    }
  }
  for (const name of url.searchParams.keys()) {
    if (!parameters.some((it) => it.in === 'query' && it.name === name)) {
      faults.push(`${name} is not described`);
    }
  }
  const type = call.headers['content-type']?.split(';')[0];
  const body = operation.requestBody?.content[type ?? ''];
  if (operation.requestBody && !body) faults.push(`a body of ${type} is not described`);
  if (!operation.requestBody && call.text !== '') faults.push('no body is described');
  if (body && call.form) {
    // A file is shown to the schema as a text: what counts are the names of the fields.
    const fields = Object.entries(call.form).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : value.name,
    ]);
    check(body.schema, Object.fromEntries(fields), 'body', true);
  } else if (body) {
    check(body.schema, JSON.parse(call.text), 'body', false);
  }
  return faults;
}

function findOperation(spec: Spec, method: string, pathname: string) {
  // A path without a variable is meant before one with a variable in its place.
  const paths = Object.keys(spec.paths).toSorted(
    (a, b) => a.split('{').length - b.split('{').length,
  );
  for (const path of paths) {
    const pattern = path.replaceAll('.', '\\.').replace(/\{(\w+)\}/g, '(?<$1>[^/]+)');
    const match = new RegExp(`^${pattern}$`).exec(pathname);
    const described = spec.paths[path]?.[method.toLowerCase()];
    if (match && described) {
      const pathValues: Record<string, string> = { ...match.groups };
      return { operation: v.parse(operationSchema, described), pathValues };
    }
  }
  return null;
}

function resolveParameter(spec: Spec, reference: string): unknown {
  return spec.components.parameters[reference.split('/').at(-1) ?? ''];
}

/** The schema with its references into the description, which ajv knows as `x`. */
function absolute(schema: object): object {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"x#/'));
}
