import { DAY_MS } from '../lib/time.ts';

const LIFETIME_SECONDS = (30 * DAY_MS) / 1000;

/** A picture as fetched. */
export interface StoredPicture {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly type: string;
}

/** Reads `poster:<source>:<id>` from MEDIA; `null` when it is not there. */
export async function readPicture(media: KVNamespace, key: string): Promise<StoredPicture | null> {
  const { value, metadata } = await media.getWithMetadata<{ type: string }>(key, 'arrayBuffer');
  return value && metadata ? { bytes: new Uint8Array(value), type: metadata.type } : null;
}

/** Keeps a picture in MEDIA for 30 days. */
export async function writePicture(
  media: KVNamespace,
  key: string,
  picture: StoredPicture,
): Promise<void> {
  await media.put(key, picture.bytes, {
    expirationTtl: LIFETIME_SECONDS,
    metadata: { type: picture.type },
  });
}
