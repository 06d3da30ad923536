import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium } from '../sandbox/node/chromium.ts';
import { type StartedSandbox, startSandbox } from './start.ts';
import { excessWidth } from './visit.ts';

const hana = '1700000000000000101';
const bot = { id: '1700000000000000001', name: 'soshik_bot' };
const second = { id: '1700000000000000009', name: 'second_bot' };

let sandbox: StartedSandbox;
let browser: Browser;
let page: Page;
const pages = [
  '',
  '/twitter',
  '/posts',
  '/people',
  '/jobs',
  '/deliveries',
  '/doctor',
  '/events',
  '/data',
].map((path) => `/admin${path}`);
/** Console errors, exceptions and refused loads of our pages, CSP violations among them. */
const complaints: string[] = [];
const at = (path: string) => new URL(path, sandbox.url).href;

beforeAll(async () => {
  [sandbox, browser] = await Promise.all([startSandbox({ SANDBOX_FRESH: '1' }), launchChromium()]);
  page = await browser.newPage({ viewport: { width: 390, height: 844 }, locale: 'ko-KR' });
  page.on('console', (message) => {
    const isOurs = message.location().url.startsWith(new URL(sandbox.url).origin);
    if (isOurs && ['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
});

afterAll(async () => {
  await browser?.close();
  await sandbox?.stop();
});

/** The owner connects an account with nothing but the browser. */
async function connect(button: string, account: string): Promise<void> {
  await page.goto(at('/admin/twitter'));
  await page.getByRole('button', { name: button }).click();
  await page.getByRole('radio', { name: account }).check();
  await page.getByRole('button', { name: /앱 승인|Authorize/ }).click();
  await page.waitForURL(at('/admin/twitter'));
  await expect.poll(() => page.getByRole('status').innerText()).toContain(`@${account}`);
  await page.getByRole('button', { name: '받을 준비 마치기' }).click();
  await page.getByText('받을 준비가 됐어요').waitFor();
}

/** Somebody writes to an account; what the account answers. */
async function answerOf(account: string): Promise<string> {
  const said = await page.request.post(at('/sandbox/say'), {
    data: { from: hana, text: '고양이', to: account },
  });
  expect(said.status()).toBe(200);
  let answers: string[] = [];
  await expect
    .poll(
      async () => {
        const response = await page.request.get(at(`/sandbox/conversation/${account}/${hana}`));
        const messages: { from: string; text: string }[] = await response.json();
        answers = messages.filter(({ from }) => from === account).map(({ text }) => text);
        return answers.length;
      },
      { timeout: 20_000 },
    )
    .toBe(1);
  return answers[0] ?? '';
}

describe('a new owner with nothing but a browser', () => {
  test('is asked for the password, and told when it is wrong', async () => {
    await page.goto(at('/admin'));
    expect(page.url()).toBe(at('/admin/login?next=/admin'));
    await page.getByLabel('비밀번호').fill('not the password');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').waitFor();
    await page.getByLabel('비밀번호').fill('sandbox-password');
    await page.getByRole('button', { name: '들어가기' }).click();
    await page.getByRole('heading', { name: '한눈에' }).waitFor();
    complaints.length = 0;
  });

  test('gets from empty storage to an answered message in under two minutes', async () => {
    const startedAt = performance.now();
    await page.getByRole('link', { name: 'X 계정을 연결해 주세요' }).click();
    await connect('X로 로그인 (OAuth 2.0)', bot.name);
    expect(await answerOf(bot.id)).toMatch(/[가-힣]/);
    expect(performance.now() - startedAt).toBeLessThan(120_000);
  });

  test('and the same for a second account, by the older login', async () => {
    await connect('X로 로그인 (OAuth 1.0a)', second.name);
    expect(await answerOf(second.id)).toMatch(/[가-힣]/);
  });

  test('sees the events, without a word of what was said', async () => {
    await page.goto(at('/admin/events'));
    expect(await page.locator('main').innerText()).toContain('dm.received');
    expect(await page.locator('main').innerText()).not.toContain('고양이');
  });

  test('cancels a login and is told that nothing has changed', async () => {
    await page.goto(at('/admin/twitter'));
    await page.getByRole('button', { name: 'X로 로그인 (OAuth 2.0)' }).click();
    await page.getByRole('button', { name: /취소|Cancel/ }).click();
    await page.getByRole('heading', { name: '로그인을 취소했어요' }).waitFor();
    complaints.length = 0;
  });

  test('starts a job, and sees its end and the posts to come without loading the page again', async () => {
    await page.goto(at('/admin/jobs'));
    const loads: string[] = [];
    page.on('framenavigated', (frame) => loads.push(frame.url()));
    const job = page.locator('[data-job=collect]');
    await job.getByRole('button', { name: '지금 하기' }).click();
    await expect.poll(() => job.innerText(), { timeout: 20_000 }).toContain('마침');
    expect(loads).toEqual([]);
    await page.goto(at('/admin/posts'));
    await page.getByText('공개 예정일').first().waitFor();
  });

  test('is asked before an account is disconnected, and told what was done', async () => {
    await page.goto(at('/admin/twitter'));
    await page.getByRole('link', { name: '연결 끊기' }).last().click();
    await page.getByRole('link', { name: '그만두기' }).click();
    await page.getByRole('link', { name: '연결 끊기' }).last().click();
    await page.getByRole('button', { name: '연결 끊기' }).click();
    await expect.poll(() => page.getByRole('status').innerText()).toContain('연결을 끊');
    expect(await page.getByRole('link', { name: '연결 끊기' }).count()).toBe(1);
  });

  test.each(pages)(
    'sees nothing of %s stick out sideways, on either screen and scheme',
    async (path) => {
      await page.goto(at(path));
      for (const [width, colorScheme] of [
        [390, 'light'],
        [390, 'dark'],
        [1280, 'light'],
        [1280, 'dark'],
      ] as const) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: 844 });
        expect(await excessWidth(page), `${width} ${colorScheme}`).toBe(0);
      }
    },
  );

  test('reaches every control with the keyboard and sees where it is', async () => {
    await page.goto(at('/admin/twitter'));
    const wanted = await page
      .locator('a, button, summary')
      .evaluateAll(
        (all) => all.filter((one) => one instanceof HTMLElement && one.checkVisibility()).length,
      );
    const reached = new Set<string>();
    for (let step = 0; step < wanted; step += 1) {
      await page.keyboard.press('Tab');
      reached.add(
        await page.evaluate(() => {
          const element = document.activeElement;
          const isShown = element && getComputedStyle(element).outlineStyle !== 'none';
          return isShown ? (element.textContent ?? '').trim() : 'not shown';
        }),
      );
    }
    expect(reached).not.toContain('not shown');
    for (const words of ['점검', '로그아웃', 'English', '연결 끊기', '다시 확인하기']) {
      expect([...reached]).toContain(words);
    }
  });

  test('reads English after one press, and it is remembered', async () => {
    await page.getByRole('link', { name: 'English' }).click();
    await page.goto(at('/admin'));
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
  });

  test('logs out and gets in no more', async () => {
    await page.getByRole('button', { name: 'Log out' }).click();
    await page.getByText('You are logged out').waitFor();
    await page.goto(at('/admin/events'));
    expect(page.url()).toContain('/admin/login');
  });

  test('and no page ever complained', () => {
    expect(complaints).toEqual([]);
  });
});
