import { describe, expect, test } from 'vitest';
import { fromBase64url, utf8 } from '../../../../src/lib/encoding.ts';
import { type GitHubApp, installationToken } from '../../../../src/platforms/github/api/appAuth.ts';
import { recorder } from '../../../recorder.ts';
import { createAppKeys } from './appKeys.ts';
import { API_URL, json, NOW_MS } from './network.ts';

const { publicKey, privateKey, pkcs1 } = await createAppKeys();
const app: GitHubApp = { appId: '1234', privateKey, installationId: '56' };
const expiresAt = new Date(NOW_MS + 3_600_000).toISOString();
const LONG_TOKEN = `ghs_1234_${'x'.repeat(2000)}`;

async function minted(changes: Partial<GitHubApp>, respond: () => Response) {
  const { runtime, sent } = recorder(respond);
  const options = { runtime, apiUrl: API_URL, contact: '', app: { ...app, ...changes } };
  return { told: await installationToken(options), sent };
}

function decoded(part: string | undefined): unknown {
  return JSON.parse(new TextDecoder().decode(fromBase64url(part ?? '') ?? new Uint8Array()));
}

describe('an installation token', () => {
  test('of any length is taken as it is, with its end', async () => {
    const { told, sent } = await minted({}, () =>
      json({ token: LONG_TOKEN, expires_at: expiresAt }, 201),
    );
    expect(told).toEqual({
      ok: true,
      value: { token: LONG_TOKEN, expiresAt: NOW_MS + 3_600_000 },
    });
    expect(sent).toMatchObject([
      { method: 'POST', url: `${API_URL}/app/installations/56/access_tokens` },
    ]);
  });

  test('is asked for with a JWT that the app signed, good for less than ten minutes', async () => {
    const { sent } = await minted({}, () => json({}));
    const jwt = sent[0]?.headers['authorization']?.replace('Bearer ', '') ?? '';
    const [header, payload, signature] = jwt.split('.');
    const signed = fromBase64url(signature ?? '') ?? new Uint8Array();
    const text = utf8(`${header}.${payload}`);
    expect(await crypto.subtle.verify('RSASSA-PKCS1-v1_5', publicKey, signed, text)).toBe(true);
    expect(decoded(header)).toEqual({ alg: 'RS256', typ: 'JWT' });
    const now = NOW_MS / 1000;
    expect(decoded(payload)).toEqual({ iat: now - 60, exp: now + 540, iss: '1234' });
  });

  test.each([
    [
      'the app is another',
      () => json({ message: 'A JSON web token could not be decoded' }, 401),
      'unauthorized',
    ],
    ['the installation is gone', () => json({ message: 'Not Found' }, 404), 'unauthorized'],
    ['GitHub is down', () => json({}, 503), 'unavailable'],
    ['the answer is something else', () => json({ token: '', expires_at: expiresAt }), 'invalid'],
  ])('is refused in the usual way when %s', async (_name, respond, reason) => {
    expect((await minted({}, respond)).told).toMatchObject({ ok: false, reason });
  });

  test.each([
    ['of another kind', privateKey.replaceAll('PRIVATE', 'EC PRIVATE'), /not PEM/],
    ['that is none', 'fake', /not PEM/],
    ['that lost its end', privateKey.replace(/-----END.*/, ''), /not PEM/],
    ['with a hole in it', privateKey.replace(/\n.{64}\n/, '\n'), /copy the whole file again/],
  ])(
    'with a key %s is not asked for, and the owner is told what to do',
    async (_name, key, words) => {
      const { told, sent } = await minted({ privateKey: key }, () => json({}));
      expect(told).toMatchObject({
        ok: false,
        reason: 'unauthorized',
        status: null,
        detail: expect.stringMatching(words),
      });
      expect(sent).toEqual([]);
    },
  );

  test.each([
    ['as GitHub hands it out (W-16)', pkcs1],
    ['in one line, as a setting has it', pkcs1.replaceAll('\n', '\\n')],
    ['as PKCS#8', privateKey],
  ])('is had with a key %s', async (_how, key) => {
    const { told } = await minted({ privateKey: key }, () =>
      json({ token: 't', expires_at: expiresAt }),
    );
    expect(told).toMatchObject({ ok: true });
  });

  test('for an installation that is no number is not asked for', async () => {
    const { told, sent } = await minted({ installationId: '../56' }, () => json({}));
    expect(told).toMatchObject({ ok: false, reason: 'invalid' });
    expect(sent).toEqual([]);
  });
});
