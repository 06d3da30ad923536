import { raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import { encode } from 'uqr';
import { withCommas } from '../lib/text.ts';
import { DAY_MS, dayForPeople, dayOf, type Language, minuteOf } from '../lib/time.ts';
import { say, type Text } from './language.ts';

/** Light modules around the code (ISO/IEC 18004 section 9.1). */
const QUIET_ZONE = 4;
/** Any of the eight is read; to look for the prettiest takes most of a page's CPU. */
const MASK = 0;

/** The modules of a QR code: a side of so many, and the dark ones as a path of SVG. */
export interface QrModules {
  readonly size: number;
  readonly dark: string;
}

/** @param text up to about 2,300 bytes of UTF-8, otherwise RangeError */
export function qrModules(text: string): QrModules {
  const { data, size } = encode(text, { ecc: 'M', border: QUIET_ZONE, maskPattern: MASK });
  return { size, dark: data.map(rowPath).join('') };
}

/**
 * A QR code as a picture, dark on light in every colour scheme: what reads it expects that.
 *
 * @param label what the code is for, for those who do not see it
 */
export function Qr({ modules: { size, dark }, label }: { modules: QrModules; label: string }) {
  return (
    <svg
      class="qr"
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
      shape-rendering="crispEdges"
    >
      <path fill="#fff" d={`M0 0h${size}v${size}H0z`} />
      <path stroke="#000" d={dark} />
    </svg>
  );
}

/** The dark modules of a row as lines as thick as a module, through the middle of the row. */
function rowPath(row: readonly boolean[], y: number): string {
  let moves = '';
  let start = 0;
  for (let end = 1; end <= row.length; end++) {
    if (row[end] === row[start]) continue;
    moves += row[start] ? `h${end - start}` : `m${end - start} 0`;
    start = end;
  }
  return row.includes(true) ? `M0 ${y + 0.5}${moves}` : '';
}

/** How something is: well, worth a look, broken, or not in use. */
export type State = 'ok' | 'warn' | 'bad' | 'off';

const states = {
  ok: { ko: '좋아요', en: 'Fine' },
  warn: { ko: '살펴봐 주세요', en: 'Have a look' },
  bad: { ko: '문제 있어요', en: 'Broken' },
  off: { ko: '꺼짐', en: 'Off' },
} as const satisfies Record<State, Text>;

/** A coloured dot that also says in words what it means. */
export function Badge({
  state,
  language,
  text,
}: {
  state: State;
  language: Language;
  text?: Text;
}) {
  return <span class={`badge ${state}`}>{say(text ?? states[state], language)}</span>;
}

export function Card({
  title,
  lead,
  id,
  children,
}: {
  title: string;
  lead?: string;
  id?: string;
  children?: Child;
}) {
  return (
    <section class="card" id={id}>
      <h2>{title}</h2>
      {lead && <p class="soft">{lead}</p>}
      {children}
    </section>
  );
}

/** A row of a list: what it is, more about it, and what can be done with it. */
export function Row({
  title,
  lines = [],
  children,
}: {
  title: Child;
  lines?: readonly Child[];
  children?: Child;
}) {
  return (
    <li>
      <div class="what">
        <strong>{title}</strong>
        {lines.map((line) => (
          <small>{line}</small>
        ))}
      </div>
      {children}
    </li>
  );
}

/** A form of one button. */
export function Act({
  to,
  csrf,
  text,
  kind,
}: {
  to: string;
  csrf: string;
  text: string;
  kind?: 'primary' | 'danger' | 'quiet';
}) {
  return (
    <form method="post" action={to}>
      <input type="hidden" name="csrf" value={csrf} />
      <button type="submit" class={kind}>
        {text}
      </button>
    </form>
  );
}

/** How much of a limit is used. */
export function Bar({ label, used, limit }: { label: string; used: number; limit: number }) {
  return (
    <div class="bar">
      <span>
        <span>{label}</span>
        <b>{`${withCommas(used)} / ${withCommas(limit)}`}</b>
      </span>
      <meter min={0} max={limit} high={limit * 0.9} optimum={0} value={used} aria-label={label} />
    </div>
  );
}

/** An instant as people read it, in the owner's time zone. */
export function Time({ at, now, zone, language }: At & { at: number }) {
  return <time datetime={new Date(at).toISOString()}>{timeText(at, { now, zone, language })}</time>;
}

/** What a time is told by. */
export interface At {
  /** Epoch milliseconds. */
  readonly now: number;
  /** IANA name. */
  readonly zone: string;
  readonly language: Language;
}

/** Such as `오늘 09:00`, `11월 27일 (금) 09:00`. */
export function timeText(at: number, { now, zone, language }: At): string {
  const [day = '', clock = ''] = minuteOf(at, zone).split(' ');
  const today = dayOf(now, zone);
  if (day === today) return `${language === 'ko' ? '오늘' : 'today'} ${clock}`;
  if (day === dayOf(now - DAY_MS, zone))
    return `${language === 'ko' ? '어제' : 'yesterday'} ${clock}`;
  return `${dayForPeople(day, today, language)} ${clock}`;
}

/** A link to a page elsewhere; only its words when the address is none of the web. */
export function Link({ to, text }: { to: string | null; text: string }) {
  const address = webAddress(to);
  return address === null ? <span>{text}</span> : <a href={address}>{text}</a>;
}

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
