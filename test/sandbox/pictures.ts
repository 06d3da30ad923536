import { pictureFormat } from './picture-format.ts';
import { createPng } from './png.ts';

/** Bytes of the poster of a title, by the title's number. */
export type Poster = (id: number) => Uint8Array | Promise<Uint8Array>;

/**
 * A host that serves posters: the last run of digits in the file's name is the title's number.
 * The type it states is the one the bytes have.
 */
export function createPictureHost(poster: Poster): (request: Request) => Promise<Response> {
  return async (request) => {
    const file = new URL(request.url).pathname.split('/').at(-1) ?? '';
    const id = /(\d+)\D*$/.exec(file)?.[1];
    if (request.method !== 'GET' || id === undefined) {
      return new Response('Not Found', { status: 404 });
    }
    const bytes = new Uint8Array(await poster(Number(id)));
    const type = pictureFormat(bytes)?.type ?? 'application/octet-stream';
    return new Response(bytes, {
      headers: {
        'content-type': type,
        'content-length': String(bytes.length),
        'cache-control': 'public, max-age=2592000',
      },
    });
  };
}

/** Posters drawn here: a small landscape PNG, another one for every number, made once. */
export function createDrawnPosters(): Poster {
  const drawn = new Map<number, Uint8Array>();
  return async (id) => {
    const bytes = drawn.get(id) ?? (await draw(id));
    drawn.set(id, bytes);
    return bytes;
  };
}

/** The number shows as 32 bars, bright for a 1, over a colour that depends on it. */
async function draw(id: number): Promise<Uint8Array> {
  const hue = Math.imul(id, 2654435761) >>> 0;
  return await createPng(320, 180, (x, y) => {
    const isBar = y > 150 && ((id / 2 ** Math.floor(x / 10)) & 1) === 1;
    if (isBar) return [245, 245, 245];
    const shade = 1 - y / 360;
    return [
      Math.round((64 + (hue & 127)) * shade),
      Math.round((64 + ((hue >>> 8) & 127)) * shade),
      Math.round((64 + ((hue >>> 16) & 127) * (x / 320)) * shade),
    ];
  });
}
