import { describe, expect, test } from 'vitest';
import { createGitHubSource } from '../../../../src/platforms/github/api/appAuth.ts';
import { json, type Recorded, recorder } from '../../../recorder.ts';
import { createAppKeys } from './appKeys.ts';

const apiUrl = 'https://api.github.example';
const { privateKey } = await createAppKeys();
const app = { appId: '1234', privateKey, installationId: '56' };
const minted = { token: 'fake-installation-token', expires_at: '2026-11-22T04:00:00Z' };

function isMinting({ url }: Recorded): boolean {
  return url.endsWith('/access_tokens');
}

function bearers(sent: readonly Recorded[]): (string | undefined)[] {
  return sent.filter((call) => !isMinting(call)).map(({ headers }) => headers['authorization']);
}

describe('GitHub as the bot sees it', () => {
  test('is asked with the owner’s token', async () => {
    const { runtime, sent } = recorder(() => json({ full_name: 'o/r' }));
    const token = 'fake-token';
    const source = createGitHubSource({ runtime, apiUrl, contact: '', token, app: null });
    expect(await source.fullNameOf(1)).toEqual({ ok: true, value: 'o/r' });
    expect(bearers(sent)).toEqual(['Bearer fake-token']);
  });

  test('is asked as the app where there is one, with one token for all calls', async () => {
    const { runtime, sent } = recorder((call) =>
      json(isMinting(call) ? minted : { full_name: 'o/r' }),
    );
    const token = 'fake-token';
    const source = createGitHubSource({ runtime, apiUrl, contact: '', token, app });
    expect(sent).toEqual([]);
    await Promise.all([source.fullNameOf(1), source.fullNameOf(2)]);
    await source.fullNameOf(3);
    expect(sent.filter(isMinting)).toHaveLength(1);
    const bearer = 'Bearer fake-installation-token';
    expect(bearers(sent)).toEqual([bearer, bearer, bearer]);
  });

  test('says why when the app gets no token, and is not asked', async () => {
    const { runtime, sent } = recorder(() => json({ message: 'Not Found' }, 404));
    const source = createGitHubSource({ runtime, apiUrl, contact: '', token: null, app });
    expect(await source.fullNameOf(1)).toMatchObject({ ok: false, reason: 'unauthorized' });
    expect(sent.every(isMinting)).toBe(true);
  });

  test('is not asked without token and app', async () => {
    const { runtime, sent } = recorder(() => json({}));
    const source = createGitHubSource({ runtime, apiUrl, contact: '', token: null, app: null });
    expect(await source.fullNameOf(1)).toMatchObject({ ok: false, reason: 'unauthorized' });
    expect(sent).toEqual([]);
  });
});
