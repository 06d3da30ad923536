export type ImageType = 'image/jpeg' | 'image/png' | 'image/gif' | 'image/webp';

export interface ImageHeader {
  readonly type: ImageType;
  /** In pixels; absent when the first bytes do not tell. */
  readonly width?: number;
  readonly height?: number;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** No picture of the four types is shorter; fewer bytes are a picture cut off. */
const MIN_BYTES = 26;

/**
 * The type of a picture by its first bytes, never by a name or header, and its size where these
 * bytes tell it.
 *
 * @returns `null` for anything else than a JPEG, PNG, GIF or WebP
 */
export function imageHeader(bytes: Uint8Array): ImageHeader | null {
  if (bytes.length < MIN_BYTES) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const starts = (text: string, offset = 0) =>
    Array.from(text).every((char, index) => bytes[offset + index] === char.charCodeAt(0));

  if (starts('\xff\xd8\xff')) return header('image/jpeg', jpegSize(view));
  if (starts('\x89PNG\r\n\x1a\n') && starts('IHDR', 12)) {
    return header('image/png', { width: view.getUint32(16), height: view.getUint32(20) });
  }
  if (starts('GIF87a') || starts('GIF89a')) {
    const size = { width: view.getUint16(6, true), height: view.getUint16(8, true) };
    return header('image/gif', size);
  }
  if (starts('RIFF') && starts('WEBP', 8)) return header('image/webp', webpSize(view));
  return null;
}

function header(type: ImageType, size: Size | null): ImageHeader {
  return size === null || size.width === 0 || size.height === 0 ? { type } : { type, ...size };
}

/** Walks the segments to the frame header (ITU-T T.81 section B.2.2). */
function jpegSize(view: DataView): Size | null {
  let at = 2;
  while (at + 9 <= view.byteLength && view.getUint8(at) === 0xff) {
    const marker = view.getUint8(at + 1);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    at += 2 + view.getUint16(at + 2);
  }
  return null;
}

/** The three first chunks there are (RFC 9649 section 2.5 to 2.7). */
function webpSize(view: DataView): Size | null {
  const chunk = view.getUint32(12);
  if (chunk === 0x56_50_38_4c) {
    const bits = view.getUint32(21, true);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  if (view.byteLength < 30) return null;
  if (chunk === 0x56_50_38_20) {
    const width = view.getUint16(26, true) & 0x3fff;
    return { width, height: view.getUint16(28, true) & 0x3fff };
  }
  if (chunk === 0x56_50_38_58) {
    const width = (view.getUint32(24, true) & 0xff_ffff) + 1;
    return { width, height: (view.getUint32(26, true) >>> 8) + 1 };
  }
  return null;
}
