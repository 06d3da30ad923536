import { describe, expect, test } from 'vitest';
import type { Message } from '../../../src/bot/outbox/channel.ts';
import { standardHeaders } from '../../../src/platforms/webhook/api/standard.ts';
import {
  createWebhookChannel,
  type WebhookChannelOptions,
} from '../../../src/platforms/webhook/platform.ts';
import { commits } from '../../bot/notice/news.ts';
import { recorder } from '../../recorder.ts';

const URL_OF_A_MACHINE = 'https://machine.example/hooks/soshik';
const secretOf = async (url: string) =>
  `whsec_${btoa(`fake-key-of ${url}`.padEnd(32).slice(0, 32))}`;

function message(address = URL_OF_A_MACHINE): Message {
  return {
    id: '0123456789abcdef',
    account: '',
    address,
    notice: commits(),
    uncertain: false,
  };
}

function channelTo(
  respond: () => Response | Promise<Response>,
  more: Partial<WebhookChannelOptions> = {},
) {
  const { runtime, sent } = recorder(respond);
  const options = { runtime, secretOf, contact: 'owner@soshik.example', ...more };
  return { channel: createWebhookChannel(options), sent };
}

const empty = (status: number, headers: Record<string, string> = {}) =>
  new Response(null, { status, headers });

test('a machine is told the notice, signed with the secret of its address', async () => {
  const { channel, sent } = channelTo(() => empty(204));
  expect(await channel.send(message())).toEqual({ kind: 'sent', externalId: null, note: null });
  const [call] = sent;
  expect(call).toMatchObject({
    method: 'POST',
    url: URL_OF_A_MACHINE,
    headers: { 'content-type': 'application/json', 'webhook-id': '0123456789abcdef' },
  });
  expect(JSON.parse(call?.text ?? '')).toEqual({
    type: 'commits',
    timestamp: '2026-11-22T03:00:00.000Z',
    data: commits(),
  });
  const signed = await standardHeaders(await secretOf(URL_OF_A_MACHINE), {
    id: '0123456789abcdef',
    at: Date.UTC(2026, 10, 22, 3),
    body: call?.text ?? '',
  });
  expect(call?.headers).toMatchObject(signed);
});

describe('what the machine answers', () => {
  test.each([
    [200, {}, { kind: 'sent' }],
    [202, {}, { kind: 'sent' }],
    [301, { location: 'https://elsewhere.example/' }, { kind: 'retry', note: 'HTTP 301' }],
    [400, {}, { kind: 'refused' }],
    [401, {}, { kind: 'retry', uncertain: false }],
    [404, {}, { kind: 'retry', uncertain: false }],
    [413, {}, { kind: 'refused' }],
    [422, {}, { kind: 'refused' }],
    [410, {}, { kind: 'gone' }],
    [408, {}, { kind: 'retry', uncertain: true }],
    [429, { 'retry-after': '120' }, { kind: 'retry', afterMs: 120_000, uncertain: false }],
    [500, {}, { kind: 'retry', afterMs: null, uncertain: true }],
    [503, { 'retry-after': '9999999' }, { kind: 'retry', afterMs: 3_600_000 }],
  ])('%i %j decides the outcome', async (status, headers, outcome) => {
    const { channel, sent } = channelTo(() => empty(status, headers));
    expect(await channel.send(message())).toMatchObject(outcome);
    expect(sent).toHaveLength(1);
  });

  test('nothing: it is tried again under the same id', async () => {
    const { channel, sent } = channelTo(() => Promise.reject(new Error('connection lost')));
    const first = await channel.send(message());
    await channel.send(message());
    expect(first).toMatchObject({ kind: 'retry', uncertain: true, note: 'network' });
    expect(new Set(sent.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  });
});

describe('nothing is sent', () => {
  test.each([
    ['http://machine.example/', 'not-https'],
    ['https://127.0.0.1/', 'private-address'],
    ['https://169.254.169.254/latest/meta-data', 'private-address'],
    ['https://printer.internal/', 'private-name'],
    ['https://user:fake@machine.example/', 'user-name'],
    ['machine', 'not-an-address'],
  ])('to %s', async (address, problem) => {
    const { channel, sent } = channelTo(() => empty(200));
    expect(await channel.send(message(address))).toEqual({
      kind: 'refused',
      note: `address: ${problem}`,
    });
    expect(sent).toEqual([]);
  });

  test('as long as there is no key to sign with', async () => {
    const { channel, sent } = channelTo(() => empty(200), { secretOf: async () => null });
    expect(await channel.send(message())).toMatchObject({ kind: 'sender' });
    expect(sent).toEqual([]);
  });
});

test('a host the owner vouches for may be private', async () => {
  const { channel } = channelTo(() => empty(200), { trustedHosts: ['localhost:8787'] });
  expect(await channel.send(message('http://localhost:8787/hook'))).toMatchObject({ kind: 'sent' });
});
