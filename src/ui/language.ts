import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import type { Language } from '../lib/time.ts';

export { say, type Text } from '../lib/text.ts';

const COOKIE = 'language';
const YEAR_SECONDS = 365 * 24 * 60 * 60;

/**
 * The language a page is shown in: what the reader just switched to (`?lang=`, remembered), what
 * they switched to before, what their browser asks for, or Korean.
 */
export function languageOf(context: Context): Language {
  const wanted = toLanguage(context.req.query('lang'));
  if (wanted === null) {
    return (
      toLanguage(getCookie(context, COOKIE)) ??
      acceptedLanguage(context.req.header('accept-language') ?? '') ??
      'ko'
    );
  }
  const secure = new URL(context.req.url).protocol === 'https:';
  setCookie(context, COOKIE, wanted, {
    path: '/',
    maxAge: YEAR_SECONDS,
    sameSite: 'Lax',
    secure,
  });
  return wanted;
}

function toLanguage(text: string | undefined): Language | null {
  return text === 'ko' || text === 'en' ? text : null;
}

/**
 * The one of our languages that `Accept-Language` weighs most (RFC 9110 section 12.5.4), the first
 * named when equal; `null` when it names neither.
 */
export function acceptedLanguage(header: string): Language | null {
  let best: { readonly language: Language; readonly weight: number } | null = null;
  for (const range of header.slice(0, 200).split(',')) {
    const [tag, ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    const language = toLanguage(tag?.split('-')[0]);
    const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
    const weight = quality === undefined ? 1 : Number(quality);
    if (language !== null && weight > (best?.weight ?? 0)) best = { language, weight };
  }
  return best?.language ?? null;
}
