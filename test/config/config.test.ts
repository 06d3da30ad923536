import { describe, expect, test } from 'vitest';
import { configOf } from '../../src/config/config.ts';

const keys = {
  TWITTER_API_KEY: 'fake-key',
  TWITTER_API_SECRET: 'fake-secret',
  TWITTER_ACCESS_TOKEN: '1700000000000000001-fake',
  TWITTER_ACCESS_TOKEN_SECRET: 'fake-token-secret',
};

describe('the settings', () => {
  test('without anything set are the defaults, with what needs secrets switched off', () => {
    const config = configOf({});
    expect(config).toMatchObject({ language: 'ko', timeZone: 'Asia/Seoul' });
    expect(config.twitter.account).toBeNull();
    expect(config.features).toMatchObject({
      settings: { state: 'on' },
      'twitter-webhook': { state: 'off', missing: ['TWITTER_CLIENT_SECRET', 'TWITTER_API_SECRET'] },
      'twitter-account': { state: 'off', missing: Object.keys(keys) },
      tmdb: { state: 'off', missing: ['TMDB_TOKEN'] },
    });
  });

  test('take the posting account from the front of its access token', () => {
    expect(configOf(keys).twitter.account?.userId).toBe('1700000000000000001');
    const other = { ...keys, TWITTER_USER_ID: '42' };
    expect(configOf(other).twitter.account?.userId).toBe('42');
  });

  test.each(['', '   ', '\n'])('count a secret of %j as not set', (blank) => {
    const config = configOf({ ...keys, TWITTER_API_SECRET: blank });
    expect(config.twitter.consumerSecret).toBeNull();
    expect(config.features['twitter-account']).toEqual({
      state: 'off',
      missing: ['TWITTER_API_SECRET'],
    });
  });

  test.each([
    ['LANGUAGE', 'fr'],
    ['TIME_ZONE', 'Seoul'],
    ['NETFLIX_POST_STYLE', 'both'],
    ['NETFLIX_POST_LINKS', 'yes'],
    ['TWITTER_WEBHOOK_SECRET_KIND', 'oauth'],
    ['TWITTER_API_URL', 'api.x.com'],
    ['CONTACT', '홍길동'],
  ])('with %s=%s say so and go on with the default', (name, value) => {
    const config = configOf({ ...keys, [name]: value });
    expect(config.features['settings']).toMatchObject({
      state: 'failing',
      reason: expect.stringContaining(name),
    });
    const defaults = configOf(keys);
    expect({ ...config, features: null }).toEqual({ ...defaults, features: null });
  });

  test('with a key that no header can carry name the account as failing', () => {
    const config = configOf({ ...keys, TWITTER_API_KEY: 'fake key' });
    expect(config.twitter.account).toBeNull();
    expect(config.features['twitter-account']?.state).toBe('failing');
  });
});
