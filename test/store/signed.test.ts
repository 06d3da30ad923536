import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createSigner, type SignedPurpose, type Signer } from '../../src/store/sealed.ts';
import { bitFlips, fakeKey } from './keys.ts';

const OLD = fakeKey(1);
const NEW = fakeKey(2);
const NOW = Date.UTC(2026, 10, 22, 3);
const LATER = NOW + 60_000;

async function signer(tokenKeys: string, now = NOW): Promise<Signer> {
  const made = await createSigner({ now: () => now }, tokenKeys);
  if (!made.ok) throw new Error(`refused: ${made.reason}`);
  return made.value;
}

describe('a signed text', () => {
  test('comes back as it was, whatever it was', async () => {
    const { sign, verify } = await signer(NEW);
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 100 }), async (text) => {
        const signed = await sign('link', text, LATER);
        expect(signed).toMatch(/^[A-Za-z0-9._-]+$/);
        expect(await verify('link', signed)).toEqual({
          ok: true,
          value: { text, expiresAt: LATER },
        });
      }),
    );
  });

  test('with any bit of it flipped is refused', async () => {
    const { sign, verify } = await signer(`${NEW},${OLD}`);
    const flips = bitFlips(await sign('admin-cookie', 'owner', LATER));
    const verified = await Promise.all(flips.map((flipped) => verify('admin-cookie', flipped)));
    expect(verified.filter(({ ok }) => ok)).toEqual([]);
  });

  test.each(['csrf', 'oauth-state', 'link'] as const)(
    'for the admin cookie is no %s',
    async (purpose: SignedPurpose) => {
      const { sign, verify } = await signer(NEW);
      const signed = await sign('admin-cookie', 'owner', LATER);
      expect(await verify(purpose, signed)).toEqual({ ok: false, reason: 'forged' });
    },
  );

  test('is good until the millisecond it expires', async () => {
    const signed = await (await signer(NEW)).sign('csrf', 'x', LATER);
    expect((await (await signer(NEW, LATER - 1)).verify('csrf', signed)).ok).toBe(true);
    expect(await (await signer(NEW, LATER)).verify('csrf', signed)).toEqual({
      ok: false,
      reason: 'expired',
    });
  });

  test('with a later expiry written in is forged', async () => {
    const { sign, verify } = await signer(NEW, LATER);
    const signed = (await sign('csrf', 'x', LATER)).replace(`${LATER}`, `${LATER + 1}`);
    expect(await verify('csrf', signed)).toEqual({ ok: false, reason: 'forged' });
  });

  test.each([
    ['nothing', ''],
    ['dots', '....'],
    ['without a signature', 'v1.00000000.1.AAAA'],
    ['longer than any of ours', `v1.00000000.1.${'A'.repeat(5000)}.${'A'.repeat(43)}`],
  ])('that is %s is malformed', async (_name, text) => {
    const { verify } = await signer(NEW);
    expect(await verify('link', text)).toEqual({ ok: false, reason: 'malformed' });
  });

  test.each([
    ['too long', 'x'.repeat(4000), LATER],
    ['without an end', 'x', Number.POSITIVE_INFINITY],
    ['that ends between two milliseconds', 'x', 1.5],
    ['that ended before time began', 'x', 0],
  ])('%s is not made', async (_name, text, expiresAt) => {
    const { sign } = await signer(NEW);
    await expect(sign('link', text, expiresAt)).rejects.toThrow(RangeError);
  });
});

describe('a new key in front of the old one', () => {
  test('accepts what the old one signed, and signs with the new one', async () => {
    const old = await (await signer(OLD)).sign('link', 'x', LATER);
    const both = await signer(`${NEW},${OLD}`);
    expect((await both.verify('link', old)).ok).toBe(true);
    const fresh = await both.sign('link', 'x', LATER);
    expect((await (await signer(NEW)).verify('link', fresh)).ok).toBe(true);
  });

  test('alone accepts nothing the old one signed', async () => {
    const old = await (await signer(OLD)).sign('link', 'x', LATER);
    expect(await (await signer(NEW)).verify('link', old)).toEqual({
      ok: false,
      reason: 'unknown-key',
    });
  });
});

test('a TOKEN_KEY that is no key is refused', async () => {
  expect(await createSigner({ now: () => NOW }, 'secret')).toEqual({
    ok: false,
    reason: 'not-base64',
    position: 1,
  });
});
