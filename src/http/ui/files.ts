import { type Context, Hono } from 'hono';
import { sha256Hex } from '../../lib/encoding.ts';
import { stylesheet } from './stylesheet.ts';

/** Where pages find their stylesheet and their icon. */
export const STYLE_PATH = '/style.css';
export const ICON_PATH = '/icon.svg';

const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" rx="18" fill="#b82b57"/><path d="M13 25c0-4 3-7 7-7h24c4 0 7 3 7 7v13c0 4-3 7-7 7H31l-9 8v-8h-2c-4 0-7-3-7-7z" fill="#fff"/><path d="M32 23 24.5 38M32 23l7.5 15" stroke="#b82b57" stroke-width="4" stroke-linecap="round"/></svg>`;

/** Serves what pages are made of; a browser asks each time and is told when it has the newest. */
export function fileRoutes(): Hono {
  return new Hono()
    .get(STYLE_PATH, (context) => file(context, stylesheet, 'text/css; charset=utf-8'))
    .get(ICON_PATH, (context) => file(context, icon, 'image/svg+xml'));
}

async function file(context: Context, text: string, type: string): Promise<Response> {
  const etag = `"${(await sha256Hex(text)).slice(0, 16)}"`;
  const headers = { etag, 'cache-control': 'no-cache', 'x-content-type-options': 'nosniff' };
  if (context.req.header('if-none-match') === etag) return context.body(null, 304, headers);
  return context.body(text, 200, { ...headers, 'content-type': type });
}
