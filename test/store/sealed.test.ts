import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createSealer, keyIdOf, type Sealer } from '../../src/store/sealed.ts';
import { bitFlips, fakeKey, systemRandom } from './keys.ts';

const OLD = fakeKey(1);
const NEW = fakeKey(2);
const ACCOUNT = 'twitter:42';

/** `fake-token`, sealed for the account by the code of the first release. */
const BY_OLD = 'v1.802e1897.wn5sMySxjRSOs-24.tcL1ESlkwEqtEbN-jA9Io5dDGjKFBJaST2c';
const BY_NEW = 'v1.3c5bddd3.80m58UBDLKpJFjUX.-gSyLPxDnGc7CrbOpQHvqM_t8goccW8dVBk';

async function sealer(tokenKeys: string): Promise<Sealer> {
  const made = await createSealer(systemRandom, tokenKeys);
  if (!made.ok) throw new Error(`refused: ${made.reason}`);
  return made.value;
}

describe('a sealed text', () => {
  test('opens to what was sealed, whatever it was', async () => {
    const { seal, open } = await sealer(NEW);
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), fc.string(), async (name, value) => {
        expect(await open(name, await seal(name, value))).toEqual({
          ok: true,
          value,
          isStale: false,
        });
      }),
    );
  });

  test('is written v1, key id, IV, ciphertext', async () => {
    const { seal, keyId } = await sealer(NEW);
    const sealed = await seal(ACCOUNT, 'fake-token');
    expect(sealed).toMatch(/^v1\.[0-9a-f]{8}\.[A-Za-z0-9_-]{16}\.[A-Za-z0-9_-]{35}$/);
    expect(keyIdOf(sealed)).toBe(keyId);
  });

  test('of the first release opens still', async () => {
    const { open } = await sealer(OLD);
    expect(await open(ACCOUNT, BY_OLD)).toMatchObject({ ok: true, value: 'fake-token' });
  });

  test('is another one each time', async () => {
    const { seal } = await sealer(NEW);
    const sealed = await Promise.all(Array.from({ length: 100 }, () => seal(ACCOUNT, 'same')));
    expect(new Set(sealed).size).toBe(100);
  });

  test('with any bit of it flipped is refused', async () => {
    const { seal, open } = await sealer(`${NEW},${OLD}`);
    const flips = bitFlips(await seal(ACCOUNT, 'fake-token'));
    const opened = await Promise.all(flips.map((flipped) => open(ACCOUNT, flipped)));
    expect(opened.filter(({ ok }) => ok)).toEqual([]);
  });

  test('with any character replaced by any other is refused', async () => {
    const { seal, open } = await sealer(NEW);
    const sealed = await seal(ACCOUNT, 'fake-token');
    await fc.assert(
      fc.asyncProperty(
        fc.nat(sealed.length - 1),
        fc.string({ minLength: 1, maxLength: 1 }),
        async (at, character) => {
          fc.pre(sealed[at] !== character);
          const changed = sealed.slice(0, at) + character + sealed.slice(at + 1);
          expect((await open(ACCOUNT, changed)).ok).toBe(false);
        },
      ),
    );
  });

  test.each([
    ['cut short', (sealed: string) => sealed.slice(0, -1), 'malformed'],
    ['with a whole byte missing', (sealed: string) => sealed.slice(0, -4), 'not-authentic'],
    ['with more behind it', (sealed: string) => `${sealed}AAAA`, 'not-authentic'],
    ['with a line break behind it', (sealed: string) => `${sealed}\n`, 'malformed'],
    ['of another version', (sealed: string) => sealed.replace('v1', 'v2'), 'malformed'],
    ['in capitals', (sealed: string) => sealed.toUpperCase(), 'malformed'],
    ['that is empty', () => '', 'malformed'],
    ['that was never sealed', () => '{"token":"fake"}', 'malformed'],
  ])('%s is refused', async (_name, change, reason) => {
    const { open } = await sealer(NEW);
    expect(await open(ACCOUNT, change(BY_NEW))).toEqual({ ok: false, reason });
  });

  test('does not open under the name of another account', async () => {
    const { seal, open } = await sealer(NEW);
    const sealed = await seal(ACCOUNT, 'fake-token');
    expect(await open('twitter:43', sealed)).toEqual({ ok: false, reason: 'not-authentic' });
    expect(await open('kakao:42', sealed)).toEqual({ ok: false, reason: 'not-authentic' });
  });
});

describe('a new key in front of the old one', () => {
  test('opens what the old one sealed, and says that it is stale', async () => {
    const sealed = await (await sealer(OLD)).seal(ACCOUNT, 'fake-token');
    const { open } = await sealer(`${NEW},${OLD}`);
    expect(await open(ACCOUNT, sealed)).toEqual({ ok: true, value: 'fake-token', isStale: true });
  });

  test('seals what is written from then on', async () => {
    const sealed = await (await sealer(`${NEW},${OLD}`)).seal(ACCOUNT, 'fake-token');
    const { open } = await sealer(NEW);
    expect(await open(ACCOUNT, sealed)).toEqual({ ok: true, value: 'fake-token', isStale: false });
  });

  test('alone does not open what the old one sealed', async () => {
    const sealed = await (await sealer(OLD)).seal(ACCOUNT, 'fake-token');
    const { open } = await sealer(NEW);
    expect(await open(ACCOUNT, sealed)).toEqual({ ok: false, reason: 'unknown-key' });
  });
});

describe('TOKEN_KEY', () => {
  test.each([
    ['nothing', '', 'blank', 1],
    ['blanks', ' \n', 'blank', 1],
    ['a comma too many', `${NEW},`, 'blank', 2],
    ['31 bytes', fakeKey(3, 31), 'wrong-length', 1],
    ['33 bytes', fakeKey(3, 33), 'wrong-length', 1],
    ['an old key of 16 bytes', `${NEW},${fakeKey(3, 16)}`, 'wrong-length', 2],
    ['hexadecimal', '0123456789abcdef'.repeat(4), 'wrong-length', 1],
    ['base64url', `${'_'.repeat(42)}8=`, 'not-base64', 1],
    ['base64 without its padding', NEW.replace('=', ''), 'not-base64', 1],
    ['base64 no encoder writes', `${'A'.repeat(42)}B=`, 'not-base64', 1],
    ['words', 'correct horse battery staple', 'not-base64', 1],
    ['the same key twice', `${NEW},${OLD},${NEW}`, 'repeated', 3],
  ] as const)('that is %s is refused by name', async (_name, text, reason, position) => {
    expect(await createSealer(systemRandom, text)).toEqual({ ok: false, reason, position });
  });

  test('may have blanks and line breaks around its keys', async () => {
    const { keyId } = await sealer(` ${NEW} ,\n${OLD}\n`);
    expect(keyId).toBe((await sealer(NEW)).keyId);
  });

  test('has ids that tell keys apart', async () => {
    const keys = Array.from({ length: 50 }, (_, byte) => sealer(fakeKey(byte)));
    expect(new Set((await Promise.all(keys)).map(({ keyId }) => keyId)).size).toBe(50);
  });
});
