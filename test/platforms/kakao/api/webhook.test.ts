import { describe, expect, test } from 'vitest';
import { isAdminKey, readUnlink } from '../../../../src/platforms/kakao/api/securityEvents.ts';

describe('the admin key', () => {
  test('opens', async () => {
    expect(await isAdminKey('KakaoAK fake-admin', 'fake-admin')).toBe(true);
  });

  test.each([
    ['none', null, 'fake-admin'],
    ['blank', '', 'fake-admin'],
    ['another', 'KakaoAK fake-admim', 'fake-admin'],
    ['the start of it', 'KakaoAK fake-admi', 'fake-admin'],
    ['more than it', 'KakaoAK fake-admin2', 'fake-admin'],
    ['a bearer', 'Bearer fake-admin', 'fake-admin'],
    ['the key alone', 'fake-admin', 'fake-admin'],
    ['nothing, where none is set', 'KakaoAK ', ''],
    ['white space, where that is set', 'KakaoAK  ', ' '],
    ['nothing at all, where none is set', null, ''],
  ])('that is %s opens nothing', async (_name, authorization, adminKey) => {
    expect(await isAdminKey(authorization, adminKey)).toBe(false);
  });
});

describe('an unlink webhook', () => {
  const read = { userId: '4000000001', referrerType: 'UNLINK_FROM_APPS' };

  test.each([
    ['query', new URLSearchParams('app_id=1&user_id=4000000001&referrer_type=UNLINK_FROM_APPS')],
    ['JSON', { app_id: 1, user_id: 4000000001, referrer_type: 'UNLINK_FROM_APPS' }],
  ])('names the person in a %s', (_name, fields) => {
    expect(readUnlink(fields)).toEqual(read);
  });

  test('may leave the referrer out', () => {
    expect(readUnlink({ user_id: '1', referrer_type: '<script>' })).toEqual({
      userId: '1',
      referrerType: '',
    });
  });

  test.each([
    {},
    { user_id: '' },
    { user_id: 'me' },
    { user_id: -1 },
    { user_id: 1.5 },
    { user_id: null },
    { user_id: '1'.repeat(21) },
  ])('names nobody in %j', (fields) => {
    expect(readUnlink(fields)).toBe(null);
  });
});
