import { describe, expect, test } from 'vitest';
import { coreSettings } from '../../src/config/core.ts';
import { readerOf } from '../../src/config/reader.ts';
import { doorSecret, type Setting } from '../../src/config/setting.ts';
import { titleSettings } from '../../src/features/titles/settings.ts';
import { xSettings } from '../../src/platforms/x/settings.ts';
import { book } from '../../src/wire.ts';

const keys = {
  TWITTER_API_KEY: 'fake-key',
  TWITTER_API_SECRET: 'fake-secret-0123456789',
  TWITTER_ACCESS_TOKEN: '1700000000000000001-fake',
  TWITTER_ACCESS_TOKEN_SECRET: 'fake-token-secret',
};

const stateOf = (id: string, env: object) =>
  book.parts.find((feature) => feature.id === id)?.state?.(readerOf(env));
const account = (env: object) => readerOf(env).read(xSettings).static;

const settingOf = (name: string): Setting =>
  book.settings.find((setting) => setting.name === name) ??
  doorSecret('', { what: { ko: '', en: '' } });
const missing = (name: string, value: string) =>
  readerOf({ [name]: value }).missing(settingOf(name));

describe('the settings', () => {
  test('without anything set are the defaults, with what needs secrets switched off', () => {
    const env = {};
    expect(readerOf(env).read(coreSettings)).toMatchObject({
      language: 'ko',
      timeZone: 'Asia/Seoul',
    });
    expect(account(env)).toBeNull();
    expect(readerOf(env).problems(book.settings)).toEqual([]);
    expect(stateOf('twitter-webhook', env)).toEqual({
      state: 'off',
      missing: ['TWITTER_CLIENT_SECRET', 'TWITTER_API_SECRET'],
    });
    expect(stateOf('twitter-account', env)).toEqual({ state: 'off', missing: Object.keys(keys) });
    expect(stateOf('tmdb', env)).toEqual({ state: 'off', missing: ['TMDB_TOKEN'] });
  });

  test('take the posting account from the front of its access token', () => {
    expect(account(keys)?.userId).toBe('1700000000000000001');
    expect(account({ ...keys, TWITTER_USER_ID: '42' })?.userId).toBe('42');
  });

  test.each(['', '   ', '\n'])('count a secret of %j as not set', (blank) => {
    const env = { ...keys, TWITTER_API_SECRET: blank };
    expect(readerOf(env).read(xSettings).consumer).toBeNull();
    expect(stateOf('twitter-account', env)).toEqual({
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
    ['TWITTER_MONTHLY_BUDGET', 'ten'],
    ['TWITTER_API_URL', 'api.x.com'],
    ['CONTACT', '홍길동'],
    ['MENU_SCHOOL', 'B10'],
  ])('with %s=%s say so and go on with the default', (name, value) => {
    const env = { ...keys, [name]: value };
    expect(readerOf(env).problems(book.settings)).toEqual([expect.stringContaining(name)]);
    for (const settings of [coreSettings, xSettings, titleSettings]) {
      expect(readerOf(env).read<unknown>(settings)).toEqual(readerOf(keys).read<unknown>(settings));
    }
  });

  test('with a key that no header can carry name the account as failing', () => {
    const env = { ...keys, TWITTER_API_KEY: 'fake key' };
    expect(account(env)).toBeNull();
    expect(stateOf('twitter-account', env)).toMatchObject({ state: 'failing' });
  });
});

describe('a secret that opens a door', () => {
  const doors = [
    'API_KEY',
    'KAKAO_SKILL_TOKEN',
    'TELEGRAM_WEBHOOK_SECRET',
    'GITHUB_WEBHOOK_SECRET',
    'KAKAO_ADMIN_KEY',
    'TWITTER_CLIENT_SECRET',
    'TWITTER_API_SECRET',
  ];
  test.each(doors)('%s of 15 characters counts as missing, of 16 as set', (name) => {
    expect(missing(name, 'x'.repeat(15))).toEqual([name]);
    expect(missing(name, 'x'.repeat(16))).toEqual([]);
  });

  test('ADMIN_PASSWORD counts as missing under 12 characters', () => {
    const name = 'ADMIN_PASSWORD';
    expect([missing(name, 'x'.repeat(11)), missing(name, 'x'.repeat(12))]).toEqual([
      ['ADMIN_PASSWORD'],
      [],
    ]);
  });
});
