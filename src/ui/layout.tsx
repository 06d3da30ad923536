import { raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import type { Language } from '../lib/time.ts';
import { say, type Text } from './language.ts';

/** Where pages find their stylesheet and their icon: files of src/assets, which Cloudflare serves. */
const STYLE_PATH = '/style.css';
const ICON_PATH = '/icon.svg';
/** What is kept of people, and until when. */
export const PRIVACY_PATH = '/privacy';
/** Lets `/admin/jobs` show what goes on without loading it again. */
export const JOBS_SCRIPT_PATH = '/jobs.js';

const texts = {
  skip: { ko: '본문으로', en: 'Skip to content' },
  other: { ko: 'English', en: '한국어' },
  privacy: { ko: '개인정보', en: 'Privacy' },
} as const satisfies Record<string, Text>;

export interface LayoutProps {
  readonly language: Language;
  readonly title: string;
  /** What stands beside the name: links, a way out. */
  readonly menu?: Child;
  /** More for the page's head: links, scripts. */
  readonly head?: Child;
  /** More for the page's foot. */
  readonly foot?: Child;
  /** Where the language switch leads; a page that answers a form cannot be asked for again. */
  readonly path?: string;
  readonly children?: Child;
}

/** The frame around every page. */
export function Layout({ language, title, menu, head, foot, path = '', children }: LayoutProps) {
  const other = language === 'ko' ? 'en' : 'ko';
  return (
    <>
      {raw('<!doctype html>')}
      <html lang={language}>
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="color-scheme" content="light dark" />
          <title>{`${title} · 소식`}</title>
          <link rel="icon" href={ICON_PATH} />
          <link rel="stylesheet" href={STYLE_PATH} />
          {head}
        </head>
        <body>
          <a class="skip" href="#main">
            {say(texts.skip, language)}
          </a>
          <header>
            <a class="brand" href="/">
              <b aria-hidden="true">소</b>
              {language === 'ko' ? '소식' : 'soshik'}
            </a>
            {menu}
            <a
              class="quiet"
              href={`${path}${path.includes('?') ? '&' : '?'}lang=${other}`}
              lang={other}
            >
              {say(texts.other, language)}
            </a>
          </header>
          <main id="main">{children}</main>
          <footer>
            {foot}
            <a class="quiet" href={PRIVACY_PATH}>
              {say(texts.privacy, language)}
            </a>
          </footer>
        </body>
      </html>
    </>
  );
}

/** An address that a link may lead to: one of the web, whatever the text says; else `null`. */
export function webAddress(text: string | null): string | null {
  const url = text === null ? null : URL.parse(text);
  return url?.protocol === 'https:' || url?.protocol === 'http:' ? url.href : null;
}
