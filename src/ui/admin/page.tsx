import type { Child } from 'hono/jsx';
import type { Book } from '../../config/reader.ts';
import type { Language } from '../../lib/time.ts';
import { say, type Text } from '../language.ts';
import { Layout } from '../layout.tsx';
import { Act, type At } from '../parts.tsx';
import { readFlash } from './flash.ts';
import type { AdminContext } from './types.ts';

const texts = {
  pages: { ko: '관리 페이지', en: 'Owner’s pages' },
  '/admin': { ko: '한눈에', en: 'Overview' },
  '/admin/twitter': { ko: 'X 계정', en: 'X accounts' },
  '/admin/channels': { ko: '대화 통로', en: 'Channels' },
  '/admin/posts': { ko: '올릴 글', en: 'Posts' },
  '/admin/people': { ko: '사람', en: 'People' },
  '/admin/jobs': { ko: '할 일', en: 'Jobs' },
  '/admin/deliveries': { ko: '보낸 것', en: 'Deliveries' },
  '/admin/menu': { ko: '식단', en: 'Menu' },
  '/admin/doctor': { ko: '점검', en: 'Check-up' },
  '/admin/events': { ko: '이벤트', en: 'Events' },
  '/admin/data': { ko: '데이터', en: 'Data' },
  logout: { ko: '로그아웃', en: 'Log out' },
} as const satisfies Record<string, Text>;

const paths = [
  '/admin',
  '/admin/twitter',
  '/admin/channels',
  '/admin/posts',
  '/admin/people',
  '/admin/jobs',
  '/admin/deliveries',
  '/admin/menu',
  '/admin/doctor',
  '/admin/events',
  '/admin/data',
] as const;
export type AdminPath = (typeof paths)[number];

/** One of the owner's pages by its path, or `null`: nothing else is ever gone on to. */
export function toAdminPath(text: unknown): AdminPath | null {
  return paths.find((path) => path === text) ?? null;
}

/** Answers with one of the owner's pages, with what the action before it did at its top. */
export function adminPage(
  context: AdminContext,
  page: { readonly title: Text; readonly lead?: Text; readonly under: AdminPath },
  children: Child,
  status: 200 | 404 = 200,
): Response | Promise<Response> {
  const language = context.get('language');
  const { csrf } = context.get('session');
  const flash = readFlash(context);
  return context.html(
    <Layout
      language={language}
      title={say(page.title, language)}
      menu={<Menu language={language} csrf={csrf} under={page.under} />}
    >
      <div>
        <h1>{say(page.title, language)}</h1>
        {page.lead && <p class="lead">{say(page.lead, language)}</p>}
      </div>
      {flash.length > 0 && (
        <div class={`card flash ${flash.some(({ isBad }) => isBad) ? 'bad' : ''}`} role="status">
          {flash.map(({ text }) => (
            <p>{text}</p>
          ))}
        </div>
      )}
      {children}
    </Layout>,
    status,
  );
}

function Menu({ language, csrf, under }: { language: Language; csrf: string; under: AdminPath }) {
  return (
    <>
      <nav class="wide" aria-label={say(texts.pages, language)}>
        {paths.map((path) => (
          <a href={path} aria-current={path === under ? 'page' : undefined}>
            {say(texts[path], language)}
          </a>
        ))}
      </nav>
      <span class="spacer" />
      <Act to="/admin/logout" csrf={csrf} text={say(texts.logout, language)} kind="quiet" />
    </>
  );
}

/** What times are told by on the owner's pages, and the names of settings and features. */
export interface OwnerAt extends At {
  readonly book: Book;
}

export function clockOf(context: AdminContext): OwnerAt {
  const bot = context.get('bot');
  return {
    now: bot.runtime.now(),
    zone: bot.config.timeZone,
    language: context.get('language'),
    book: bot.book,
  };
}
