import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** True for plain http on this machine (`npm start`), where a browser keeps no `Secure` cookie. */
export function isLoopback(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'http:' && LOOPBACK.has(hostname);
}

function hostPrefix(context: Context): 'host' | undefined {
  return isLoopback(context.req.url) ? undefined : 'host';
}

/** A cookie for our own pages only: `__Host-`, which no other host or path can set (RFC 6265bis). */
export function readPrivateCookie(context: Context, name: string): string | undefined {
  const prefix = hostPrefix(context);
  return prefix ? getCookie(context, name, prefix) : getCookie(context, name);
}

export function setPrivateCookie(
  context: Context,
  name: string,
  value: string,
  maxAgeSeconds: number,
): void {
  const prefix = hostPrefix(context);
  setCookie(context, name, value, {
    path: '/',
    httpOnly: true,
    sameSite: 'Lax',
    maxAge: maxAgeSeconds,
    ...(prefix ? { prefix, secure: true } : {}),
  });
}

export function dropPrivateCookie(context: Context, name: string): void {
  setPrivateCookie(context, name, '', 0);
}
