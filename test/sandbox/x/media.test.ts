import { describe, expect, test } from 'vitest';
import { concat, fromBase64, toBase64, utf8 } from '../bytes.ts';
import { createPng } from '../png.ts';
import { createWorld, type World } from '../world.ts';
import { call, idIn, upload, uploadForm } from './client.ts';

const startAt = Date.UTC(2026, 10, 22, 9);
const png = await createPng(4, 3, () => [200, 30, 40]);
const gif = fromBase64('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7') ?? png;

const send = async (world: World, body: object) =>
  await call(world, 'POST', '/2/media/upload', { body });

const start = async (world: World, body: object) =>
  await call(world, 'POST', '/2/media/upload/initialize', { body });
const piece = async (world: World, id: string, index: number, bytes: Uint8Array) =>
  await call(world, 'POST', `/2/media/upload/${id}/append`, {
    body: { media: toBase64(bytes), segment_index: index },
  });
const finish = async (world: World, id: string) =>
  await call(world, 'POST', `/2/media/upload/${id}/finalize`);

/** A GIF of a size; bytes before the trailer belong to its blocks. */
function padded(size: number): FormData {
  const big = new Uint8Array(size);
  big.set(gif.subarray(0, -1));
  big[size - 1] = 0x3b;
  return uploadForm(big, 'tweet_image');
}

describe('one-shot upload', () => {
  test('a multipart picture gets an id, its key, size and measures', async () => {
    const world = createWorld({ startAt });
    const { status, json } = await send(world, uploadForm(png, 'tweet_image'));
    const id = idIn(json);
    expect(status).toBe(200);
    expect(json).toEqual({
      data: {
        id,
        media_key: `3_${id}`,
        size: png.length,
        expires_after_secs: 86_400,
        image: { h: 3, w: 4, image_type: 'image/png' },
      },
    });
  });

  test('base64 in JSON is taken too, and the type comes from the bytes', async () => {
    const world = createWorld({ startAt });
    const { json } = await send(world, { media: toBase64(gif), media_category: 'tweet_gif' });
    expect(json).toMatchObject({ data: { image: { image_type: 'image/gif', h: 1, w: 1 } } });
  });

  const spoilt = png.slice();
  spoilt[40] = (spoilt[40] ?? 0) ^ 1;
  const base64 = toBase64(png);
  test.each([
    ['no category', { media: base64 }],
    ['an unknown category', { media: base64, media_category: 'poster' }],
    ['an unknown key', { media: base64, media_category: 'tweet_image', media_type: 'image/png' }],
    ['no media', { media_category: 'tweet_image' }],
    ['text that is no base64', { media: '***', media_category: 'tweet_image' }],
    ['a cut-off picture', uploadForm(png.slice(0, -20), 'tweet_image')],
    ['a picture with a flipped bit', uploadForm(spoilt, 'tweet_image')],
    ['a web page', uploadForm(new TextEncoder().encode('<!doctype html>'), 'tweet_image')],
    ['no bytes at all', uploadForm(new Uint8Array(0), 'tweet_image')],
    ['a PNG as a GIF', uploadForm(png, 'tweet_gif')],
  ])('%s is an invalid request', async (_, body) => {
    const world = createWorld({ startAt });
    const { status, json } = await send(world, body);
    expect(status).toBe(400);
    expect(json).toMatchObject({ type: 'https://api.x.com/2/problems/invalid-request' });
  });

  test('a picture may have 5 MB and not one byte more', async () => {
    const world = createWorld({ startAt });
    expect((await send(world, padded(5 * 1024 * 1024))).status).toBe(200);
    expect((await send(world, padded(5 * 1024 * 1024 + 1))).status).toBe(400);
  });

  test('an alternative text has 1000 characters at most and a picture that exists', async () => {
    const world = createWorld({ startAt });
    const id = await upload(world, png);
    const alt = async (text: string, of = id) =>
      (
        await call(world, 'POST', '/2/media/metadata', {
          body: { id: of, metadata: { alt_text: { text } } },
        })
      ).status;
    expect(await alt('🐾'.repeat(1000))).toBe(200);
    expect(await alt('가'.repeat(1001))).toBe(400);
    expect(await alt('포스터', '1')).toBe(400);
  });
});

const part = (name: string, value: Uint8Array) =>
  concat([
    utf8(`--edge\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n`),
    value,
    utf8('\r\n'),
  ]);

const form = (...parts: Uint8Array[]) =>
  new Blob([concat([...parts, utf8('--edge--\r\n')])], {
    type: 'multipart/form-data; boundary=edge',
  });

test('a part without a file name is bytes too, and the same part twice is refused', async () => {
  const world = createWorld({ startAt });
  const media = part('media', png);
  const category = part('media_category', utf8('tweet_image'));
  expect((await send(world, form(media, category))).status).toBe(200);
  expect((await send(world, form(media, category, category))).status).toBe(400);
  expect((await send(world, form(category))).status).toBe(400);
});

describe('upload in pieces', () => {
  const plan = { media_type: 'image/png', total_bytes: png.length, media_category: 'tweet_image' };

  test('the pieces become one picture, which is processed for a while', async () => {
    const world = createWorld({ startAt });
    world.x.media.processingMs = 5000;
    const id = idIn((await start(world, plan)).json);
    expect((await piece(world, id, 1, png.slice(30))).json).toEqual({
      data: { expires_at: startAt / 1000 + 86_400 },
    });
    await piece(world, id, 0, png.slice(0, 30));
    expect((await finish(world, id)).json).toMatchObject({
      data: { id, size: png.length, processing_info: { state: 'in_progress' } },
    });
    const posting = { body: { media: { media_ids: [id] } } };
    expect((await call(world, 'POST', '/2/tweets', posting)).status).toBe(400);
    world.clock.advance(5000);
    const status = await call(world, 'GET', `/2/media/upload?command=STATUS&media_id=${id}`);
    expect(status.json).toMatchObject({ data: { processing_info: { state: 'succeeded' } } });
    expect((await call(world, 'POST', '/2/tweets', posting)).status).toBe(201);
  });

  test('a missing piece, a wrong length and a wrong type are found out at the end', async () => {
    const world = createWorld({ startAt });
    const gap = idIn((await start(world, plan)).json);
    await piece(world, gap, 1, png);
    const short = idIn((await start(world, plan)).json);
    await piece(world, short, 0, png.slice(1));
    const other = idIn((await start(world, { ...plan, media_type: 'image/jpeg' })).json);
    await piece(world, other, 0, png);
    for (const id of [gap, short, other, '1']) expect((await finish(world, id)).status).toBe(400);
  });

  test('a piece for an unknown upload and a number beyond 999 are refused', async () => {
    const world = createWorld({ startAt });
    const id = idIn((await start(world, plan)).json);
    expect((await piece(world, '1', 0, png)).status).toBe(400);
    expect((await piece(world, id, 1000, png)).status).toBe(400);
  });
});
