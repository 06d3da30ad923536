import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hex, utf8 } from '../../../../src/lib/encoding.ts';
import {
  readDelivery,
  verifyGitHubSignature,
} from '../../../../src/platforms/github/api/webhook.ts';

// GitHub's own test vector (docs/platforms/github.md, Webhooks).
const SECRET = "It's a Secret to Everybody";
const BODY = 'Hello, World!';
const MAC = '757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17';

function isRight(header: string | null, secret = SECRET, body = BODY): Promise<boolean> {
  const headers = new Headers(header === null ? {} : { 'x-hub-signature-256': header });
  return verifyGitHubSignature(secret, headers, utf8(body));
}

describe('a signature', () => {
  test('of the published vector is right', async () => {
    expect(await isRight(`sha256=${MAC}`)).toBe(true);
  });

  test.each([
    ['none', null],
    ['nothing', ''],
    ['the MAC alone', MAC],
    ['another algorithm', `sha1=${MAC.slice(0, 40)}`],
    ['capitals', `sha256=${MAC.toUpperCase()}`],
    ['a digit less', `sha256=${MAC.slice(1)}`],
    ['a digit more', `sha256=${MAC}0`],
    ['two of them', `sha256=${MAC}, sha256=${MAC}`],
    ['one bit off', `sha256=${MAC.slice(0, -1)}6`],
    ['no hexadecimal', `sha256=${'x'.repeat(64)}`],
  ])('that is %s is wrong', async (_name, header) => {
    expect(await isRight(header)).toBe(false);
  });

  test('is wrong for another body and under another secret', async () => {
    expect(await isRight(`sha256=${MAC}`, SECRET, `${BODY} `)).toBe(false);
    expect(await isRight(`sha256=${MAC}`, 'another secret')).toBe(false);
  });

  test.each(['', ' ', '\n'])(
    'under the blank secret %j is wrong, also when it is made so',
    async (secret) => {
      if (secret === '') return expect(await isRight(`sha256=${MAC}`, secret)).toBe(false);
      const algorithm = { name: 'HMAC', hash: 'SHA-256' };
      const key = await crypto.subtle.importKey('raw', utf8(secret), algorithm, false, ['sign']);
      const mac = hex(await crypto.subtle.sign('HMAC', key, utf8(BODY)));
      return expect(await isRight(`sha256=${mac}`, secret)).toBe(false);
    },
  );
});

const happened = (isGone: boolean) => ({ kind: 'repository', repositoryId: 7, isGone });

describe('a delivery', () => {
  const repository = { id: 7, full_name: 'o/r' };
  const push = { ref: 'refs/heads/feat/x', deleted: false, forced: true, repository };
  const ref = (ref_type: string, name: string) => ({ ref: name, ref_type, repository });
  const release = {
    node_id: 'RE_1',
    tag_name: 'v1',
    name: null,
    body: "## What's Changed\n* Roses by @hana in https://github.com/o/r/pull/1",
    draft: false,
    prerelease: true,
    published_at: '2026-11-22T03:00:00Z',
    html_url: 'https://github.com/o/r/releases/tag/v1',
  };
  const told = {
    kind: 'release',
    repositoryId: 7,
    release: {
      id: 'RE_1',
      tag: 'v1',
      title: 'v1',
      isPrerelease: true,
      at: Date.UTC(2026, 10, 22, 3),
      url: release.html_url,
      target: '',
      notes: '• Roses',
    },
  };

  test.each([
    ['ping', { zen: 'Keep it logically awesome.' }, { kind: 'ping' }],
    ['push', push, { kind: 'push', repositoryId: 7, branch: 'feat/x' }],
    ['create', ref('branch', 'feat/x'), { kind: 'create', repositoryId: 7, branch: 'feat/x' }],
    ['delete', ref('branch', 'feat/x'), { kind: 'delete', repositoryId: 7, branch: 'feat/x' }],
    ['create', ref('tag', 'v1'), { kind: 'tag', repositoryId: 7 }],
    ['release', { action: 'published', release, repository }, told],
    ['release', { action: 'released', release, repository }, told],
    ['repository', { action: 'renamed', repository }, happened(false)],
    ['repository', { action: 'deleted', repository }, happened(true)],
    ['repository', { action: 'privatized', repository }, happened(true)],
  ])('%s %j says %j', (event, body, expected) => {
    expect(readDelivery(event, body)).toEqual(expected);
  });

  test.each([
    ['push', { ...push, ref: 'refs/tags/v1' }],
    ['push', { ...push, deleted: true }],
    ['push', { ...push, ref: 'refs/heads/a..b' }],
    ['push', { ...push, ref: 7 }],
    ['push', { ...push, repository: { id: 0 } }],
    ['push', { ...push, repository: { id: 1.5 } }],
    ['push', { ...push, repository: { id: '7' } }],
    ['push', null],
    ['release', { action: 'edited', repository }],
    ['release', { action: 'published' }],
    ['release', { action: 'published', repository, release: { ...release, draft: true } }],
    ['delete', ref('tag', 'v1')],
    ['create', ref('branch', 'a..b')],
    ['repository', { repository }],
    ['star', { action: 'created', repository }],
    ['constructor', { action: 'created', repository }],
    ['', {}],
  ])('%s %j is nothing to look at', (event, body) => {
    expect(readDelivery(event, body)).toBeNull();
  });

  test('of any shape is read without a stumble', () => {
    const event = fc.oneof(fc.constantFrom('push', 'release', 'repository'), fc.string());
    const like = fc.record(
      {
        ref: fc.oneof(
          fc.string(),
          fc.string().map((text) => `refs/heads/${text}`),
        ),
        deleted: fc.oneof(fc.boolean(), fc.anything()),
        action: fc.oneof(fc.constantFrom('published', 'renamed'), fc.anything()),
        repository: fc.oneof(fc.record({ id: fc.anything() }), fc.anything()),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(event, fc.oneof(like, fc.anything()), (name, body) => {
        const delivery = readDelivery(name, body);
        if (delivery === null || delivery.kind === 'ping') return;
        expect(Number.isSafeInteger(delivery.repositoryId)).toBe(true);
      }),
    );
  });
});
