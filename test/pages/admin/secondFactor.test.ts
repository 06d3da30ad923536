import { describe, expect, test } from 'vitest';
import { utf8 } from '../../../src/lib/encoding.ts';
import { base32, hotp, stepOfCode } from '../../../src/pages/admin/secondFactor.ts';

const SECRET = utf8('12345678901234567890');

describe('one-time codes', () => {
  test('are those of RFC 4226, appendix D', async () => {
    const codes = await Promise.all(Array.from({ length: 10 }, (_, count) => hotp(SECRET, count)));
    expect(codes).toEqual([
      '755224',
      '287082',
      '359152',
      '969429',
      '338314',
      '254676',
      '287922',
      '162583',
      '399871',
      '520489',
    ]);
  });

  test.each([
    [59, '94287082'],
    [1_111_111_109, '07081804'],
    [1_111_111_111, '14050471'],
    [1_234_567_890, '89005924'],
    [2_000_000_000, '69279037'],
    [20_000_000_000, '65353130'],
  ])('are those of RFC 6238, appendix B, at %i', async (seconds, code) => {
    expect(await hotp(SECRET, Math.floor(seconds / 30), 8)).toBe(code);
  });

  test('are good for a step before and after, and once', async () => {
    const now = 1_234_567_890_000;
    const step = Math.floor(now / 30_000);
    for (const near of [step - 1, step, step + 1]) {
      expect(await stepOfCode(SECRET, await hotp(SECRET, near), now, 0)).toBe(near);
    }
    for (const far of [step - 2, step + 2]) {
      expect(await stepOfCode(SECRET, await hotp(SECRET, far), now, 0)).toBeNull();
    }
    expect(await stepOfCode(SECRET, await hotp(SECRET, step), now, step)).toBeNull();
  });

  test('have a secret in letters (RFC 4648)', () => {
    expect(base32(SECRET)).toBe('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ');
    expect(base32(utf8('fooba'))).toBe('MZXW6YTB');
    expect(base32(utf8('foob'))).toBe('MZXW6YQ');
  });
});
