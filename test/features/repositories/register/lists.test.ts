import { beforeEach, expect, test } from 'vitest';
import { ALLOWED, createCounter, type Invocation, most } from '../../../worker/counted.ts';
import { createHarness, type Harness } from '../../../worker/harness.ts';
import { connectTelegram, privateChat, write } from '../../../worker/telegramSteps.ts';
import { hiddenFields, type Visitor, visit } from './visitor.ts';

let harness: Harness;
let browser: Visitor['browser'];
let invocations: Invocation[];

beforeEach(async () => {
  const counter = createCounter();
  invocations = counter.invocations;
  harness = await createHarness({}, counter.change);
  await connectTelegram(harness);
  browser = visit(harness).browser;
  harness.world.github.fill(100);
});

const names = Array.from(
  { length: 100 },
  (_, index) => `fleet/r${String(index + 1).padStart(4, '0')}`,
);
const say = async (text: string) => (await write(harness, privateChat(harness), text))?.text ?? '';

/** The page that answers to a list, from the step that asks for an address. */
async function paste(fields: Readonly<Record<string, string>>, channel = 'telegram') {
  const form = hiddenFields(await browser.page(`/register?channel=${channel}`));
  const response = await browser.post('/register/list', { ...form, ...fields });
  const html = await response.text();
  const [, code = ''] = /class="words"><code>\S+ (\w{4})</.exec(html) ?? [];
  return { status: response.status, html, code };
}

async function watched(): Promise<number> {
  const row = await harness.env.DB.prepare(
    `SELECT count(*) AS count FROM watches WHERE releases = 1 AND commits = 0`,
  ).first<{ count: number }>();
  return row?.count ?? 0;
}

test('a pasted list is shown, and its code registers it in the chat, once, until it is taken back', async () => {
  const list = `# mine\r\nhana/none\r\n${names.join('\r\n')}\r\nreact`;
  const { status, html, code } = await paste({ list });
  expect(status).toBe(200);
  expect(html).toContain('99개를 찾았어요: fleet/r0001, fleet/r0002');
  expect(html).toContain('찾지 못했어요(없거나 비공개예요): hana/none');
  expect(html).toContain('나머지 1개는');
  expect(html).toContain('owner/name으로 보내 주세요): react');
  expect(await watched()).toBe(0);
  expect(await say(`등록 ${code}`)).toContain('99개의 새 릴리스를 알려 드릴게요: fleet/r0001');
  expect(await watched()).toBe(99);
  expect(await say('되돌리기')).toBe('방금 등록한 99개를 되돌렸어요.');
  expect(await watched()).toBe(0);
  expect(most(invocations).queries).toBeLessThanOrEqual(ALLOWED);
  expect(most(invocations).calls).toBeLessThanOrEqual(ALLOWED);
});

test('the stars of an account are found by its name', async () => {
  for (const name of names.slice(0, 3)) harness.world.github.star('mina', name);
  const { html, code } = await paste({ list: '', stars: 'mina' });
  expect(html).toContain('3개를 찾았어요: fleet/r0003, fleet/r0002, fleet/r0001');
  await say(`등록 ${code}`);
  expect(await watched()).toBe(3);
  expect((await paste({ list: '', stars: 'nobody' })).html).toContain('‘nobody’ 계정이 없어요');
});

test('a file that names packages only is answered with the reason, and no code', async () => {
  const { status, html, code } = await paste({ list: '{"dependencies": {"react": "^18.0.0"}}' });
  expect([status, code]).toEqual([400, '']);
  expect(html).toContain('새로 지켜볼 수 있는 저장소가 없어요.');
});

test('a list for a channel of Discord is watched once the code has come back', async () => {
  const { html } = await paste({ list: names.slice(0, 2).join('\n') }, 'discord');
  const [hook] = harness.world.discord.hooks;
  const asked = await browser.post('/register/hook', {
    ...hiddenFields(html.slice(html.indexOf('/register/hook'))),
    hook: hook?.url ?? '',
  });
  const page = await asked.text();
  const code = /\d{6}/.exec(hook?.messages[0]?.content ?? '')?.[0] ?? '';
  const done = await browser.post('/register/code', { ...hiddenFields(page), code });
  expect(done.status).toBe(200);
  expect(await watched()).toBe(2);
});

test('nobody without a page of ours has a list looked up, and nobody more often than others', async () => {
  const form = { channel: 'telegram', list: names[0] ?? '' };
  expect((await browser.post('/register/list', { ...form, token: 'x' })).status).toBe(400);
  const before = harness.world.github.calls.graphql;
  const statuses: number[] = [];
  for (let times = 0; times < 22; times++) statuses.push((await paste({ list: form.list })).status);
  expect(statuses.slice(0, 20)).toEqual(Array.from({ length: 20 }, () => 200));
  expect(statuses.slice(20)).toEqual([429, 429]);
  expect(harness.world.github.calls.graphql).toBe(before + 20);
});
