import { concat } from '../bytes.ts';
import { pictureFormat } from '../picture-format.ts';
import type { PostMedia, XContext } from './types.ts';

export const pictureCategories = ['tweet_image', 'tweet_gif', 'dm_image', 'dm_gif'] as const;
export type PictureCategory = (typeof pictureCategories)[number];

const megabyte = 1024 * 1024;
const imageMaxBytes = 5 * megabyte;
const gifMaxBytes = 15 * megabyte;
const appendMaxBytes = 5 * megabyte;
export const expiresAfterSeconds = 86_400;

interface StoredMedia {
  readonly id: string;
  /** User id: nobody else may use it. */
  readonly owner: string;
  readonly category: PictureCategory;
  readonly bytes: Uint8Array;
  readonly type: string;
  readonly width: number;
  readonly height: number;
  readonly expiresAt: number;
  readonly readyAt: number;
  alt?: string;
}

interface OpenUpload {
  readonly owner: string;
  readonly category: PictureCategory;
  readonly mediaType: string;
  readonly totalBytes: number;
  readonly expiresAt: number;
  readonly segments: Map<number, Uint8Array>;
}

export type Outcome<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly message: string };

export type MediaStore = ReturnType<typeof createMediaStore>;

/** Uploaded pictures, each kept for 24 hours (docs/platforms/x.md, Media). */
export function createMediaStore(context: XContext) {
  const kept = new Map<string, StoredMedia>();
  const uploads = new Map<string, OpenUpload>();
  const settings = { processingMs: 0 };

  const lifetimeEnd = () => context.now() + expiresAfterSeconds * 1000;

  function keep(
    owner: string,
    id: string,
    category: PictureCategory,
    bytes: Uint8Array,
    expiresAt: number,
  ): Outcome<StoredMedia> {
    const isGif = category.endsWith('gif');
    const maxBytes = isGif ? gifMaxBytes : imageMaxBytes;
    if (bytes.length > maxBytes) return failed(`The media is larger than ${maxBytes} bytes.`);
    const format = pictureFormat(bytes);
    if (!format) return failed('The media is no JPG, PNG, GIF or WEBP picture, or is broken.');
    if (isGif && format.type !== 'image/gif') return failed(`The media is no GIF: ${format.type}.`);
    const readyAt = context.now() + settings.processingMs;
    const media = { id, owner, category, bytes, ...format, expiresAt, readyAt };
    kept.set(id, media);
    return { ok: true, value: media };
  }

  function living(owner: string, id: string): StoredMedia | null {
    const media = kept.get(id);
    return media?.owner === owner && media.expiresAt > context.now() ? media : null;
  }

  function openUpload(owner: string, id: string): OpenUpload | null {
    const upload = uploads.get(id);
    return upload?.owner === owner && upload.expiresAt > context.now() ? upload : null;
  }

  return {
    settings,
    living,

    add: (owner: string, category: PictureCategory, bytes: Uint8Array) =>
      keep(owner, context.nextId(), category, bytes, lifetimeEnd()),

    open(owner: string, category: PictureCategory, mediaType: string, totalBytes: number): string {
      const id = context.nextId();
      const expiresAt = lifetimeEnd();
      const segments = new Map<number, Uint8Array>();
      uploads.set(id, { owner, category, mediaType, totalBytes, expiresAt, segments });
      return id;
    },

    append(
      owner: string,
      id: string,
      segment: number,
      bytes: Uint8Array,
    ): Outcome<{ expiresAt: number }> {
      const upload = openUpload(owner, id);
      if (!upload) return failed('The upload is unknown, finished or expired.');
      if (bytes.length > appendMaxBytes) return failed('The segment is larger than 5 MB.');
      if (upload.segments.has(segment)) return failed(`Segment ${segment} was sent before.`);
      upload.segments.set(segment, bytes);
      return { ok: true, value: { expiresAt: upload.expiresAt } };
    },

    finalize(owner: string, id: string): Outcome<StoredMedia> {
      const upload = openUpload(owner, id);
      if (!upload) return failed('The upload is unknown, finished or expired.');
      const segments = [...upload.segments].toSorted(([one], [other]) => one - other);
      const bytes = concat(segments.map(([, segment]) => segment));
      if (segments.some(([number], index) => number !== index))
        return failed('A segment is missing.');
      if (bytes.length !== upload.totalBytes) {
        return failed(`The segments are ${bytes.length} bytes, not ${upload.totalBytes}.`);
      }
      if (pictureFormat(bytes)?.type !== upload.mediaType) {
        return failed(`The media is not ${upload.mediaType}.`);
      }
      uploads.delete(id);
      return keep(owner, id, upload.category, bytes, upload.expiresAt);
    },

    isReady: (media: StoredMedia) => media.readyAt <= context.now(),

    /** The pictures as a post or message shows them from now on. */
    use(owner: string, ids: readonly string[], place: 'tweet' | 'dm'): Outcome<PostMedia[]> {
      const used: PostMedia[] = [];
      for (const id of ids) {
        const media = living(owner, id);
        if (!media) return failed('Your media IDs are invalid.');
        if (media.readyAt > context.now()) return failed(`Media ${id} is still processed.`);
        if (!media.category.startsWith(place)) {
          return failed(`Media ${id} has category ${media.category}.`);
        }
        if (media.category === 'tweet_gif' && ids.length > 1) {
          return failed('A GIF cannot be combined with other media.');
        }
        const { bytes, type, alt } = media;
        used.push({ id, bytes, type, ...(alt === undefined ? {} : { alt }) });
      }
      return { ok: true, value: used };
    },
  };
}

function failed(message: string): { readonly ok: false; readonly message: string } {
  return { ok: false, message };
}
