import { crc32 } from './png.ts';

/** What the bytes of a whole picture say about it. */
export interface PictureFormat {
  readonly type: 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp';
  readonly width: number;
  readonly height: number;
}

/**
 * Type and size of a picture by its bytes, or null when it is no picture of the four kinds or is
 * broken: cut off, or (PNG) with a wrong checksum.
 */
export function pictureFormat(bytes: Uint8Array): PictureFormat | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return png(view) ?? jpeg(view) ?? gif(view) ?? webp(view);
  } catch (error) {
    // DataView reports a read behind the end: the picture is cut off.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function ascii(view: DataView, at: number, length: number): string {
  let text = '';
  for (let index = at; index < at + length; index += 1) {
    text += String.fromCharCode(view.getUint8(index));
  }
  return text;
}

function found(type: PictureFormat['type'], width: number, height: number): PictureFormat | null {
  return width > 0 && height > 0 ? { type, width, height } : null;
}

/** PNG specification, section 5: signature, then chunks with length, type, data and CRC. */
function png(view: DataView): PictureFormat | null {
  if (view.byteLength < 8 || ascii(view, 0, 8) !== '\x89PNG\r\n\x1a\n') return null;
  let at = 8;
  let hasData = false;
  while (true) {
    const length = view.getUint32(at);
    const type = ascii(view, at + 4, 4);
    const body = new Uint8Array(view.buffer, view.byteOffset + at + 4, length + 4);
    if (view.getUint32(at + 8 + length) !== crc32(body)) return null;
    if (at === 8 && (type !== 'IHDR' || length !== 13)) return null;
    if (type === 'IDAT') hasData = true;
    if (type === 'IEND') {
      return hasData ? found('image/png', view.getUint32(16), view.getUint32(20)) : null;
    }
    at += length + 12;
  }
}

/** JPEG (ITU T.81 annex B): markers up to the frame header, and an end marker at the end. */
function jpeg(view: DataView): PictureFormat | null {
  if (view.byteLength < 4 || view.getUint16(0) !== 0xffd8) return null;
  if (view.getUint16(view.byteLength - 2) !== 0xffd9) return null;
  let at = 2;
  while (view.getUint8(at) === 0xff) {
    const marker = view.getUint8(at + 1);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return found('image/jpeg', view.getUint16(at + 7), view.getUint16(at + 5));
    at += 2 + view.getUint16(at + 2);
  }
  return null;
}

function gif(view: DataView): PictureFormat | null {
  if (view.byteLength < 14 || !/^GIF8[79]a$/.test(ascii(view, 0, 6))) return null;
  if (view.getUint8(view.byteLength - 1) !== 0x3b) return null;
  return found('image/gif', view.getUint16(6, true), view.getUint16(8, true));
}

/** WEBP container (RFC 9649 sections 2.5 to 2.7). */
function webp(view: DataView): PictureFormat | null {
  if (view.byteLength < 30 || ascii(view, 0, 4) !== 'RIFF' || ascii(view, 8, 4) !== 'WEBP') {
    return null;
  }
  if (view.getUint32(4, true) + 8 > view.byteLength) return null;
  const chunk = ascii(view, 12, 4);
  if (chunk === 'VP8X') {
    const size = (at: number) => view.getUint16(at, true) + (view.getUint8(at + 2) << 16) + 1;
    return found('image/webp', size(24), size(27));
  }
  if (chunk === 'VP8L') {
    const bits = view.getUint32(21, true);
    return found('image/webp', (bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1);
  }
  if (chunk !== 'VP8 ') return null;
  return found('image/webp', view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff);
}
