import { Hono } from 'hono';
import * as v from 'valibot';
import { idSchema, readJson, readUpload } from './body.ts';
import { type Guard, userOf, type XEnv } from './guard.ts';
import { expiresAfterSeconds, type MediaStore, pictureCategories } from './media-store.ts';
import { invalidRequest } from './problems.ts';

const category = v.picklist(pictureCategories, 'is not a category of pictures');

const oneShot = v.strictObject({
  media_category: category,
  additional_owners: v.optional(v.pipe(v.string(), v.regex(/^[0-9]{1,19}(,[0-9]{1,19})*$/))),
});

const initialize = v.strictObject({
  media_type: v.picklist(['image/jpeg', 'image/png', 'image/gif', 'image/webp']),
  total_bytes: v.pipe(v.number(), v.integer(), v.minValue(1)),
  media_category: category,
  additional_owners: v.optional(v.array(idSchema)),
  shared: v.optional(v.boolean()),
});

/** A multipart field is text, a JSON one a number. */
const append = v.strictObject({
  segment_index: v.pipe(
    v.union([v.number(), v.pipe(v.string(), v.regex(/^\d{1,3}$/), v.transform(Number))]),
    v.integer(),
    v.minValue(0),
    v.maxValue(999),
  ),
});

const metadata = v.strictObject({
  id: idSchema,
  metadata: v.strictObject({
    alt_text: v.strictObject({
      text: v.pipe(
        v.string(),
        v.check((text) => Array.from(text).length <= 1000, 'is longer than 1000 characters'),
      ),
    }),
  }),
});

const uploading = { user: ['media.write'] } as const;

type Stored = NonNullable<ReturnType<MediaStore['living']>>;

/** Uploading pictures; videos and subtitles are not kept here (docs/platforms/x.md, Media). */
export function createMediaRoutes(store: MediaStore, now: () => number, guard: Guard) {
  const routes = new Hono<XEnv>();

  routes.post('/2/media/upload', guard('uploads', uploading), async (c) => {
    const read = await readUpload(c.req.raw, oneShot);
    if (!read.ok) return read.problem;
    const media = store.add(userOf(c), read.value.fields.media_category, read.value.bytes);
    return media.ok ? c.json({ data: describe(media.value) }) : invalidRequest(media.message);
  });

  routes.post('/2/media/upload/initialize', guard('chunks', uploading), async (c) => {
    const read = await readJson(c.req.raw, initialize);
    if (!read.ok) return read.problem;
    const { media_category, media_type, total_bytes } = read.value;
    const id = store.open(userOf(c), media_category, media_type, total_bytes);
    return c.json({ data: { id, media_key: `3_${id}`, expires_after_secs: expiresAfterSeconds } });
  });

  routes.post('/2/media/upload/:id/append', guard('chunks', uploading), async (c) => {
    const read = await readUpload(c.req.raw, append);
    if (!read.ok) return read.problem;
    const { bytes, fields } = read.value;
    const appended = store.append(userOf(c), c.req.param('id'), fields.segment_index, bytes);
    if (!appended.ok) return invalidRequest(appended.message);
    return c.json({ data: { expires_at: Math.floor(appended.value.expiresAt / 1000) } });
  });

  routes.post('/2/media/upload/:id/finalize', guard('chunks', uploading), (c) => {
    const media = store.finalize(userOf(c), c.req.param('id'));
    return media.ok ? c.json({ data: describe(media.value) }) : invalidRequest(media.message);
  });

  routes.get('/2/media/upload', guard('mediaStatus', uploading), (c) => {
    const { command, media_id: id = '' } = c.req.query();
    if (command !== 'STATUS') return invalidRequest('The command is not STATUS.');
    const media = store.living(userOf(c), id);
    if (!media) return invalidRequest('Your media IDs are invalid.', { media_id: [id] });
    return c.json({ data: { ...describe(media), processing_info: processing(media) } });
  });

  routes.post('/2/media/metadata', guard('metadata', uploading), async (c) => {
    const read = await readJson(c.req.raw, metadata);
    if (!read.ok) return read.problem;
    const { id, metadata: given } = read.value;
    const media = store.living(userOf(c), id);
    if (!media) return invalidRequest('Your media IDs are invalid.', { id: [id] });
    media.alt = given.alt_text.text;
    return c.json({ data: { id, associated_metadata: given } });
  });

  function describe(media: Stored): object {
    return {
      id: media.id,
      media_key: `3_${media.id}`,
      size: media.bytes.length,
      expires_after_secs: Math.floor((media.expiresAt - now()) / 1000),
      image: { h: media.height, w: media.width, image_type: media.type },
      ...(store.isReady(media) ? {} : { processing_info: processing(media) }),
    };
  }

  function processing(media: Stored): object {
    return store.isReady(media)
      ? { state: 'succeeded', progress_percent: 100 }
      : { state: 'in_progress', check_after_secs: 1, progress_percent: 50 };
  }

  return routes;
}
