import { beforeEach, describe, expect, test } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '../../../src/lib/time.ts';
import {
  type Browser,
  createBrowser,
  createDesk,
  type Desk,
  logIn,
  ORIGIN,
} from '../../pages/admin/desk.ts';
import { fakeKey } from '../../store/keys.ts';
import { health } from '../../worker/harness.ts';

const PAGE = '/admin/channels';
const SEALED = `SELECT value FROM settings WHERE key = 'github-app'`;

let desk: Desk;
let owner: Browser;
beforeEach(async () => {
  desk = await createDesk({ GITHUB_TOKEN: undefined, GITHUB_WEBHOOK_SECRET: undefined });
  owner = await logIn(desk);
  const { github } = desk.harness.world;
  github.reachBy((request) => desk.fetch(request));
  github.addRepository({ owner: 'hana', name: 'garden' });
});

/** What the form on a page sends to GitHub. */
async function formOn(
  browser: Browser,
  path = PAGE,
): Promise<{ action: string; manifest: string }> {
  const page = await browser.page(path);
  const [, action = '', manifest = ''] =
    /action="([^"]+)"><input type="hidden" name="manifest" value="([^"]+)"/.exec(page) ?? [];
  return { action, manifest: manifest.replaceAll('&quot;', '"') };
}

/** Presses a button of GitHub's page or of the form that leads there; where the browser goes then. */
async function press(url: string, fields: Record<string, string> = {}): Promise<URL> {
  const answer = await desk.harness.world.fetch(
    new Request(url, { method: 'POST', body: new URLSearchParams(fields) }),
  );
  const location = answer.headers.get('location');
  if (location === null) throw new Error(`${answer.status} ${await answer.text()}`);
  return new URL(location);
}

/** The way back from GitHub's page, not yet gone. */
async function begin(browser = owner, page = PAGE): Promise<string> {
  const { action, manifest } = await formOn(browser, page);
  const { pathname, search } = await press(action, { manifest });
  return pathname + search;
}

/** Follows it, and reads the page it ends on. */
async function comeBack(path: string, browser = owner): Promise<string> {
  const answer = await browser.get(path, { 'sec-fetch-site': 'cross-site' });
  expect([answer.status, answer.headers.get('location')]).toEqual([303, PAGE]);
  return browser.page(PAGE);
}

async function make(): Promise<string> {
  return comeBack(await begin());
}

async function install(page: string): Promise<string> {
  const link = /href="([^"]+\/installations\/new)"/.exec(page)?.[1] ?? '';
  const { pathname, search } = await press(link);
  return owner.page(pathname + search);
}

const made = () => desk.harness.world.github.apps.at(-1);
const kept = () => desk.harness.env.DB.prepare(SEALED).first<string>('value');

/** What the webhook answers to a push that the app's installation is told of. */
async function pushed(): Promise<number | null | undefined> {
  const { github } = desk.harness.world;
  github.push('hana/garden', 'main', [{ message: 'one more' }]);
  await github.settled();
  return github.deliveries.at(-1)?.status;
}

describe('the GitHub App of /admin/channels', () => {
  test('is made at one press, installed at a second, and then all works without a secret of the owner’s', async () => {
    expect((await health(desk.harness)).features).toMatchObject({
      repositories: { state: 'off' },
      'github-webhook': { state: 'off' },
    });
    const policy = (await owner.get(PAGE)).headers.get('content-security-policy');
    expect(policy).toMatch(/form-action 'self'[^;]* https:\/\/github\.com(?: [^;]*)?;/);
    const page = await make();
    expect(page).toContain('GitHub App을 만들었어요');
    expect(page).toContain('아직 어디에도 설치하지 않았어요');
    expect(await owner.page('/admin')).toContain('설치할 저장소를 골라 주세요');
    expect(await install(page)).toContain('설치한 계정: hana');
    expect((await health(desk.harness)).features).toMatchObject({
      repositories: { state: 'on' },
      'github-webhook': { state: 'on' },
    });
    expect(await pushed()).toBe(202);
    expect(await owner.page('/admin/doctor')).toContain('GitHub App이 설치돼 있어요');
    const told = await desk.fetch(
      new Request(`${ORIGIN}/api/info/?id=hana&repo=garden`, {
        headers: { authorization: `Bearer ${desk.harness.env.API_KEY}` },
      }),
    );
    expect(told.status).toBe(200);
  });

  test('of an organization is made and installed there', async () => {
    desk.harness.world.github.addRepository({ owner: 'hana-team', name: 'site' });
    expect(await owner.page(PAGE)).toContain('action="/admin/channels/github/organization"');
    const there = '/admin/channels/github/organization?name=hana-team';
    expect(await owner.page(there)).toContain('조직 hana-team의 앱이 돼요');
    expect((await formOn(owner, there)).action).toContain(
      'https://github.com/organizations/hana-team/settings/apps/new?state=',
    );
    const page = await comeBack(await begin(owner, there));
    expect(page).toContain('GitHub App을 만들었어요');
    expect(await install(page)).toContain('설치한 계정: hana-team');
  });

  test.each(['my team', '-a', 'a--b', 'a/../b', 'x'.repeat(40), '"><script>'])(
    'is of no organization called %j',
    async (name) => {
      const path = `/admin/channels/github/organization?name=${encodeURIComponent(name)}`;
      const answer = await owner.get(path);
      expect([answer.status, answer.headers.get('location')]).toEqual([303, PAGE]);
      expect(await owner.page(PAGE)).toContain('조직 이름은 GitHub 주소에 있는 그대로');
    },
  );

  test('is the owner’s own where no organization is named', async () => {
    const answer = await owner.get('/admin/channels/github/organization?name=');
    expect([answer.status, answer.headers.get('location')]).toEqual([303, PAGE]);
    expect((await formOn(owner)).action).toMatch(/^https:\/\/github\.com\/settings\/apps\/new/);
  });

  test('is kept sealed, and shown, logged and exported nowhere', async () => {
    const page = await make();
    const app = made();
    const secrets = [app?.hook?.secret ?? '?', 'PRIVATE KEY', 'fake-client-secret'];
    await owner.submit('/admin/again', { password: 'fake-owner-password' });
    const file = await (await owner.get('/admin/data/soshik.json')).text();
    for (const secret of secrets) {
      for (const text of [await kept(), page, file]) expect(text).not.toContain(secret);
    }
    expect(file).not.toContain('github-app');
  });

  test('asks for no more than reading, and for what is told', async () => {
    const { manifest } = await formOn(owner);
    expect(JSON.parse(manifest)).toMatchObject({
      url: ORIGIN,
      public: false,
      hook_attributes: { url: `${ORIGIN}/webhook/github` },
      default_permissions: { contents: 'read', metadata: 'read' },
      default_events: ['push', 'create', 'delete', 'release', 'repository'],
    });
  });

  test('is not offered where the settings name one', async () => {
    desk.harness.redeploy({
      GITHUB_APP_ID: '1',
      GITHUB_APP_PRIVATE_KEY: 'fake-private-key',
      GITHUB_APP_INSTALLATION_ID: '2',
    });
    expect((await formOn(owner)).action).toBe('');
  });

  test('opens with a new TOKEN_KEY beside the old, and half an hour later without the old', async () => {
    await make();
    desk.harness.redeploy({ TOKEN_KEY: `${fakeKey(2)},${fakeKey(1)}` });
    const now = desk.harness.world.clock.now();
    await desk.harness.cron(now + 30 * MINUTE_MS);
    await desk.harness.settle(now + 31 * MINUTE_MS);
    desk.harness.redeploy({ TOKEN_KEY: fakeKey(2) });
    owner = await logIn(desk);
    expect(await owner.page(PAGE)).toContain('아직 어디에도 설치하지 않았어요');
  });

  test('that cannot be opened is failing and opens no door', async () => {
    await install(await make());
    desk.harness.redeploy({ TOKEN_KEY: fakeKey(2) });
    expect(await pushed()).toBe(401);
    expect(await health(desk.harness)).toMatchObject({
      ok: false,
      features: { repositories: { state: 'failing', reason: 'app-shut' } },
    });
    owner = await logIn(desk);
    expect(await owner.page(PAGE)).toContain('열쇠를 열 수 없어요');
  });

  test('that its owner deleted at GitHub is told within half an hour', async () => {
    await install(await make());
    const app = made();
    if (app) desk.harness.world.github.removeApp(app);
    const now = desk.harness.world.clock.now();
    await desk.harness.cron(now + 30 * MINUTE_MS);
    await desk.harness.settle(now + 31 * MINUTE_MS);
    expect(await health(desk.harness)).toMatchObject({
      ok: false,
      features: { repositories: { state: 'failing', reason: 'app-refused' } },
    });
    expect(await owner.page('/admin/doctor')).toContain('앱을 지우고 다시 만들어 주세요');
  });

  test('is forgotten after a yes, with its webhook’s secret, and can be made again', async () => {
    await install(await make());
    expect(await owner.page(`${PAGE}/github/forget`)).toContain('되돌릴 수 없어요');
    await owner.submit(`${PAGE}/github/forget`);
    expect(await kept()).toBeNull();
    expect(await pushed()).toBe(401);
    expect(await make()).toContain('GitHub App을 만들었어요');
  });

  test('takes the owner’s own webhook secret as well', async () => {
    await install(await make());
    const secret = 'fake-secret-of-a-repository';
    desk.harness.redeploy({ GITHUB_WEBHOOK_SECRET: secret });
    const { github } = desk.harness.world;
    const ping = await github.connectWebhook('hana/garden', `${ORIGIN}/webhook/github`, secret);
    expect(ping?.status).toBe(200);
    const wrong = await github.connectWebhook('hana/garden', `${ORIGIN}/webhook/github`, 'wrong');
    expect(wrong?.status).toBe(401);
    const statuses = async () => {
      const from = github.deliveries.length;
      await pushed();
      return github.deliveries.slice(from).map(({ status }) => status);
    };
    expect(new Set(await statuses())).toEqual(new Set([202, 401]));
  });

  test('whose row cannot be read answers GitHub with 503', async () => {
    await install(await make());
    const { DB } = desk.harness.env;
    const DBdown = new Proxy(DB, {
      get() {
        throw new Error('D1_ERROR: no such table');
      },
    });
    desk.harness.redeploy({ DB: DBdown });
    expect(await pushed()).toBe(503);
  });
});

describe('the way back from GitHub', () => {
  test('is gone once', async () => {
    const back = await begin();
    await comeBack(back);
    expect(await comeBack(back)).toContain('이 페이지에서 시작한 것이 아니거나');
    expect(
      desk.harness.world.requests.filter(({ url }) => url.includes('/app-manifests/')),
    ).toHaveLength(1);
  });

  test('is the session’s that went there: a code that somebody else brings makes nothing', async () => {
    const attacker = await logIn(desk);
    const theirs = await begin(attacker);
    const { searchParams: own } = new URL(await begin(), ORIGIN);
    const { searchParams: foreign } = new URL(theirs, ORIGIN);
    for (const state of [foreign.get('state') ?? '', '', `${own.get('state')}x`]) {
      const query = new URLSearchParams({ code: foreign.get('code') ?? '', state });
      expect(await comeBack(`${PAGE}/github/made?${String(query)}`)).toContain(
        '시작한 것이 아니거나',
      );
    }
    expect(await kept()).toBeNull();
    const stranger = await createBrowser(desk).get(theirs);
    expect(stranger.headers.get('location')).toMatch(/^\/admin\/login/);
  });

  test('is closed an hour later', async () => {
    const back = await begin();
    desk.harness.world.clock.advance(HOUR_MS - MINUTE_MS);
    await owner.page('/admin');
    desk.harness.world.clock.advance(MINUTE_MS);
    expect(await comeBack(back)).toContain('한 시간이 지났어요');
    expect(await kept()).toBeNull();
  });

  test.each(['not-one-of-GitHub’s', '../../user', '%2e%2e'])(
    'with the code %s makes nothing',
    async (code) => {
      const { searchParams } = new URL(await begin(), ORIGIN);
      const query = new URLSearchParams({ code, state: searchParams.get('state') ?? '' });
      expect(await comeBack(`${PAGE}/github/made?${String(query)}`)).toContain(
        '열쇠를 내주지 않았어요',
      );
      expect(await kept()).toBeNull();
    },
  );

  test('of a second app leaves the first as it is', async () => {
    const [first, second] = [await begin(), await begin()];
    await comeBack(first);
    const before = await kept();
    expect(await comeBack(second)).toContain('GitHub App이 이미 있어요');
    expect(await kept()).toBe(before);
  });
});
