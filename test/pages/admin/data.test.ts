import * as v from 'valibot';
import { beforeEach, describe, expect, test } from 'vitest';
import { SATURDAY } from '../../worker/harness.ts';
import { calendar } from '../../worker/netflixWeeklySteps.ts';
import {
  type Browser,
  connect,
  createBrowser,
  createDesk,
  csrfOf,
  type Desk,
  logIn,
  ORIGIN,
} from './desk.ts';
import { fill } from './fill.ts';

const bot = '1700000000000000001';
const TABLES = ['people', 'topics', 'watches', 'repositories', 'branches', 'kakao_logins'] as const;

let desk: Desk;
let owner: Browser;
beforeEach(async () => {
  desk = await createDesk({ TMDB_TOKEN: undefined });
  owner = await logIn(desk);
});

async function ask(sql: string): Promise<unknown[]> {
  return (await desk.harness.env.DB.prepare(sql).all()).results;
}

/** Everything that a backup is about, without the numbers of the rows. */
async function everything(): Promise<unknown> {
  const [people, watches, repositories, titles, settings] = await Promise.all([
    ask(`SELECT channel, address, second_address, account, people.language, kakao_id, blocked_at,
           created_at, topic, is_on
         FROM people LEFT JOIN topics ON person = people.id ORDER BY channel, address, topic`),
    ask(`SELECT address, branches.name, repository, nickname, nickname_key, commits, releases,
           prereleases, tag_pattern, smallest_step, bots, merges, without_authors, whole_messages,
           together, digest, digest_hour, paused_at, paused_until, follows_default, sees_private,
           first_head, seen_head, watches.created_at, quiet_from, quiet_to
         FROM watches JOIN people ON people.id = person JOIN branches ON branches.id = branch
         ORDER BY address, nickname`),
    ask(`SELECT repositories.id, repositories.node_id, owner, repositories.name, releases_seen,
           known_releases.known, default_branch, is_archived, is_private, added_at,
           branches.name AS branch, is_pattern, head, depth, branches.changed_at, state, misses,
           (SELECT group_concat(one.name) FROM covered JOIN branches AS one ON one.id = branch
            WHERE pattern = branches.id) AS covers
         FROM repositories JOIN branches ON branches.repository = repositories.id
         LEFT JOIN known_releases ON known_releases.repository = repositories.id ORDER BY 1`),
    ask(`SELECT source, source_id, revision, title, starts_on, announced_at, own_title, skipped_at
         FROM items WHERE coalesce(announced_at, own_title, skipped_at) IS NOT NULL ORDER BY 2`),
    ask(`SELECT key, value FROM settings WHERE key = 'menu-page'`),
  ]);
  return { people, watches, repositories, titles, settings };
}

/** People, watches, announced titles, a menu page and a Kakao login. */
async function live(): Promise<void> {
  const { harness } = desk;
  const now = harness.runtime.now();
  await fill({ people: 3, watches: 5, now });
  await harness.env.DB.batch(
    [
      `INSERT INTO people (channel, address, second_address, account, language, kakao_id, created_at,
         asking, late_answer, recent_facts)
       VALUES ('twitter', '42', NULL, '${bot}', 'en', '99', 7, '"secret question"', '"secret"', '[]')`,
      `INSERT INTO topics (topic, person, is_on, changed_at) SELECT 'menu', id, id % 2, 1 FROM people`,
      `UPDATE watches SET tag_pattern = 'v*', digest = 'daily', digest_hour = 21, paused_at = 8,
         seen_head = 'c1', releases = 1 WHERE id = 1`,
      `INSERT INTO settings VALUES ('menu-page', '{"url":"https://canteen.example/menu"}', 1),
         ('twitter-bearer', '{"sealed":"secret-bearer"}', 1)`,
      `INSERT INTO deliveries (dedupe_key, channel, account, address, notice, state, due_at, created_at)
       VALUES ('1', 'twitter', '${bot}', '42', '{"text":"secret text"}', 'waiting', 4000000000000, 1)`,
    ].map((sql) => harness.env.DB.prepare(sql)),
  );
  calendar(harness, '달 & 파도', '남극 분식집 Ⅲ');
  await connect(desk, owner, bot);
  await harness.cron(SATURDAY);
  await harness.settle(SATURDAY + 60_000);
  await harness.env.DB.batch(
    [
      `UPDATE items SET own_title = '내 제목' WHERE id = 1`,
      `INSERT INTO kakao_logins (id, scopes, connected_at, state, state_since)
       VALUES ('99', '["talk_message"]', 5, 'connected', 5)`,
    ].map((sql) => harness.env.DB.prepare(sql)),
  );
  owner = await logIn(desk);
}

async function exported(): Promise<string> {
  return owner.page('/admin/data/soshik.json');
}

/** Sends a file as a browser would; what the page tells then. */
async function imported(file: string, headers: Record<string, string> = {}): Promise<string> {
  const form = new FormData();
  form.set('csrf', csrfOf(await owner.page('/admin/data')));
  form.set('file', new File([file], 'soshik.json', { type: 'application/json' }));
  const cookie = [...owner.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const answer = await desk.fetch(
    new Request(`${ORIGIN}/admin/data/import`, {
      method: 'POST',
      body: form,
      headers: { cookie, origin: ORIGIN, 'sec-fetch-site': 'same-origin', ...headers },
      redirect: 'manual',
    }),
  );
  for (const line of answer.headers.getSetCookie()) {
    const [name = '', value = ''] = line.split('; ')[0]?.split(/=(.*)/s) ?? [];
    owner.cookies.set(name, value);
  }
  return answer.status === 303
    ? owner.page('/admin/data')
    : `${answer.status} ${await answer.text()}`;
}

async function erase(what: string, word: string): Promise<string> {
  expect((await owner.submit(`/admin/data/erase/${what}`, { word })).status).toBe(303);
  return owner.page('/admin/data');
}

describe('the export', () => {
  test('is one JSON file to be saved, without tokens and without a word that was said', async () => {
    await live();
    const answer = await owner.get('/admin/data/soshik.json');
    expect(answer.headers.get('content-disposition')).toMatch(
      /^attachment; filename="soshik-2026-11-28-\d\d-\d\d\.json"$/,
    );
    const text = await answer.text();
    expect(text).not.toMatch(/secret|twitter-bearer|sandbox-/);
    const file = v.parse(v.record(v.string(), v.unknown()), JSON.parse(text));
    expect(Object.keys(file)).toEqual([
      'soshik',
      'exportedAt',
      'settings',
      'kakaoLogins',
      'repositories',
      'titles',
      'productions',
      'feeds',
      'hooks',
      'people',
    ]);
    expect(file['titles']).toHaveLength(2);
    expect(file['people']).toHaveLength(4);
  });

  test('is read in pages, so that none of many is left out', async () => {
    await fill({ people: 2500, watches: 2500, now: desk.harness.runtime.now() });
    const file: unknown = JSON.parse(await exported());
    expect(file).toMatchObject({ people: { length: 2500 }, repositories: { length: 2500 } });
  });

  test('is for the owner alone', async () => {
    expect((await createBrowser(desk).get('/admin/data/soshik.json')).status).toBe(303);
  });
});

describe('the import', () => {
  test('into an empty bot brings back all there was; a second one changes nothing', async () => {
    await live();
    const before = await everything();
    const file = await exported();
    await erase('everything', '모두 지우기');
    await desk.harness.settle();
    const page = await imported(file);
    expect(page).toContain(
      '새로 넣은 것: 설정 5, 사람 4, 지켜보기 5, 저장소와 브랜치 10, 카카오 로그인 1. 새로 쓴 작품: 2',
    );
    expect(await everything()).toEqual(before);
    // Its tokens are gone: the person has to log in again.
    expect(await ask(`SELECT id, state, reason FROM kakao_logins`)).toEqual([
      { id: '99', state: 'log-in-again', reason: 'imported' },
    ]);
    expect(await imported(file)).toContain('바꾼 것이 없어요');
    expect(await everything()).toEqual(before);
  });

  test('takes what a bot before 1.0 exported, the rest as it begins', async () => {
    const file = {
      soshik: 1,
      exportedAt: '2026-11-28T00:00:00.000Z',
      settings: [],
      kakaoLogins: [],
      titles: [],
      repositories: [
        {
          id: 5,
          nodeId: 'R_5',
          owner: 'hana',
          name: 'garden',
          releasesKnown: ['release:v1', 'tag:v1'],
          addedAt: 1,
          branches: [
            {
              name: 'main',
              nodeId: 'REF_5',
              head: 'a'.repeat(40),
              depth: 3,
              changedAt: 1,
              state: 'ok',
              misses: 0,
              missingSince: null,
            },
          ],
        },
      ],
      people: [
        {
          channel: 'telegram',
          address: '42',
          secondAddress: null,
          account: '',
          language: 'ko',
          kakaoId: null,
          blockedAt: null,
          createdAt: 1,
          topics: { menu: true },
          watches: [
            {
              repository: 5,
              branch: 'main',
              nickname: '정원',
              commits: true,
              releases: true,
              prereleases: false,
              tagPattern: null,
              smallestStep: 'any',
              digest: 'instant',
              digestHour: 9,
              pausedAt: null,
              firstHead: null,
              seenHead: null,
              createdAt: 1,
            },
          ],
        },
      ],
    };
    expect(await imported(JSON.stringify(file))).toContain('사람 1, 지켜보기 1');
    expect(
      await ask(`SELECT nickname, bots, merges, together, whole_messages, sees_private,
                   releases_seen, is_private FROM watches
                 JOIN branches ON branches.id = watches.branch
                 JOIN repositories ON repositories.id = branches.repository`),
    ).toEqual([
      {
        nickname: '정원',
        bots: 1,
        merges: 1,
        together: 1,
        whole_messages: 0,
        sees_private: 0,
        releases_seen: '',
        is_private: 0,
      },
    ]);
  });

  test('leaves what is there as it is', async () => {
    await live();
    const file = await exported();
    await desk.harness.env.DB.batch(
      [
        `UPDATE people SET language = 'ko' WHERE address = '42'`,
        `UPDATE watches SET nickname = 'mine', nickname_key = 'mine' WHERE id = 2`,
        `UPDATE settings SET value = '{}' WHERE key = 'menu-page'`,
        `UPDATE items SET own_title = 'another' WHERE id = 1`,
      ].map((sql) => desk.harness.env.DB.prepare(sql)),
    );
    const before = await everything();
    expect(await imported(file)).toContain('바꾼 것이 없어요');
    expect(await everything()).toEqual(before);
  });

  test('keeps an announced title from being posted again', async () => {
    await live();
    const file = await exported();
    const count = desk.harness.world.x.timeline().length;
    await erase('everything', 'delete everything');
    await desk.harness.settle();
    await imported(file);
    await connect(desk, owner, bot);
    await desk.harness.cron(SATURDAY + 7 * 86_400_000);
    await desk.harness.settle(SATURDAY + 7 * 86_400_000 + 60_000);
    expect(desk.harness.world.x.timeline()).toHaveLength(count);
  });

  test.each([
    ['no JSON', '{"soshik":1', 'JSON'],
    ['a list', '[]', 'soshik'],
    ['another version', '{"soshik":2}', 'soshik'],
    [
      'a wrong person',
      '{"soshik":1,"settings":[],"kakaoLogins":[],"repositories":[],"titles":[],"people":[{"channel":"fax"}]}',
      'people.0.channel',
    ],
  ])('of %s is refused, and the page says where it is wrong', async (_what, file, where) => {
    expect(await imported(file)).toContain(`잘못된 곳: ${where}`);
  });

  test('of an empty file says what to choose', async () => {
    expect(await imported('')).toContain('파일이 비어 있어요');
  });

  test('of more than 10 MB is refused', async () => {
    expect(await imported(' '.repeat(10_000_001))).toMatch(/^413 .*10MB가 넘어서/s);
  });

  test('by another site is refused', async () => {
    await live();
    const file = await exported();
    await desk.harness.env.DB.prepare(`DELETE FROM people`).run();
    const answer = await imported(file, { origin: 'https://evil.example' });
    expect(answer).toMatch(/^403 /);
    expect(await ask(`SELECT 1 FROM people`)).toEqual([]);
  });
});

describe('the danger zone', () => {
  test('does nothing without the word', async () => {
    await live();
    const page = await owner.page('/admin/data/erase/everything');
    expect(page).toContain('‘모두 지우기’라고 적어 주세요');
    const before = await everything();
    expect(await erase('everything', '모두')).toContain('아무것도 지우지 않았어요');
    expect(await erase('people', '모두 지우기')).toContain('아무것도 지우지 않았어요');
    expect(await everything()).toEqual(before);
  });

  test('forgets all people, and nothing else', async () => {
    await live();
    expect(await erase('people', '모두 잊기')).toContain('모두 지웠어요');
    await desk.harness.settle();
    expect(await ask(`SELECT 1 FROM people UNION ALL SELECT 1 FROM watches`)).toEqual([]);
    expect(await ask(`SELECT 1 FROM topics UNION ALL SELECT 1 FROM kakao_logins`)).toEqual([]);
    expect(await ask(`SELECT 1 FROM deliveries WHERE address <> 'timeline'`)).toEqual([]);
    expect(await ask(`SELECT 1 FROM items WHERE announced_at IS NOT NULL`)).toHaveLength(2);
    expect(await ask(`SELECT 1 FROM accounts`)).toHaveLength(1);
    expect(await ask(`SELECT 1 FROM settings WHERE key = 'menu-page'`)).toHaveLength(1);
  });

  test('ends every Kakao login, however many there are', async () => {
    const insert = `INSERT INTO kakao_logins (id, scopes, connected_at, state, state_since)
      VALUES (?1, '[]', 5, 'connected', 5)`;
    const { DB } = desk.harness.env;
    await DB.batch(Array.from({ length: 20 }, (_, n) => DB.prepare(insert).bind(String(n))));
    await erase('people', 'forget all');
    await desk.harness.settle();
    expect(await ask(`SELECT 1 FROM kakao_logins`)).toEqual([]);
  });

  test('deletes everything, logs the accounts out, and lets the owner stay', async () => {
    await live();
    expect(await erase('everything', '모두 지우기')).toContain('모두 지웠어요');
    await desk.harness.settle();
    for (const table of [...TABLES, 'items', 'deliveries', 'accounts', 'owner_news']) {
      expect({ table, rows: await ask(`SELECT 1 FROM ${table}`) }).toEqual({ table, rows: [] });
    }
    expect(await desk.harness.env.TOKENS.list()).toMatchObject({ keys: [] });
    expect(await owner.page('/admin')).toContain('X 계정을 연결해 주세요');
  });
});

test('feeds, hooks and announced productions come along, and who follows what', async () => {
  const { DB } = desk.harness.env;
  await DB.batch(
    [
      `INSERT INTO feeds (id, url, title, title_key, by_owner, state, state_since, added_at)
       VALUES (7, 'https://blog.example/feed', '블로그', '블로그', 0, 'ok', 1, 1)`,
      `INSERT INTO hooks (channel, address, sealed, state, created_at, changed_at)
       VALUES ('discord', '12-ab', 'sealed-text', 'proved', 1, 1), ('slack', 'x', 's', 'asked', 1, 1)`,
      `INSERT INTO productions (key, name, venue, genre, area, starts_on, first_seen_at, changed_at, announced_at)
       VALUES ('k', '햄릿', '극장', 'play', '서울', '2026-12-01', 1, 1, 5)`,
      `INSERT INTO people (id, channel, address, language, created_at) VALUES (3, 'telegram', '9', 'ko', 1)`,
      `INSERT INTO topics (topic, person, is_on, choice, changed_at)
       VALUES ('feed:7', 3, 1, NULL, 1), ('stage', 3, 1, 'musical', 1)`,
    ].map((sql) => DB.prepare(sql)),
  );
  const file = await (await owner.get('/admin/data/soshik.json')).text();
  await DB.batch(
    ['feeds', 'hooks', 'productions', 'people'].map((table) => DB.prepare(`DELETE FROM ${table}`)),
  );
  await DB.prepare(
    `INSERT INTO feeds (id, url, title, title_key, by_owner, state, state_since, added_at)
     VALUES (1, 'https://other.example/feed', 'a', 'a', 1, 'ok', 1, 1)`,
  ).run();
  await imported(file);
  expect(await ask(`SELECT channel, address, sealed, state FROM hooks`)).toEqual([
    { channel: 'discord', address: '12-ab', sealed: 'sealed-text', state: 'proved' },
  ]);
  expect(await ask(`SELECT name, announced_at FROM productions`)).toEqual([
    { name: '햄릿', announced_at: 5 },
  ]);
  expect(
    await ask(`SELECT ifnull((SELECT url FROM feeds WHERE topic = 'feed:' || id), topic) AS topic, choice
               FROM topics ORDER BY choice`),
  ).toEqual([
    { topic: 'https://blog.example/feed', choice: null },
    { topic: 'stage', choice: 'musical' },
  ]);
});

test('who follows what is neither lost nor made up where feeds went, or have long addresses', async () => {
  const { DB } = desk.harness.env;
  const long = `https://blog.example/${'x'.repeat(1900)}`;
  await DB.batch([
    DB.prepare(
      `INSERT INTO feeds (id, url, title, title_key, by_owner, state, state_since, added_at)
       VALUES (7, ?1, '블로그', '블로그', 1, 'ok', 1, 1)`,
    ).bind(long),
    DB.prepare(
      `INSERT INTO people (id, channel, address, language, created_at) VALUES (3, 'telegram', '9', 'ko', 1)`,
    ),
    // The feed 8 is gone.
    DB.prepare(
      `INSERT INTO topics (topic, person, is_on, choice, changed_at)
       VALUES ('feed:7', 3, 1, NULL, 1), ('feed:8', 3, 1, 'x', 1)`,
    ),
  ]);
  const file = await exported();
  expect(file).toContain(`"topics":{"feed:${long}":true},"choices":{},`);
  // As a bot wrote it that named the row.
  const old = file.replace('"topics":{', '"topics":{"feed:8":true,');
  await DB.batch(['feeds', 'people'].map((table) => DB.prepare(`DELETE FROM ${table}`)));
  await DB.prepare(
    `INSERT INTO feeds (id, url, title, title_key, by_owner, state, state_since, added_at)
     VALUES (8, 'https://other.example/feed', 'a', 'a', 1, 'ok', 1, 1)`,
  ).run();
  expect(await imported(old)).toContain('사람 1');
  expect(await ask(`SELECT url FROM topics JOIN feeds ON topic = 'feed:' || feeds.id`)).toEqual([
    { url: long },
  ]);
  expect(await ask(`SELECT topic FROM topics`)).toHaveLength(1);
});
