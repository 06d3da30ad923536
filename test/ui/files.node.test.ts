import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestHarness } from 'wrangler';

/** The Worker as wrangler.toml describes it, with Cloudflare's own handling of static assets. */
const server = createTestHarness({ workers: [{ configPath: 'wrangler.toml' }] });
beforeAll(async () => {
  await server.listen();
}, 60_000);
afterAll(() => server.close());

const files = [
  ['/style.css', 'text/css; charset=utf-8', 'prefers-color-scheme: dark'],
  ['/icon.svg', 'image/svg+xml', '<svg'],
  ['/register.js', 'text/javascript; charset=utf-8', '#register'],
  ['/api-docs.js', 'text/javascript; charset=utf-8', 'sessionStorage'],
  ['/catfacts.json', 'application/json', 'no-sweet-taste'],
] as const;

describe('a static file', () => {
  test.each(files)('%s is served as what it is', async (path, type, part) => {
    const response = await server.fetch(path);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe(type);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await response.text()).toContain(part);
  });

  test.each(files)('%s is asked for each time and found unchanged', async (path) => {
    const first = await server.fetch(path);
    expect(first.headers.get('cache-control')).toBe('public, max-age=0, must-revalidate');
    const etag = first.headers.get('etag') ?? '';
    expect(etag).toMatch(/^"\w+"$/);
    const ask = (known: string) => server.fetch(path, { headers: { 'if-none-match': known } });
    expect((await ask(etag)).status).toBe(304);
    expect((await ask('"other"')).status).toBe(200);
  });

  test.each(files)('%s never starts the Worker, which does not know it', async (path) => {
    const response = await server.getWorker().fetch(path);
    expect(response.status).toBe(404);
  });

  test('is what the pages link to, within their policy', async () => {
    const page = await server.fetch('/');
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("style-src 'self'");
    expect(policy).toContain("img-src 'self'");
    const html = await page.text();
    const linked = [...html.matchAll(/<link [^>]*href="([^"]+)"/g)].map((match) => match[1]);
    expect(linked).toEqual(['/icon.svg', '/style.css']);
  });
});

describe('what is no static file', () => {
  test.each(['/_headers', '/style.css/', '/assets/style.css', '/index.html'])(
    '%s is for the Worker, which knows no such page',
    async (path) => {
      const response = await server.fetch(path, { redirect: 'manual' });
      expect(response.status).toBe(404);
      expect(await response.json()).toEqual({ error: 'not found' });
    },
  );

  test('is answered by the Worker as ever', async () => {
    expect((await server.fetch('/webhook/twitter?crc_token=')).status).toBe(400);
    expect((await server.fetch('/style.css', { method: 'POST' })).status).toBe(405);
  });
});
