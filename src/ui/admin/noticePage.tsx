import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import { languageOf, say, type Text } from '../language.ts';
import { Layout } from '../layout.tsx';

export interface Notice {
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
    <Layout language={language} title={say(notice.title, language)} path={notice.path ?? '/admin'}>
      <section class="card verdict bad narrow">
        <h1>{say(notice.title, language)}</h1>
        <p>{say(notice.text, language, notice.values)}</p>
        {notice.children}
      </section>
    </Layout>,
    notice.status,
  );
}
