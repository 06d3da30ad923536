import { beforeEach, describe, expect, test } from 'vitest';
import { MINUTE_MS } from '../../src/lib/time.ts';
import {
  type Browser,
  connect,
  createBrowser,
  createDesk,
  type Desk,
  logIn,
  PASSWORD,
} from '../pages/admin/desk.ts';
import { press } from '../sandbox/x/login-client.ts';

const HOSTILE = `"><script>alert(1)</script>'&{name}`;
const bot = '1700000000000000001';

let desk: Desk;
let owner: Browser;
beforeEach(async () => {
  desk = await createDesk();
  owner = await logIn(desk);
});

/** A flash cookie that somebody else wrote. */
function flash(lines: unknown): string {
  return btoa(JSON.stringify(lines)).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

describe('hostile words', () => {
  test('in usernames, reasons, notes, types and news are shown as text', async () => {
    await connect(desk, owner, bot);
    const { DB } = desk.harness.env;
    const now = desk.harness.runtime.now();
    await DB.batch([
      DB.prepare('UPDATE accounts SET username = ?1').bind(HOSTILE),
      DB.prepare(
        `INSERT INTO owner_news (key, kind, detail, at) VALUES ('1', 'log-in-again', ?1, ?2)`,
      ).bind(JSON.stringify({ username: HOSTILE }), now),
      DB.prepare(`INSERT INTO owner_news (key, kind, detail, at) VALUES ('2', ?1, '{}', ?2)`).bind(
        HOSTILE,
        now,
      ),
      DB.prepare(
        `INSERT INTO inbox (key, channel, type, account, state, received_at)
         VALUES ('k', 'twitter', ?1, ?1, 'done', ?2)`,
      ).bind(HOSTILE, now),
      DB.prepare(
        `INSERT INTO deliveries (dedupe_key, channel, account, address, notice, state, due_at,
           note, created_at, finished_at)
         VALUES ('d', 'twitter', '1', '', ?1, 'dead', ?3, ?2, ?3, ?3)`,
      ).bind(JSON.stringify({ kind: 'upcoming', titles: [{ title: HOSTILE }] }), HOSTILE, now),
      DB.prepare(
        `INSERT INTO runs (job, slot, state, leased_until, started_at, counts, reason)
         VALUES ('sweep', ?2, 'failed', 0, ?2, ?3, ?1)`,
      ).bind(HOSTILE, now, JSON.stringify({ [HOSTILE]: 1 })),
    ]);
    for (const path of ['/admin', '/admin/twitter', '/admin/events', '/admin/doctor']) {
      const page = await owner.page(path);
      expect(page).not.toContain('<script');
      if (path !== '/admin/doctor') expect(page).toContain('&lt;script&gt;alert(1)');
    }
    const confirm = await owner.page(`/admin/twitter/accounts/${bot}/disconnect`);
    expect(confirm).toContain('&lt;script&gt;alert(1)');
    expect(confirm).not.toContain('<script');
  });

  test('in a flash cookie are shown as text, and only with words of ours', async () => {
    owner.cookies.set(
      '__Host-soshik-flash',
      flash([{ key: 'x/connected', values: { name: HOSTILE } }]),
    );
    expect(await owner.page('/admin')).toContain('&lt;script&gt;');
    owner.cookies.set('__Host-soshik-flash', flash([{ key: HOSTILE, values: {} }]));
    expect(await owner.page('/admin')).not.toContain('alert(1)');
    owner.cookies.set('__Host-soshik-flash', flash({ key: 'constructor' }));
    expect((await owner.get('/admin')).status).toBe(200);
  });

  test.each(['?page=<script>', '?page=-1', '?page=1e99', '?lang=<script>'])(
    'in %s of an address change nothing',
    async (query) => {
      const page = await owner.page(`/admin/events${query}`);
      expect(page).toContain('<html lang="ko">');
      expect(page).not.toContain('<script');
    },
  );
});

describe('every answer', () => {
  test.each([
    '/admin',
    '/admin/login',
    '/admin/nothing',
    '/admin/twitter',
    '/login/twitter/callback',
  ])('of %s forbids scripts, frames, caches and guessed types', async (path) => {
    const { headers } = await owner.get(path);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("style-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("base-uri 'none'");
    expect(policy).toMatch(/form-action 'self' https:\/\/x\.com https:\/\/api\.x\.com/);
    expect(policy).not.toMatch(/unsafe|script-src|\*/);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('referrer-policy')).toBe('same-origin');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });
});

describe('a redirect', () => {
  test.each([
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '/admin/../../evil',
    '/admin@evil.example',
    '/admin\r\nset-cookie: a=b',
    'javascript:alert(1)',
  ])('after the login never leads to %j', async (next) => {
    const browser = createBrowser(desk);
    expect(await browser.page(`/admin/login?next=${encodeURIComponent(next)}`)).not.toContain(
      'evil',
    );
    const response = await browser.post('/admin/login', { password: PASSWORD, next });
    expect(response.headers.get('location')).toBe('/admin');
    expect(response.headers.get('set-cookie')).not.toContain('a=b');
  });

  test('back to localhost keeps to this machine, whatever the query says', async () => {
    const local = createBrowser(desk, { origin: 'http://127.0.0.1:8787' });
    const response = await local.get('/login/twitter/callback?next=//evil.example');
    const target = new URL(response.headers.get('location') ?? '');
    expect(target.origin).toBe('http://localhost:8787');
    expect(target.pathname).toBe('/login/twitter/callback');
  });
});

async function begin(browser: Browser, version: 1 | 2): Promise<string> {
  const response = await browser.submit(`/login/twitter${version === 2 ? '?v=2' : ''}`);
  return response.headers.get('location') ?? '';
}
async function allowed(there: string): Promise<string> {
  const back = await press(desk.harness.world, there, { allow: bot });
  return back.headers.get('location') ?? '';
}

describe('a login at X', () => {
  test.each([1, 2] as const)(
    'by OAuth %i does not end in another session, even with its cookie',
    async (version) => {
      const back = await allowed(await begin(owner, version));
      const other = await logIn(desk);
      expect((await other.get(back)).status).toBe(403);
      other.cookies.set('__Host-soshik-login', owner.cookies.get('__Host-soshik-login') ?? '');
      expect((await other.get(back)).status).toBe(403);
      expect((await createBrowser(desk).get(back)).status).toBe(403);
      expect((await owner.get(back)).status).toBe(303);
    },
  );

  test('that somebody else began is not ended in the owner’s browser', async () => {
    const attacker = await logIn(desk);
    const back = await allowed(await begin(attacker, 2));
    await begin(owner, 2);
    const response = await owner.get(back);
    expect(response.status).toBe(403);
    expect(await owner.page('/admin/twitter')).toContain('먼저 계정을 연결해 주세요');
  });

  test.each([1, 2] as const)('by OAuth %i is over after ten minutes', async (version) => {
    const there = await begin(owner, version);
    desk.harness.world.clock.advance(10 * MINUTE_MS - 1000);
    const back = await allowed(there);
    desk.harness.world.clock.advance(1000);
    const late = await owner.get(back);
    expect(late.status).toBe(400);
    expect(await late.text()).toContain('처음부터 다시 시작해 주세요');
  });

  test('is begun by no link of another site', async () => {
    const response = await owner.get('/login/twitter', { 'sec-fetch-site': 'cross-site' });
    expect(response.status).toBe(403);
    expect(response.headers.get('location')).toBeNull();
    expect(owner.cookies.has('__Host-soshik-login')).toBe(false);
  });

  test('keeps its secrets sealed in the cookie', async () => {
    await begin(owner, 1);
    const cookie = owner.cookies.get('__Host-soshik-login') ?? '';
    expect(cookie).toMatch(/^v1\./);
    expect(cookie).not.toMatch(/token|secret/i);
    owner.cookies.set('__Host-soshik', cookie);
    expect((await owner.get('/admin')).status).toBe(303);
  });
});
