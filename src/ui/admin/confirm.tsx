import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import type { AdminPath } from '../../config/reader.ts';
import { languageOf, say, type Text } from '../language.ts';
import { Act, Layout } from '../parts.tsx';
import { adminPage } from './page.tsx';
import type { AdminContext } from './types.ts';

const texts = {
  home: { ko: '처음 화면으로', en: 'To the front page' },
  back: { ko: '그만두기', en: 'Leave it' },
} as const satisfies Record<string, Text>;

export interface Question {
  readonly title: Text;
  /** What will happen, and what cannot be undone. */
  readonly warning: Text;
  readonly yes: Text;
  readonly values?: Readonly<Record<string, string>>;
  readonly under: AdminPath;
}

/** Asks before something is done that hurts. The yes is sent by POST to the same address. */
export function confirmPage(
  context: AdminContext,
  { title, warning, yes, values = {}, under }: Question,
): Response | Promise<Response> {
  const language = context.get('language');
  return adminPage(
    context,
    { title, under },
    <section class="card">
      <p>{say(warning, language, values)}</p>
      <div class="actions">
        <Act
          to={context.req.path}
          csrf={context.get('session').csrf}
          text={say(yes, language)}
          kind="danger"
        />
        <a class="button" href={under}>
          {say(texts.back, language)}
        </a>
      </div>
    </section>,
  );
}

interface Notice {
  readonly title: Text;
  readonly text: Text;
  readonly values?: Readonly<Record<string, string>>;
  readonly status: 400 | 401 | 403 | 404 | 413 | 429 | 500 | 502 | 503;
  readonly path?: string;
  /** Below the words: what to type, where to go on. */
  readonly children?: Child;
}

/** A page of its own that says what is wrong and what to do, in the reader's language. */
export function noticePage(context: Context, notice: Notice): Response | Promise<Response> {
  const language = languageOf(context);
  return context.html(
    <Layout
      language={language}
      title={say(notice.title, language)}
      menu={<span class="spacer" />}
      path={notice.path ?? '/admin'}
    >
      <section class="card verdict bad narrow">
        <h1>{say(notice.title, language)}</h1>
        <p>{say(notice.text, language, notice.values)}</p>
        {notice.children}
      </section>
    </Layout>,
    notice.status,
  );
}

/** A page for what is not there, with the way to the front page. */
export function missingPage(
  context: Context,
  { title, text }: Pick<Notice, 'title' | 'text'>,
): Response | Promise<Response> {
  const home = (
    <p>
      <a class="button" href="/">
        {say(texts.home, languageOf(context))}
      </a>
    </p>
  );
  const path = context.req.path;
  return noticePage(context, { title, text, status: 404, path, children: home });
}
