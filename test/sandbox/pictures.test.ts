import { describe, expect, test } from 'vitest';
import { fromBase64 } from './bytes.ts';
import { pictureFormat } from './picture-format.ts';
import { crc32, createPng } from './png.ts';
import { createWorld } from './world.ts';

const startAt = Date.UTC(2026, 10, 22, 9);

describe('pictures', () => {
  test('every title has a picture of its own, whole and with the type it states', async () => {
    const world = createWorld({ startAt });
    const pictures = await Promise.all(
      world.netflix.rows.map(async (row) => await world.fetch(new Request(row.image ?? ''))),
    );
    const bytes = await Promise.all(pictures.map(async (picture) => await picture.bytes()));
    expect(new Set(pictures.map(({ headers }) => headers.get('content-type')))).toEqual(
      new Set(['image/png']),
    );
    expect(bytes.map(pictureFormat)).toEqual(
      bytes.map(() => ({ type: 'image/png', width: 320, height: 180 })),
    );
    expect(new Set(bytes.map((picture) => picture.join())).size).toBe(bytes.length);
  });

  test('own posters are served under another base', async () => {
    const poster = await createPng(2, 2, () => [1, 2, 3]);
    const imageBase = 'http://127.0.0.1:8788/pictures';
    const world = createWorld({ startAt, imageBase, poster: () => poster });
    const image = world.netflix.rows[0]?.image ?? '';
    expect(image.startsWith(`${imageBase}/`)).toBe(true);
    expect(await (await world.fetch(new Request(image))).bytes()).toEqual(poster);
  });

  test('a file without a number is not there', async () => {
    const world = createWorld({ startAt });
    const response = await world.fetch(new Request('https://image.tmdb.org/t/p/w500/none.jpg'));
    expect(response.status).toBe(404);
  });

  test('the checksum is that of the PNG specification', () => {
    expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
    expect(crc32(new TextEncoder().encode('IEND'))).toBe(0xae426082);
  });

  test('pixels survive: the data is what zlib inflates again', async () => {
    const png = await createPng(2, 1, (x) => [x, 20, 30]);
    const length = new DataView(png.buffer).getUint32(33);
    const inflated = new Blob([png.slice(41, 41 + length)])
      .stream()
      .pipeThrough(new DecompressionStream('deflate'));
    expect([...(await new Response(inflated).bytes())]).toEqual([0, 0, 20, 30, 1, 20, 30]);
  });

  const jpeg = '/9j/4AAQSkZJRgABAQAAAQABAAD/wAALCAAFAAcBAREA/9k=';
  const extended = 'UklGRhYAAABXRUJQVlA4WAoAAAAQAAAAfwIAZwEA';
  const lossy = 'UklGRhwAAABXRUJQVlA4IBAAAAAwAQCdASpAADAAAAAAAAAA';
  const lossless = 'UklGRhoAAABXRUJQVlA4TA0AAAAvAgABAAcHBwcHBwcHAA==';
  test.each([
    ['image/jpeg', 7, 5, jpeg],
    ['image/gif', 1, 1, 'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7'],
    ['image/webp', 3, 5, lossless],
    ['image/webp', 640, 360, extended],
    ['image/webp', 64, 48, lossy],
  ])(
    '%s of %i by %i is told by its bytes, and refused when cut off',
    (type, width, height, base64) => {
      const bytes = fromBase64(base64) ?? new Uint8Array(0);
      expect(pictureFormat(bytes)).toEqual({ type, width, height });
      expect(pictureFormat(bytes.slice(0, -3))).toBeNull();
    },
  );

  test.each([
    ['', 0],
    ['GIF89a', 0],
    ['<html>', 0],
  ])('%s is no picture', (text) => {
    expect(pictureFormat(new TextEncoder().encode(text))).toBeNull();
  });
});
