import { Hono } from 'hono';
import type { SandboxClock } from '../clock.ts';
import { shapes } from './shapes.ts';
import { type FeedFormat, feedTypes, type SandboxItem, writeFeed } from './write.ts';

export interface FeedsSandbox {
  /** Where the feed is. */
  readonly url: string;
  title: string;
  format: FeedFormat;
  /** Newest first; change them at will. */
  readonly items: SandboxItem[];
  /** What robots.txt says. */
  robots: string;
  /** What the feed answers instead, until null again. */
  failure: {
    readonly status: number;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string;
  } | null;
  /** Writes something new; undated where `at` is null. */
  publish(title: string, changes?: Partial<SandboxItem>): SandboxItem;
}

/** `news.example`: a site with a feed, a page that names it, and feeds as real hosts write them. */
export function createFeeds(clock: SandboxClock): {
  readonly sandbox: FeedsSandbox;
  readonly handle: (request: Request) => Promise<Response>;
} {
  let count = 0;
  const sandbox: FeedsSandbox = {
    url: 'https://news.example/feed.xml',
    title: '동네 소식',
    format: 'rss',
    items: [],
    robots: 'User-agent: *\nDisallow: /private/\n',
    failure: null,
    publish(title, changes = {}) {
      count += 1;
      const link = `https://news.example/${count}`;
      const item = { id: `news-${count}`, link, title, at: clock.now(), ...changes };
      sandbox.items.unshift(item);
      return item;
    },
  };
  sandbox.publish('동네 도서관이 새로 문을 열었어요');
  sandbox.publish('이번 주말 벼룩시장 안내');

  const app = new Hono();
  app.get('/robots.txt', (c) => c.text(sandbox.robots));
  app.get('/feed.xml', async (c) => {
    const { failure, format, title, items } = sandbox;
    if (failure !== null) {
      return new Response(failure.body ?? '', {
        status: failure.status,
        headers: { ...failure.headers },
      });
    }
    const body = writeFeed(format, { title, site: 'https://news.example/' }, items);
    const etag = `"${items.length}-${body.length}-${items[0]?.title.length ?? 0}"`;
    if (c.req.header('if-none-match') === etag) return c.body(null, 304, { etag });
    return new Response(body, { headers: { 'content-type': feedTypes[format], etag } });
  });
  app.get('/moved', (c) => c.redirect('https://news.example/feed.xml', 301));
  app.get('/inside', (c) => c.redirect('http://169.254.169.254/latest/meta-data', 302));
  app.get('/shapes/:name', (c) => {
    const shape = Object.entries(shapes).find(([name]) => name === c.req.param('name'));
    if (!shape) return c.text('', 404);
    const type = shape[0] === 'page' ? 'text/html' : 'application/xml';
    return c.body(shape[1], 200, { 'content-type': type });
  });
  app.get('/', (c) =>
    c.html(
      '<!doctype html><title>동네 소식</title><link rel="alternate" type="application/rss+xml" href="/feed.xml">',
    ),
  );
  app.notFound((c) => c.html('<!doctype html><title>404</title>', 404));
  return { sandbox, handle: async (request) => await app.fetch(request) };
}
