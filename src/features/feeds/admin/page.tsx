import { say } from '../../../lib/text.ts';
import { adminPage, clockOf } from '../../../ui/admin/page.tsx';
import type { AdminContext } from '../../../ui/admin/types.ts';
import { type At, Badge, Card, Link, Row, type State, Time } from '../../../ui/parts.tsx';
import { type Found, MOST_FEEDS } from '../add.ts';
import { isOpenToAll, problems } from '../intent.ts';
import { newestOf } from '../job.ts';
import { type Feed, followersOf, readFeeds } from '../store.ts';
import { states, texts } from './texts.ts';

const PREVIEWED = 5;

/** What came of looking at an address. */
export interface Tried {
  readonly address: string;
  readonly found: Found;
}

interface FormProps {
  readonly at: At;
  readonly csrf: string;
}

const badges: Readonly<Record<Feed['state'], State>> = {
  new: 'off',
  ok: 'ok',
  failing: 'warn',
  over: 'bad',
};

/** `/admin/feeds`: what is visited, a form for one more, and the list as a file. */
export async function feedsPage(context: AdminContext, tried: Tried | null): Promise<Response> {
  const bot = context.get('bot');
  const at = clockOf(context);
  const { csrf } = context.get('session');
  const forms = { at, csrf };
  const [feeds, followers, isOpen] = await Promise.all([
    readFeeds(bot.db, MOST_FEEDS),
    followersOf(bot.db),
    isOpenToAll(bot),
  ]);
  return adminPage(
    context,
    { title: texts.title, lead: texts.lead, under: '/admin/feeds' },
    <>
      {tried && <Preview tried={tried} {...forms} />}
      <AddressForm address={tried?.address ?? ''} {...forms} />
      <Card title={say(texts.list, at.language, { count: feeds.length })}>
        {feeds.length === 0 && <p class="empty">{say(texts.none, at.language)}</p>}
        <ul class="rows">
          {feeds.map((feed) => (
            <FeedRow feed={feed} followers={followers.get(feed.id) ?? 0} {...forms} />
          ))}
        </ul>
      </Card>
      <Card title={say(texts.people, at.language)} lead={say(texts.peopleLead, at.language)}>
        <form method="post" action="/admin/feeds/open" class="actions">
          <input type="hidden" name="csrf" value={csrf} />
          {!isOpen && <input type="hidden" name="on" value="1" />}
          <button type="submit">{say(isOpen ? texts.close : texts.open, at.language)}</button>
        </form>
      </Card>
      <Opml {...forms} />
    </>,
  );
}

function AddressForm({ address, at, csrf }: FormProps & { address: string }) {
  return (
    <Card title={say(texts.add, at.language)}>
      <form method="post" action="/admin/feeds/preview" class="stack">
        <input type="hidden" name="csrf" value={csrf} />
        <label class="field">
          {say(texts.address, at.language)}
          <small>{say(texts.addressHint, at.language)}</small>
          <input
            name="address"
            value={address}
            placeholder="https://example.com/feed.xml"
            inputmode="url"
            autocapitalize="none"
            spellcheck={false}
            maxlength={1000}
            required
          />
        </label>
        <div class="actions">
          <button type="submit" class="primary">
            {say(texts.look, at.language)}
          </button>
        </div>
      </form>
    </Card>
  );
}

function Preview({ tried, at, csrf }: FormProps & { tried: Tried }) {
  const { found } = tried;
  if (found.kind !== 'feed') {
    return (
      <section class="card verdict bad" role="alert">
        <p>{say(problems[found.kind], at.language)}</p>
      </section>
    );
  }
  const { feed, url } = found;
  const newest = newestOf(feed.items);
  const shown = [
    ...(newest === null ? [] : [newest]),
    ...feed.items.filter((item) => item !== newest),
  ].slice(0, PREVIEWED);
  return (
    <section class="card verdict ok">
      <h2>{say(texts.preview, at.language)}</h2>
      <p>
        <strong>{feed.title}</strong> <code>{url}</code>
      </p>
      {shown.length === 0 && <p class="empty">{say(texts.noItems, at.language)}</p>}
      <ul class="rows">
        {shown.map(({ title, link, dated }) => (
          <Row
            title={<Link to={link} text={title} />}
            lines={typeof dated === 'number' ? [<Time at={dated} {...at} />] : []}
          />
        ))}
      </ul>
      <form method="post" action="/admin/feeds/add" class="stack">
        <input type="hidden" name="csrf" value={csrf} />
        <input type="hidden" name="address" value={url} />
        <label>
          <input type="checkbox" name="posts" value="1" checked /> {say(texts.posts, at.language)}
        </label>
        <label>
          <input type="checkbox" name="postLinks" value="1" /> {say(texts.postLinks, at.language)}
        </label>
        <label>
          <input type="checkbox" name="silently" value="1" /> {say(texts.silently, at.language)}
        </label>
        {shown.length > 0 && <p class="soft">{say(texts.latest, at.language)}</p>}
        <div class="actions">
          <button type="submit" class="primary">
            {say(texts.keep, at.language)}
          </button>
        </div>
      </form>
    </section>
  );
}

function FeedRow({ feed, followers, at, csrf }: FormProps & { feed: Feed; followers: number }) {
  const base = `/admin/feeds/${feed.id}`;
  const { language } = at;
  return (
    <Row
      title={<Link to={feed.siteUrl ?? feed.url} text={feed.title} />}
      lines={[
        <code>{feed.url}</code>,
        [
          say(texts.followers, language, { count: followers }),
          ...(feed.posts ? [say(texts.onX, language)] : []),
          ...(feed.byOwner ? [] : [say(texts.byChat, language)]),
        ].join(' · '),
        ...(feed.detail === null ? [] : [feed.detail]),
        ...(feed.visitedAt === 0
          ? []
          : [
              <>
                {say(texts.visited, language)} <Time at={feed.visitedAt} {...at} />
              </>,
            ]),
      ]}
    >
      <Badge state={badges[feed.state]} text={states[feed.state]} language={language} />
      <div class="actions">
        <form method="post" action={`${base}/posts`}>
          <input type="hidden" name="csrf" value={csrf} />
          {!feed.posts && <input type="hidden" name="on" value="1" />}
          <button type="submit">{say(feed.posts ? texts.notToX : texts.toX, language)}</button>
        </form>
        <a class="button danger" href={`${base}/remove`}>
          {say(texts.remove, language)}
        </a>
      </div>
    </Row>
  );
}

function Opml({ at, csrf }: FormProps) {
  return (
    <Card title={say(texts.opml, at.language)}>
      <div class="actions">
        <a class="button" href="/admin/feeds/feeds.opml">
          {say(texts.download, at.language)}
        </a>
      </div>
      <form method="post" action="/admin/feeds/import" class="stack">
        <input type="hidden" name="csrf" value={csrf} />
        <label class="field">
          {say(texts.upload, at.language)}
          <small>{say(texts.uploadHint, at.language)}</small>
          <textarea name="opml" rows={4} spellcheck={false} required />
        </label>
        <div class="actions">
          <button type="submit">{say(texts.uploadDo, at.language)}</button>
        </div>
      </form>
    </Card>
  );
}
