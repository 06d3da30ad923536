import { describe, expect, test } from 'vitest';
import { installationsOf } from '../../../src/platforms/github/api/appAuth.ts';
import { createClock } from '../clock.ts';
import { token } from './client.ts';
import { createGitHub } from './sandbox.ts';

const HOUR_MS = 3_600_000;
const startAt = Date.UTC(2026, 10, 22, 3);
const good = {
  url: 'https://bot.example',
  name: 'soshik-1',
  redirect_url: 'https://bot.example/made',
  hook_attributes: { url: 'https://bot.example/hook' },
  default_permissions: { contents: 'read' },
  default_events: ['push'],
};

function setUp() {
  const clock = createClock(startAt, false);
  const { handle, handleWeb, sandbox } = createGitHub(clock, { token });
  const send = async (manifest: unknown) =>
    handleWeb(
      new Request('https://github.com/settings/apps/new?state=s%20t', {
        method: 'POST',
        body: new URLSearchParams({ manifest: JSON.stringify(manifest) }),
      }),
    );
  const convert = async (code: string | null) => {
    const headers = { 'user-agent': 'soshik-test' };
    const url = `https://api.github.com/app-manifests/${code}/conversions`;
    const answer = await handle(new Request(url, { method: 'POST', headers }));
    return { status: answer.status, made: Object(await answer.json()) };
  };
  return { clock, sandbox, handle, send, convert };
}

async function codeOf(answer: Response): Promise<string | null> {
  const back = new URL(answer.headers.get('location') ?? 'about:blank');
  expect([answer.status, back.searchParams.get('state')]).toEqual([302, 's t']);
  return back.searchParams.get('code');
}

describe('an app’s manifest', () => {
  test('gives the keys of an app once, PKCS#1, and they sign', async () => {
    const { send, convert, handle, clock, sandbox } = setUp();
    const code = await codeOf(await send(good));
    const { status, made } = await convert(code);
    expect(status).toBe(201);
    expect(made).toMatchObject({
      name: 'soshik-1',
      html_url: 'https://github.com/apps/soshik-1',
      webhook_secret: expect.stringMatching(/^[\w-]{40}$/),
      pem: expect.stringMatching(/^-----BEGIN RSA PRIVATE KEY-----\n/),
    });
    expect((await convert(code)).status).toBe(404);
    const app = { appId: String(made.id), privateKey: String(made.pem) };
    const runtime = { fetch: handle, now: () => clock.now() };
    const options = { runtime, apiUrl: 'https://api.github.com', contact: '' };
    expect(await installationsOf(options, app)).toEqual({ ok: true, value: [] });
    const [, one] = sandbox.apps;
    if (one) sandbox.install(one, 'hana', []).isSuspended = true;
    expect(await installationsOf(options, app)).toEqual({ ok: true, value: [] });
    if (one) sandbox.removeApp(one);
    expect(await installationsOf(options, app)).toMatchObject({ reason: 'unauthorized' });
  });

  test('has to be followed within an hour', async () => {
    const { send, convert, clock } = setUp();
    const code = await codeOf(await send(good));
    clock.advance(HOUR_MS);
    expect((await convert(code)).status).toBe(404);
  });

  test.each([
    ['without a url', { ...good, url: undefined }],
    ['with a field GitHub does not know', { ...good, secret: 'x' }],
    ['with a hook that has no address', { ...good, hook_attributes: { active: true } }],
    ['with a name over 34 characters', { ...good, name: 'x'.repeat(35) }],
    ['with an event it may not read', { ...good, default_events: ['repository'] }],
    ['with an event there is not', { ...good, default_events: ['pushes'] }],
    ['that is no object', 'manifest'],
  ])('%s is refused', async (_how, manifest) => {
    expect((await setUp().send(manifest)).status).toBe(422);
  });

  test('with a name that is taken is refused', async () => {
    const { send } = setUp();
    await send(good);
    expect((await send(good)).status).toBe(422);
  });
});
