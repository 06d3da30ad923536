import { Hono } from 'hono';
import { type NetflixLayout, netflixPage } from './netflix-page.ts';
import type { NetflixRow } from './netflix-rows.ts';

export interface NetflixSandbox {
  /** The whole calendar; change it at will. The page shows the first 20 by start. */
  readonly rows: NetflixRow[];
  /** Which shape of page is served. */
  layout: NetflixLayout;
  /** What robots.txt says. */
  robots: string;
  /** The page as it is now. */
  page(): string;
}

const robots = `User-agent: *
Disallow: /api/

Sitemap: https://about.netflix.com/sitemap.xml
`;

/**
 * about.netflix.com: `/ko/new-to-watch` (with ETag) and `/robots.txt` (docs/platforms/sources.md,
 * Netflix).
 */
export function createNetflix(rows: readonly NetflixRow[]): {
  readonly sandbox: NetflixSandbox;
  readonly handle: (request: Request) => Promise<Response>;
} {
  const sandbox: NetflixSandbox = {
    rows: [...rows],
    layout: 'data',
    robots,
    page: () => netflixPage(sandbox.rows, sandbox.layout),
  };
  const app = new Hono();

  app.get('/robots.txt', (c) => c.text(sandbox.robots));

  app.get('/ko/new-to-watch', async (c) => {
    const page = sandbox.page();
    const etag = await entityTag(page);
    c.header('etag', etag);
    c.header('cache-control', 'private, no-cache, must-revalidate');
    const known = (c.req.header('if-none-match') ?? '').split(',').map((tag) => tag.trim());
    if (known.some((tag) => tag === '*' || tag.replace(/^W\//, '') === etag)) {
      return c.body(null, 304);
    }
    return c.html(page);
  });

  app.notFound((c) => c.html('<!DOCTYPE html><title>Not Found</title>', 404));
  return { sandbox, handle: async (request) => await app.fetch(request) };
}

async function entityTag(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-1', new TextEncoder().encode(text));
  const bytes = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0'));
  return `"${bytes.join('')}"`;
}
