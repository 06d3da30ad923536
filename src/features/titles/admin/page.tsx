import { Hono } from 'hono';
import type { FlashText } from '../../../bot/feature.ts';
import type { Language } from '../../../lib/time.ts';
import { confirmPage, type Question } from '../../../ui/admin/confirm.tsx';
import { goOn } from '../../../ui/admin/flash.ts';
import { adminPage } from '../../../ui/admin/page.tsx';
import type { AdminContext, AdminEnv } from '../../../ui/admin/types.ts';
import { say, type Text } from '../../../ui/language.ts';
import { Act, Card, Row } from '../../../ui/parts.tsx';
import {
  findTitle,
  type PostToCome,
  posterOf,
  postNow,
  type TitleToCome,
  upcomingPosts,
} from '../planPosts.ts';
import { skipTitle, wordTitle } from '../store/items.ts';

const PAGE = '/admin/posts';
const ONE = '/:id{\\d{1,15}}';

/** `/admin/posts` and all that can be done there. */
export function postsRoutes(): Hono<AdminEnv> {
  const routes = new Hono<AdminEnv>();

  routes.get('/', postsPage);

  routes.get(`${ONE}/poster`, async (context) => {
    const poster = await posterOf(context.get('bot'), idOf(context));
    return poster === null
      ? context.body(null, 404)
      : context.body(poster.bytes, 200, { 'content-type': poster.type });
  });

  routes.get(`${ONE}/now`, async (context) => {
    const title = await findTitle(context.get('bot'), idOf(context));
    if (title === null) return back(context, 'gone');
    return confirmPage(context, { ...nowQuestion, values: { title: title.title }, under: PAGE });
  });
  routes.post(`${ONE}/now`, async (context) => {
    const outcome = await postNow(context.get('bot'), idOf(context));
    return back(
      context,
      ({ posted: 'queued', gone: 'gone', 'no-account': 'noAccount' } as const)[outcome],
    );
  });

  routes.post(`${ONE}/skip`, async (context) => {
    const { db, runtime } = context.get('bot');
    const isDone = await skipTitle(db, idOf(context), runtime.now());
    return back(context, isDone ? 'skipped' : 'gone');
  });
  routes.post(`${ONE}/unskip`, async (context) => {
    const isDone = await skipTitle(context.get('bot').db, idOf(context), null);
    return back(context, isDone ? 'unskipped' : 'gone');
  });

  routes.post(`${ONE}/title`, async (context) => {
    const bot = context.get('bot');
    const read = readTitle(context.get('form'));
    if (read === 'too-long') return back(context, 'tooLong');
    const known = await findTitle(bot, idOf(context));
    const own = read.title === known?.sourceTitle ? null : read.title;
    if (known === null || !(await wordTitle(bot.db, known.id, own))) {
      return back(context, 'gone');
    }
    return back(context, own === null ? 'restored' : 'changed');
  });

  return routes;
}

function idOf(context: AdminContext): number {
  return Number(context.req.param('id'));
}

function back(context: AdminContext, key: keyof typeof done): Response {
  return goOn(context, PAGE, { key: `titles/${key}` });
}

const texts = {
  title: { ko: '올릴 글', en: 'Upcoming posts' },
  lead: {
    ko: '앞으로 2주 안에 공개될 작품이에요. 토요일 오전 9시(한국)에 이 모습 그대로 X에 올려요.',
    en: 'Titles of the coming two weeks. On Saturday at 09:00 in Korea they are posted on X just like this.',
  },
  posts: { ko: '올릴 글 {count}개', en: 'Posts: {count}' },
  none: {
    ko: '올릴 글이 없어요. 새 작품은 날마다 모으고, 지금 모으려면 할 일 페이지에서 소식 모으기를 눌러 주세요.',
    en: 'Nothing to post. New titles are collected every day; on the page Jobs you can collect now.',
  },
  now: { ko: '지금 올리기', en: 'Post now' },
  skip: { ko: '건너뛰기', en: 'Skip this one' },
  unskip: { ko: '다시 넣기', en: 'Put back' },
  skipped: { ko: '건너뛴 작품', en: 'Skipped' },
  skippedLead: {
    ko: '다시 넣지 않으면 올리지 않아요.',
    en: 'Never posted unless you put them back.',
  },
  edit: { ko: '제목 고치기', en: 'Edit the title' },
  field: { ko: '올릴 제목', en: 'Title to post' },
  fieldHint: { ko: '비우면 원래 제목으로 돌아가요.', en: 'Leave it blank for the original.' },
  original: { ko: '원래 제목: {title}', en: 'Original: {title}' },
  save: { ko: '저장하기', en: 'Save' },
} as const satisfies Record<string, Text>;

/** What was done, told on the next page. */
export const done = {
  queued: { ko: '지금 올리고 있어요.', en: 'It is being posted now.' },
  gone: {
    ko: '이미 올렸거나 더는 예정에 없는 작품이에요.',
    en: 'It is posted already, or no longer to come.',
  },
  noAccount: {
    ko: '글을 올릴 X 계정이 없어요. X 계정 페이지에서 먼저 연결해 주세요.',
    en: 'No X account is there to post it. Connect one on the X page first.',
    isBad: true,
  },
  skipped: { ko: '올리지 않을게요.', en: 'It will not be posted.' },
  unskipped: { ko: '다시 올릴 글에 넣었어요.', en: 'It will be posted again.' },
  changed: { ko: '이 제목으로 올릴게요.', en: 'It will be posted under this title.' },
  restored: { ko: '원래 제목으로 올릴게요.', en: 'It will be posted under its own title.' },
  tooLong: {
    ko: '제목이 너무 길어요. 200자까지 쓸 수 있어요.',
    en: 'The title is too long: 200 characters at most.',
    isBad: true,
  },
} as const satisfies Record<string, FlashText>;

export const nowQuestion = {
  title: { ko: '지금 올릴까요?', en: 'Post it now?' },
  warning: {
    ko: '‘{title}’ 글을 X에 바로 올려요. 토요일에 다시 올리지 않고, 여기서 되돌릴 수 없어요.',
    en: '“{title}” goes to X at once. It is not posted again on Saturday, and cannot be undone here.',
  },
  yes: texts.now,
} as const satisfies Omit<Question, 'under'>;

/** As long as a title may be, in UTF-16 code units; a post cuts it shorter where it must. */
const MOST_LETTERS = 200;

/**
 * The title as the owner typed it, on one line.
 *
 * @returns `null` for a blank one (as the source has it), `too-long` for one over {@link MOST_LETTERS}
 */
export function readTitle(form: URLSearchParams): { title: string | null } | 'too-long' {
  const title = (form.get('title') ?? '').replace(/[\s\p{Cc}]+/gu, ' ').trim();
  if (title.length > MOST_LETTERS) return 'too-long';
  return { title: title === '' ? null : title };
}

interface FormProps {
  readonly language: Language;
  readonly csrf: string;
}

/** `/admin/posts`: what will be posted as it will look, and what the owner can do about it. */
export async function postsPage(context: AdminContext): Promise<Response> {
  const language = context.get('language');
  const { csrf } = context.get('session');
  const { posts, skipped } = await upcomingPosts(context.get('bot'));
  return adminPage(
    context,
    { title: texts.title, lead: texts.lead, under: '/admin/posts' },
    <>
      <Card title={say(texts.posts, language, { count: posts.length })}>
        {posts.length === 0 && <p class="empty">{say(texts.none, language)}</p>}
        <ul class="rows">
          {posts.map((post) => (
            <Post post={post} language={language} csrf={csrf} />
          ))}
        </ul>
      </Card>
      {skipped.length > 0 && (
        <Card title={say(texts.skipped, language)} lead={say(texts.skippedLead, language)}>
          <ul class="rows">
            {skipped.map(({ id, title }) => (
              <Row title={title}>
                <Act
                  to={`/admin/posts/${id}/unskip`}
                  csrf={csrf}
                  text={say(texts.unskip, language)}
                />
              </Row>
            ))}
          </ul>
        </Card>
      )}
    </>,
  );
}

function Post({ post, language, csrf }: { post: PostToCome } & FormProps) {
  const lines = post.text.split('\n');
  return (
    <li>
      {post.titles.map(
        ({ id, posterText }) =>
          posterText !== null && (
            <img src={`/admin/posts/${id}/poster`} alt={posterText} width={120} loading="lazy" />
          ),
      )}
      <p class="what">
        {lines.map((line, index) => (
          <>
            {index > 0 && <br />}
            {line}
          </>
        ))}
      </p>
      {post.titles.map((title) => (
        <div class="whole">
          {post.titles.length > 1 && <strong>{title.title}</strong>}
          <Choices title={title} language={language} csrf={csrf} />
        </div>
      ))}
    </li>
  );
}

function Choices({ title, language, csrf }: { title: TitleToCome } & FormProps) {
  const base = `/admin/posts/${title.id}`;
  const hasOwn = title.title !== title.sourceTitle;
  return (
    <>
      {hasOwn && <p class="soft">{say(texts.original, language, { title: title.sourceTitle })}</p>}
      <div class="actions">
        <a class="button" href={`${base}/now`}>
          {say(texts.now, language)}
        </a>
        <Act to={`${base}/skip`} csrf={csrf} text={say(texts.skip, language)} />
      </div>
      <details>
        <summary>{say(texts.edit, language)}</summary>
        <form method="post" action={`${base}/title`} class="stack">
          <input type="hidden" name="csrf" value={csrf} />
          <label class="field">
            {say(texts.field, language)}
            <input name="title" value={title.title} maxlength={MOST_LETTERS} />
          </label>
          <p class="soft">{say(texts.fieldHint, language)}</p>
          <div class="actions">
            <button type="submit">{say(texts.save, language)}</button>
          </div>
        </form>
      </details>
    </>
  );
}
