import type { Language } from '../../../lib/time.ts';
import { adminPage } from '../../../ui/admin/page.tsx';
import type { AdminContext } from '../../../ui/admin/types.ts';
import { say } from '../../../ui/language.ts';
import { Act, Card, Row } from '../../../ui/parts.tsx';
import { type PostToCome, type TitleToCome, upcomingPosts } from '../upcomingPosts.ts';
import { MOST_LETTERS } from './form.ts';
import { texts } from './texts.ts';

interface Ground {
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

function Post({ post, language, csrf }: { post: PostToCome } & Ground) {
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

function Choices({ title, language, csrf }: { title: TitleToCome } & Ground) {
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
