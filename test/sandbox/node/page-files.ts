import { readFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import { pictureFormat } from '../picture-format.ts';

/** A file of the page, its types stripped when it is a script; null when there is none. */
export async function readPageFile(name: string): Promise<{ body: string; type: string } | null> {
  try {
    const text = await readFile(new URL(`page/${name}`, import.meta.url), 'utf8');
    if (name.endsWith('.ts')) return { body: stripTypeScriptTypes(text), type: 'text/javascript' };
    return { body: text, type: name.endsWith('.css') ? 'text/css' : 'image/svg+xml' };
  } catch {
    return null;
  }
}

/** A picture with the type that its bytes tell. */
export function picture(bytes: Uint8Array): Response {
  const type = pictureFormat(bytes)?.type ?? 'application/octet-stream';
  return new Response(new Uint8Array(bytes), {
    headers: { 'content-type': type, 'cache-control': 'max-age=3600' },
  });
}
