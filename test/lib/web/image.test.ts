import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { imageHeader } from '../../../src/lib/web/image.ts';
import { PICTURES } from './pictures.ts';

describe('the header of a picture', () => {
  test.each(PICTURES)('$name is told from its bytes, with its size', ({ bytes, header }) => {
    expect(imageHeader(bytes)).toEqual(header);
  });

  test.each(PICTURES)('$name cut off within its first bytes is no picture', ({ bytes }) => {
    for (const length of [0, 3, 8, 12, 25]) {
      expect(imageHeader(bytes.subarray(0, length))).toBeNull();
    }
  });

  test.each([
    ['HTML', '<!doctype html><html><body>image/jpeg</body></html>'],
    ['SVG', '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"></svg>'],
    ['a WAV file', 'RIFF\u0001\u0001\u0001\u0001WAVEfmt and something more'],
    ['AVIF', '\0\0\0\u0020ftypavif\0\0\0\0avifmif1miafMA1B'],
    ['a GIF of no version', 'GIF90a and something more than that'],
    ['blanks', ' '.repeat(100)],
  ])('%s is none', (_, text) => {
    expect(imageHeader(new TextEncoder().encode(text))).toBeNull();
  });

  test('a JPEG that names no size before its end is a JPEG of unknown size', () => {
    const bytes = new Uint8Array(30).fill(0xff).with(1, 0xd8);

    expect(imageHeader(bytes)).toEqual({ type: 'image/jpeg' });
  });

  test('whatever follows the first bytes, reading never throws', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...PICTURES),
        fc.integer({ min: 0, max: 60 }),
        fc.uint8Array({ maxLength: 200 }),
        ({ bytes }, kept, rest) => {
          const mutated = new Uint8Array([...bytes.subarray(0, kept), ...rest]);
          const header = imageHeader(mutated);
          expect(header === null || header.width !== 0).toBe(true);
        },
      ),
    );
  });
});
