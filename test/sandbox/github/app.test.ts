import { describe, expect, test } from 'vitest';
import { base64url } from '../../../src/lib/encoding.ts';
import { fromBase64, utf8 } from '../bytes.ts';
import { type Setup, setUp } from './client.ts';

const rs256 = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };

async function jwtOf({ github, clock }: Setup, changes: object = {}, alg = 'RS256') {
  const pem = await github.app.privateKey();
  const der = fromBase64(pem.replace(/-----[A-Z ]+-----|\s/g, '')) ?? new Uint8Array();
  const key = await crypto.subtle.importKey('pkcs8', der, rs256, false, ['sign']);
  const seconds = Math.floor(clock.now() / 1000);
  const claims = { iat: seconds - 60, exp: seconds + 540, iss: github.app.id, ...changes };
  const [header, payload] = [{ alg, typ: 'JWT' }, claims].map((part) =>
    base64url(utf8(JSON.stringify(part))),
  );
  const signature = await crypto.subtle.sign(rs256.name, key, utf8(`${header}.${payload}`));
  return `${header}.${payload}.${base64url(signature)}`;
}

async function mint(setup: Setup, jwt: string, installation = 5151) {
  const path = `/app/installations/${installation}/access_tokens`;
  return await setup.post(path, { authorization: `Bearer ${jwt}` });
}

describe('a GitHub App', () => {
  test('gets a long token for an hour that reads the private repositories it is installed on', async () => {
    const setup = setUp();
    const { github, get, clock } = setup;
    github.addRepository({ owner: 'sam', name: 'secret', isPrivate: true });
    github.addRepository({ owner: 'sam', name: 'hidden', isPrivate: true });
    github.app.installations[0]?.repositories.push('sam/secret');
    const made = await mint(setup, await jwtOf(setup, { iss: github.app.clientId }));
    expect(made.status).toBe(201);
    expect(made.json).toMatchObject({ expires_at: '2026-11-22T04:00:00Z' });
    const authorization = `Bearer ${Object(made.json).token}`;
    expect(authorization.length).toBeGreaterThan(200);
    expect((await get('/repos/sam/secret', { authorization })).status).toBe(200);
    expect((await get('/repos/sam/hidden', { authorization })).status).toBe(404);
    expect(github.limits.core.remaining).toBe(5000);
    clock.advance(3_600_000);
    expect((await get('/repos/sam/secret', { authorization })).status).toBe(401);
  });

  test.each([
    ['longer than ten minutes', { exp: 1_795_316_400 + 601 }],
    ['over', { exp: 1_795_316_400 }],
    ['from the future', { iat: 1_795_316_400 + 120 }],
  ])('a JWT that is %s is refused', async (_, changes) => {
    const setup = setUp();
    expect((await mint(setup, await jwtOf(setup, changes))).status).toBe(401);
  });

  test('a JWT of another key or kind is refused; another app or installation is not found', async () => {
    const setup = setUp();
    const good = await jwtOf(setup);
    const forged = `${good.slice(0, -8)}AAAAAAAA`;
    expect((await mint(setup, forged)).status).toBe(401);
    expect((await mint(setup, await jwtOf(setup, {}, 'none'))).status).toBe(401);
    expect((await mint(setup, await jwtOf(setup, { iss: '1' }))).status).toBe(404);
    expect((await mint(setup, good, 99)).status).toBe(404);
  });
});
