import { describe, expect, test } from 'vitest';
import { hmacBase64, toBase64 } from '../bytes.ts';
import { headOf, setUp } from './client.ts';

const url = 'https://soshik.example/webhook/github';
const secret = "It's a Secret to Everybody";

interface Got {
  readonly event: string | null;
  readonly guid: string | null;
  readonly signature: string | null;
  readonly text: string;
  readonly body: unknown;
}

async function connected(status = 202) {
  const { github, clock } = setUp();
  const got: Got[] = [];
  github.reachBy(async (request) => {
    const { headers } = request;
    const text = await request.text();
    const body: unknown = JSON.parse(text);
    const event = headers.get('x-github-event');
    const guid = headers.get('x-github-delivery');
    got.push({ event, guid, signature: headers.get('x-hub-signature-256'), text, body });
    return new Response(null, { status });
  });
  await github.connectWebhook('hana/garden', url, secret);
  return { github, got, clock };
}

describe('webhooks', () => {
  test('a new one is pinged', async () => {
    const { got } = await connected();
    expect(got).toMatchObject([{ event: 'ping', body: { hook: { events: { length: 5 } } } }]);
  });

  test('a push tells its commits, signed over the bytes', async () => {
    const { github, got } = await connected();
    const before = headOf(github, 'hana/garden');
    const shas = github.push('hana/garden', 'main', 2);
    await github.settled();
    expect(got[1]).toMatchObject({
      event: 'push',
      body: {
        ref: 'refs/heads/main',
        before,
        after: shas[1],
        created: false,
        deleted: false,
        forced: false,
        commits: shas.map((id) => ({ id })),
        head_commit: { id: shas[1] },
        repository: { full_name: 'hana/garden' },
      },
    });
    const hex = (got[1]?.signature ?? '').replace('sha256=', '');
    const bytes = Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
    expect(toBase64(bytes)).toBe(await hmacBase64('SHA-256', secret, got[1]?.text ?? ''));
  });

  test('a force-push is forced, a deletion has no head', async () => {
    const { github, got } = await connected();
    github.forcePush('hana/garden', 'main', ['again']);
    github.deleteBranch('hana/garden', 'feat/x');
    github.tag('hana/garden', 'v1');
    await github.settled();
    expect(got.slice(1)).toMatchObject([
      { body: { forced: true } },
      { body: { deleted: true, after: '0'.repeat(40), head_commit: null } },
      { event: 'delete', body: { ref: 'feat/x', ref_type: 'branch' } },
      { body: { ref: 'refs/tags/v1', created: true } },
      { event: 'create', body: { ref: 'v1', ref_type: 'tag', master_branch: 'main' } },
    ]);
  });

  test('releases, renames and removal are told, in order', async () => {
    const { github, got } = await connected();
    github.release('hana/garden', { tag: 'v1', isPrerelease: true });
    github.rename('hana/garden', 'yard');
    github.archive('hana/yard');
    github.remove('hana/yard');
    await github.settled();
    expect(got.map(({ event, body }) => `${event} ${Object(body).action ?? ''}`)).toEqual([
      'ping ',
      'push ',
      'create ',
      'release created',
      'release published',
      'release prereleased',
      'repository renamed',
      'repository archived',
      'repository deleted',
    ]);
    expect(got[6]?.body).toMatchObject({ changes: { repository: { name: { from: 'garden' } } } });
  });

  test('a failure is not repeated by itself; sent again it is the same delivery', async () => {
    const { github, got } = await connected(500);
    github.push('hana/garden', 'main', 1);
    await github.settled();
    expect(got).toHaveLength(2);
    const answer = await github.redeliver();
    expect(answer?.status).toBe(500);
    expect(got[2]).toMatchObject({ guid: got[1]?.guid, text: got[1]?.text });
    expect(github.deliveries.map(({ isRedelivery, status }) => [isRedelivery, status])).toEqual([
      [false, 500],
      [false, 500],
      [true, 500],
    ]);
  });

  test('an answer after 10 seconds is none, and so is a connection that fails', async () => {
    const { github, clock } = await connected();
    github.reachBy(async () => {
      clock.advance(10_001);
      return new Response(null, { status: 202 });
    });
    github.push('hana/garden', 'main', 1);
    await github.settled();
    github.reachBy(async () => await Promise.reject(new TypeError('no connection')));
    github.push('hana/garden', 'main', 1);
    await github.settled();
    expect(github.deliveries.slice(1).map(({ status }) => status)).toEqual([null, null]);
  });

  test('repositories without a webhook tell nobody', async () => {
    const { github, got } = await connected();
    github.addRepository({ owner: 'sam', name: 'quiet' });
    github.push('sam/quiet', 'main', 1);
    await github.settled();
    expect(got).toHaveLength(1);
  });
});
