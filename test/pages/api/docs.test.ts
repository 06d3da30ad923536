import { beforeEach, describe, expect, test } from 'vitest';
import { type ApiDesk, createApiDesk, ORIGIN } from './apiDesk.ts';

let desk: ApiDesk;
beforeEach(async () => {
  desk = await createApiDesk();
});

async function page(path = '/api/docs', language = 'ko') {
  const headers = { 'accept-language': language };
  const response = await desk.fetch(new Request(`${ORIGIN}${path}`, { headers }));
  return { response, html: await response.text() };
}

describe('/api/docs', () => {
  test.each([
    ['ko', 'API 써 보기', '보내기', '<noscript><p>여기서 보내려면 스크립트를 켜'],
    ['en', 'Try the API', 'Send', '<noscript><p>Switch scripts on'],
  ])('reads in %s, without script and without a key', async (language, ...words) => {
    const { response, html } = await page('/api/docs', language);
    expect(response.status).toBe(200);
    expect(html).toContain(`<html lang="${language}">`);
    for (const word of words) expect(html).toContain(word);
    for (const path of ['/api/', '/api/info/', '/api/alias/', '/api/git/', '/api/del/', '/skill']) {
      expect(html).toContain(path);
    }
    expect(html).toContain('curl -X POST https://soshik.example/api/');
  });

  test('is one whole page, whatever is written in the table', async () => {
    for (const language of ['ko', 'en']) {
      const { html } = await page('/api/docs/', language);
      expect(html).not.toMatch(/undefined|\[object|\{\w+\}(?!<)/);
      expect(html).toMatch(/<\/html>$/);
    }
  });

  test('lets nothing run but its own script, which talks to its own origin', async () => {
    const { response, html } = await page();
    const policy = response.headers.get('content-security-policy')?.split('; ');
    expect(policy).toEqual(
      expect.arrayContaining([`default-src 'none'`, `script-src 'self'`, `connect-src 'self'`]),
    );
    expect(policy?.join()).not.toContain('unsafe');
    expect(html.match(/<script[^>]*>[^<]*/g)).toEqual([
      '<script type="module" src="/api-docs.js">',
    ]);
    expect(html).not.toMatch(/ on\w+=| style=/);
  });

  test('cannot be sent before its script is there, so that no key gets into an address', async () => {
    const { html } = await page();
    expect(html.match(/<form/g)).toHaveLength(8);
    expect(html.match(/<button[^>]* disabled/g)).toHaveLength(8);
    expect(html).not.toMatch(/<input[^>]*name="key"/);
  });
});
