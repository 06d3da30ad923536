import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { NewMedia } from '../../../../src/platforms/x/api/client.ts';
import { clientOf } from './bound.ts';
import type { Recorded } from './recorder.ts';
import { API_URL, credentials, json, recorder } from './recorder.ts';

const MIB = 1024 * 1024;

function clientThatGets(respond: (call: Recorded) => Response) {
  const { runtime, sent } = recorder(respond);
  return { client: clientOf({ runtime, apiUrl: API_URL, credentials }), sent };
}

function media(length: number, change: Partial<NewMedia> = {}): NewMedia {
  const bytes = new Uint8Array(length).fill(7);
  return { bytes, type: 'image/jpeg', ...change };
}

const uploaded = (processing?: { state: string; check_after_secs?: number }) =>
  json({
    data: { id: '5', media_key: '3_5', expires_after_secs: 3600, processing_info: processing },
  });

async function fileOf(call: Recorded | undefined) {
  const file = call?.form?.['media'];
  if (!(file instanceof File)) throw new Error('expected a file');
  return { type: file.type, bytes: new Uint8Array(await file.arrayBuffer()) };
}

/** Uploads with an answer of each state in turn, and lets the waiting times pass. */
async function uploadThrough(states: readonly { state: string; check_after_secs?: number }[]) {
  const waiting = [...states];
  const { client, sent } = clientThatGets(() => uploaded(waiting.shift()));
  const uploading = client.uploadMedia(media(10));
  await vi.runAllTimersAsync();
  return { result: await uploading, sent };
}

describe('one-shot upload', () => {
  test('an image up to 4 MiB is one multipart request', async () => {
    const { client, sent } = clientThatGets(() => uploaded());
    expect(await client.uploadMedia(media(4 * MIB))).toEqual({
      ok: true,
      value: { id: '5' },
    });
    expect(sent.map(({ method, url }) => `${method} ${url}`)).toEqual([
      `POST ${API_URL}/2/media/upload`,
    ]);
    expect(Object.keys(sent[0]?.form ?? {}).toSorted()).toEqual(['media', 'media_category']);
    expect(sent[0]?.form?.['media_category']).toBe('tweet_image');
    expect(sent[0]?.headers['authorization']).toMatch(/^OAuth /);
    const file = await fileOf(sent[0]);
    expect(file.type).toBe('image/jpeg');
    expect(file.bytes.length).toBe(4 * MIB);
    expect(file.bytes.every((byte) => byte === 7)).toBe(true);
  });

  test.each<[string, NewMedia]>([
    ['nothing', media(0)],
    ['an image over 5 MiB', media(5 * MIB + 1)],
  ])('%s is refused before anything is sent', async (_name, wrong) => {
    const { client, sent } = clientThatGets(() => uploaded());
    expect(await client.uploadMedia(wrong)).toMatchObject({ ok: false, reason: 'invalid' });
    expect(sent).toEqual([]);
  });
});

describe('upload in segments', () => {
  const gif = media(4 * MIB + 3, { type: 'image/gif' });

  test('media over 4 MiB is announced, sent in pieces of 1 MiB and finished', async () => {
    const { client, sent } = clientThatGets(({ url }) =>
      url.endsWith('/append') ? json({ data: { expires_at: 1 } }) : uploaded(),
    );
    gif.bytes.set([1, 2, 3], 4 * MIB);
    expect(await client.uploadMedia(gif)).toMatchObject({ ok: true, value: { id: '5' } });
    const append = `POST ${API_URL}/2/media/upload/5/append`;
    expect(sent.map(({ method, url }) => `${method} ${url}`)).toEqual([
      `POST ${API_URL}/2/media/upload/initialize`,
      append,
      append,
      append,
      append,
      append,
      `POST ${API_URL}/2/media/upload/5/finalize`,
    ]);
    expect(JSON.parse(sent[0]?.text ?? '')).toEqual({
      media_type: 'image/gif',
      total_bytes: 4 * MIB + 3,
      media_category: 'tweet_image',
    });
    const segments = sent.slice(1, 6);
    expect(segments.map(({ form }) => form?.['segment_index'])).toEqual(['0', '1', '2', '3', '4']);
    expect((await fileOf(segments[0])).bytes.length).toBe(MIB);
    expect((await fileOf(segments[4])).bytes).toEqual(new Uint8Array([1, 2, 3]));
  });

  test('a segment that fails ends the upload with its failure', async () => {
    const { client, sent } = clientThatGets(({ url }) =>
      url.endsWith('/append') ? json({ title: 'Too Many Requests' }, 429) : uploaded(),
    );
    expect(await client.uploadMedia(gif)).toMatchObject({ reason: 'retry', status: 429 });
    expect(sent).toHaveLength(2);
  });

  test('an announcement that fails sends no bytes', async () => {
    const { client, sent } = clientThatGets(() => json({ title: 'Forbidden' }, 403));
    expect(await client.uploadMedia(gif)).toMatchObject({ reason: 'forbidden' });
    expect(sent).toHaveLength(1);
  });
});

describe('processing', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test('X is asked again, after its own waiting time, until it is ready', async () => {
    const { result, sent } = await uploadThrough([
      { state: 'pending', check_after_secs: 1 },
      { state: 'in_progress', check_after_secs: 3 },
      { state: 'succeeded' },
    ]);
    expect(result).toEqual({ ok: true, value: { id: '5' } });
    expect(sent.slice(1).map(({ method, url }) => `${method} ${url}`)).toEqual([
      `GET ${API_URL}/2/media/upload?command=STATUS&media_id=5`,
      `GET ${API_URL}/2/media/upload?command=STATUS&media_id=5`,
    ]);
  });

  test('media that X cannot process is invalid', async () => {
    const { result } = await uploadThrough([{ state: 'pending' }, { state: 'failed' }]);
    expect(result).toMatchObject({ ok: false, reason: 'invalid' });
  });

  test('after five questions the caller is told to come back', async () => {
    const pending = { state: 'pending', check_after_secs: 1 };
    const { result, sent } = await uploadThrough(Array.from({ length: 9 }, () => pending));
    expect(result).toMatchObject({ reason: 'retry', retryAfterMs: 1000, mayHaveActed: false });
    expect(sent).toHaveLength(6);
  });

  test('more than ten seconds in all are not waited', async () => {
    const pending = { state: 'pending', check_after_secs: 6 };
    const { result, sent } = await uploadThrough([pending, pending, pending]);
    expect(result).toMatchObject({ reason: 'retry', retryAfterMs: 6000 });
    expect(sent).toHaveLength(2);
  });

  test('an upload ends after thirty seconds without an answer', async () => {
    const { runtime } = recorder(() => new Promise<Response>(() => {}));
    const client = clientOf({ runtime, apiUrl: API_URL, credentials });
    const uploading = client.uploadMedia(media(10));
    await vi.advanceTimersByTimeAsync(29_999);
    expect(await Promise.race([uploading, Promise.resolve('still waiting')])).toBe('still waiting');
    await vi.advanceTimersByTimeAsync(1);
    expect(await uploading).toMatchObject({ reason: 'retry', mayHaveActed: true });
  });
});

describe('alternative text', () => {
  test.each([
    ['as it is up to 1,000', 'a'.repeat(1000), 'a'.repeat(1000)],
    ['cut beyond', 'a'.repeat(1001), `${'a'.repeat(999)}…`],
    ['never cut inside a character', '👨‍👩‍👧'.repeat(200), `${'👨‍👩‍👧'.repeat(124)}…`],
  ])('%s', async (_name, text, expected) => {
    const { client, sent } = clientThatGets(() => json({ data: { id: '5' } }));
    expect((await client.setAltText('5', text)).ok).toBe(true);
    expect(JSON.parse(sent[0]?.text ?? '').metadata.alt_text.text).toBe(expected);
  });
});
