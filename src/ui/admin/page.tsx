import type { Child } from 'hono/jsx';
import type { Bot } from '../../bot/context.ts';
import type { AdminPath, Book } from '../../config/reader.ts';
import type { Language } from '../../lib/time.ts';
import { say, type Text } from '../language.ts';
import { Act, type At, Layout } from '../parts.tsx';
import { readFlash } from './flash.ts';
import type { AdminContext } from './types.ts';

const texts = {
  pages: { ko: '관리 페이지', en: 'Owner’s pages' },
  logout: { ko: '로그아웃', en: 'Log out' },
} as const satisfies Record<string, Text>;

const overview: NavEntry = { path: '/admin', title: { ko: '한눈에', en: 'Overview' } };
const channels: NavEntry = {
  path: '/admin/channels',
  title: { ko: '대화 통로', en: 'Channels' },
};
const others: readonly NavEntry[] = [
  { path: '/admin/people', title: { ko: '사람', en: 'People' } },
  { path: '/admin/jobs', title: { ko: '할 일', en: 'Jobs' } },
  { path: '/admin/messages', title: { ko: '메시지', en: 'Messages' } },
  { path: '/admin/deliveries', title: { ko: '보낸 것', en: 'Deliveries' } },
  { path: '/admin/owner', title: { ko: '주인의 대화', en: 'Owner’s chat' } },
  { path: '/admin/doctor', title: { ko: '점검', en: 'Check-up' } },
  { path: '/admin/data', title: { ko: '데이터', en: 'Data' } },
  { path: '/admin/security', title: { ko: '보안', en: 'Security' } },
];

interface NavEntry {
  readonly path: AdminPath;
  readonly title: Text;
}

/** A page of the owner's, or `null`: nothing else is ever gone on to. */
export function toAdminPath(text: unknown): AdminPath | null {
  const [, name] =
    typeof text === 'string' ? (/^\/admin(?:\/([a-z]{1,20}))?$/.exec(text) ?? []) : [];
  if (name !== undefined) return `/admin/${name}`;
  return text === '/admin' ? text : null;
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
      menu={<Menu pages={pagesOf(context)} language={language} csrf={csrf} under={page.under} />}
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

function pagesOf(context: AdminContext): readonly NavEntry[] {
  const { features, platforms } = context.get('bot');
  return [
    overview,
    ...platforms.flatMap((platform) => platform.adminPages ?? []),
    channels,
    ...features.flatMap((feature) => feature.adminPage ?? []),
    ...others,
  ];
}

function Menu({
  pages,
  language,
  csrf,
  under,
}: {
  pages: readonly NavEntry[];
  language: Language;
  csrf: string;
  under: AdminPath;
}) {
  return (
    <>
      <nav class="wide" aria-label={say(texts.pages, language)}>
        {pages.map(({ path, title }) => (
          <a href={path} aria-current={path === under ? 'page' : undefined}>
            {say(title, language)}
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
  readonly platforms: Bot['platforms'];
}

export function clockOf(context: AdminContext): OwnerAt {
  const bot = context.get('bot');
  return {
    now: bot.runtime.now(),
    zone: bot.config.timeZone,
    language: context.get('language'),
    book: bot.book,
    platforms: bot.platforms,
  };
}
