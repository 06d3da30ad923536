import { base64 } from '../../src/lib/encoding.ts';

/** A fake key of `TOKEN_KEY`: 32 times the same byte. */
export function fakeKey(byte: number, length = 32): string {
  return base64(new Uint8Array(length).fill(byte));
}

export const systemRandom = {
  randomBytes: (length: number) => crypto.getRandomValues(new Uint8Array(length)),
};

/** Every text that differs from `text` in one bit of one (ASCII) byte. */
export function bitFlips(text: string): string[] {
  return Array.from({ length: text.length * 8 }, (_, bit) => {
    const at = Math.floor(bit / 8);
    const flipped = String.fromCharCode(text.charCodeAt(at) ^ (1 << (bit % 8)));
    return text.slice(0, at) + flipped + text.slice(at + 1);
  });
}
