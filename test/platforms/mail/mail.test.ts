import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, test } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '../../../src/lib/time.ts';
import { createBrowser, PASSWORD } from '../../pages/admin/desk.ts';
import { createMailSandbox, type MailSandbox } from '../../sandbox/mail.ts';
import { createHarness, type Harness, health, START } from '../../worker/harness.ts';
import { connectTelegram, privateChat, write } from '../../worker/telegramSteps.ts';

const OWNER = 'hana@example.org';
const FROM = 'soshik@soshik.example';
const SLOT_MS = 30 * MINUTE_MS;

let harness: Harness;
let mail: MailSandbox;
let slots: number;
beforeEach(async () => {
  slots = 0;
  mail = createMailSandbox(OWNER);
  harness = await createHarness({ ADMIN_PASSWORD: PASSWORD, OWNER_MAIL: OWNER, MAIL_FROM: FROM });
  harness.redeploy({ MAIL: mail });
  await connectTelegram(harness);
  await halfHour();
});

/** The next half hour: the cron, then everything it queued. */
async function halfHour(): Promise<void> {
  slots += 1;
  const at = START + slots * SLOT_MS;
  await harness.cron(at);
  await harness.settle(at + SLOT_MS - MINUTE_MS);
}

const subjects = () => mail.inbox.map(({ subject }) => subject);
const run = (sql: string) => harness.env.DB.prepare(sql).run();
/** A source that is in use has changed its page. */
const breakSource = () =>
  run(
    `INSERT OR REPLACE INTO sources (id, memory, state, detail, state_since, visited_at)
     VALUES ('netflix', '{}', 'broken', 'x', 0, 1)`,
  );
const mendSource = () => run(`UPDATE sources SET state = 'items'`);

async function finding(): Promise<unknown> {
  const response = await harness.fetch(
    new Request('https://soshik.example/admin/doctor.json', {
      headers: { authorization: `Bearer ${PASSWORD}` },
    }),
  );
  const { findings } = await response.json<{ findings: { id: string }[] }>();
  return findings.find(({ id }) => id === 'mail');
}

describe('mail to the owner', () => {
  test('tells of trouble once and of its end once, with where to look', async () => {
    await breakSource();
    for (let slot = 0; slot < 4; slot += 1) await halfHour();
    expect(subjects()).toEqual([expect.stringMatching(/^\[소식\] ⚠️ .*읽을 수 없어요$/)]);
    expect(mail.inbox[0]).toMatchObject({ from: FROM, to: OWNER });
    expect(mail.inbox[0]?.text).toContain('https://soshik.example/admin');
    await mendSource();
    for (let slot = 0; slot < 4; slot += 1) await halfHour();
    expect(subjects().slice(1)).toEqual([expect.stringMatching(/^\[소식\] ✅ 다시 잘 돼요/)]);
    expect(await finding()).toMatchObject({ state: 'ok' });
  });

  test('arrives also when the only chat of the owner is dead', async () => {
    const chat = privateChat(harness);
    await write(harness, chat, '도움말');
    await run(`INSERT INTO topics (topic, person, is_on, changed_at)
               SELECT 'owner', id, 1, 0 FROM people WHERE channel = 'telegram'`);
    await harness.world.telegram.block(chat);
    await breakSource();
    await halfHour();
    expect(subjects()).toEqual([expect.stringContaining('읽을 수 없어요')]);
  });

  test('arrives while the database is out of service', async () => {
    const { DB } = harness.env;
    const dead = new Proxy(DB, {
      get: () => () => {
        throw new Error('D1_ERROR: daily limit');
      },
    });
    harness.redeploy({ DB: dead });
    for (let slot = 0; slot < 2; slot += 1) await halfHour().catch(() => undefined);
    expect(subjects()).toEqual([expect.stringContaining('데이터베이스에 쓸 수 없어요')]);
    harness.redeploy({ DB });
    await halfHour();
    expect(subjects().slice(1)).toContainEqual(
      expect.stringContaining('다시 잘 돼요: 데이터베이스'),
    );
  });

  test('that Cloudflare refuses is seen and waits, is tried twice an hour, and goes out when it is mended', async () => {
    mail.verified.clear();
    await breakSource();
    for (let slot = 0; slot < 4; slot += 1) await halfHour();
    expect((await health(harness)).features['mail']).toMatchObject({
      state: 'failing',
      reason: 'mail: E_RECIPIENT_NOT_ALLOWED',
    });
    expect(await finding()).toMatchObject({ state: 'bad' });
    const { results } = await harness.env.DB.prepare(
      `SELECT count(*) AS count FROM deliveries WHERE channel = 'mail'`,
    ).all();
    // The source, and that mail fails: never one about each other.
    expect(results).toEqual([{ count: 2 }]);
    mail.verified.add(OWNER);
    for (let slot = 0; slot < 3; slot += 1) await halfHour();
    expect(subjects()).toHaveLength(3);
    expect((await health(harness)).features['mail']).toEqual({ state: 'on' });
  });

  test('that fails for a moment is sent again by itself', async () => {
    mail.fault = 'E_INTERNAL_SERVER_ERROR';
    await breakSource();
    await harness.cron(START + 2 * SLOT_MS);
    mail.fault = null;
    await harness.settle(START + 2 * SLOT_MS + HOUR_MS);
    expect(subjects()).toHaveLength(1);
  });

  test('without its binding is told as trouble, and without its settings is no trouble', async () => {
    harness.redeploy({ MAIL: undefined });
    await halfHour();
    expect((await health(harness)).features['mail']).toMatchObject({ reason: 'no binding' });
    expect(await finding()).toMatchObject({ state: 'bad' });
    harness.redeploy({ MAIL_FROM: undefined });
    expect(await finding()).toMatchObject({ state: 'warn' });
    harness.redeploy({ OWNER_MAIL: undefined });
    await halfHour();
    expect((await health(harness)).features['mail']).toMatchObject({ state: 'off' });
    expect(await finding()).toMatchObject({ state: 'off' });
  });

  test('follows the setting to another address, and leaves nothing at the one before', async () => {
    mail.verified.clear();
    await breakSource();
    for (let slot = 0; slot < 2; slot += 1) await halfHour();
    mail = createMailSandbox('new@example.org');
    harness.redeploy({ OWNER_MAIL: 'new@example.org' });
    harness.redeploy({ MAIL: mail });
    await halfHour();
    await mendSource();
    await halfHour();
    expect(mail.inbox.map(({ to }) => to)).toEqual(['new@example.org', 'new@example.org']);
    expect((await harness.env.DB.prepare(`SELECT address FROM people`).all()).results).toEqual([
      { address: 'new@example.org' },
    ]);
    expect((await health(harness)).features['mail']).toEqual({ state: 'on' });
  });

  test('can be tried by a test message, and shows its address shortened', async () => {
    const browser = createBrowser({ fetch: (request) => harness.fetch(request) });
    await browser.post('/admin/login', { password: PASSWORD });
    expect(await browser.page('/admin/messages')).toContain('메일 h…@example.org');
    await browser.submit('/admin/messages/test?channel=mail');
    expect(subjects()).toEqual([
      '[소식] 🔔 시험 메시지예요. 소식이 여기로 잘 오는지 봇 주인이 확인하고 있어요. 답하지 않으셔도 돼요.',
    ]);
  });

  test('is taken by the binding as the runtime has it', async () => {
    harness.redeploy({ MAIL: Reflect.get(env, 'MAIL') });
    await breakSource();
    await halfHour();
    const { results } = await harness.env.DB.prepare(
      `SELECT state FROM deliveries WHERE channel = 'mail'`,
    ).all();
    expect(results).toEqual([{ state: 'sent' }]);
  });
});
