import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium } from '../sandbox/node/chromium.ts';
import { type StartedSandbox, startSandbox } from './start.ts';
import { excessWidth, type Visit, visitSandbox } from './visit.ts';

let sandbox: StartedSandbox;
let browser: Browser;
let visit: Visit;
let page: Page;

beforeAll(async () => {
  [sandbox, browser] = await Promise.all([startSandbox(), launchChromium()]);
  visit = await visitSandbox(browser, sandbox.url);
  page = visit.page;
});

afterAll(async () => {
  await browser?.close();
  await sandbox?.stop();
});

const said = (phone: 'kakao' | 'telegram') => page.locator(`#${phone}-messages > .bot`);
const memos = () => page.locator('#kakao-messages > .memo');
const outcome = () => page.getByRole('status');

/** Types on a phone and presses Enter; gives the answer. */
async function ask(phone: 'kakao' | 'telegram', words: string): Promise<string> {
  const before = await said(phone).count();
  await page.locator(`#${phone}-words`).fill(words);
  await page.locator(`#${phone}-words`).press('Enter');
  return await said(phone).nth(before).innerText();
}

async function open(room: '소식' | '나와의 채팅'): Promise<void> {
  await page.locator('[data-place="kakao"]').getByRole('radio', { name: room }).check();
}

async function pull(lever: string, told: RegExp, timeout = 20_000): Promise<void> {
  await page.getByRole('button', { name: lever }).click();
  // The page itself looks seldom; to look oftener only takes time from the bot.
  await expect.poll(() => outcome().innerText(), { timeout, interval: 250 }).toMatch(told);
}

/** News that tell of a number of new commits. */
const newsOf = (phone: 'kakao' | 'telegram', count: number) =>
  said(phone).filter({ hasText: `새 커밋 ${count}개` });

describe('the phones of the sandbox', () => {
  test('a repository is watched in the Kakao chat and on Telegram', async () => {
    expect(await ask('kakao', '구독 soshik-demo/hello main')).toContain('등록 완료');
    expect(await ask('telegram', '구독 soshik-demo/hello main')).toContain('등록 완료');
  });

  test('two commits and half an hour later both are told, once, with both commits', async () => {
    await pull('커밋 둘 올리기', /soshik-demo\/hello에 했어요/);
    await pull('반 시간이 지나요', /^이제 .+이에요\.$/);
    for (const phone of ['kakao', 'telegram'] as const) {
      await newsOf(phone, 2).waitFor();
      const news = await newsOf(phone, 2).innerText();
      expect(news.match(/\d{4}-\d{2}-\d{2} \d{2}:\d{2} (?:하나|Sam)/g)).toHaveLength(2);
      expect(
        await said(phone)
          .filter({ hasText: /새 커밋 \d+개/ })
          .count(),
      ).toBe(1);
    }
  });

  test('a button under an answer is pressed like on a phone', async () => {
    await ask('kakao', '도움말');
    const answers = await said('kakao').count();
    await page.locator('#kakao-replies').getByRole('button', { name: '고양이' }).click();
    expect(await said('kakao').nth(answers).innerText()).toMatch(/냐옹/);
    const before = await said('telegram').count();
    await page.locator('#telegram-messages').getByRole('button', { name: '목록' }).last().click();
    expect(await said('telegram').nth(before).innerText()).toContain('soshik-demo/hello');
  });

  test('연결 brings a card whose button logs in with Kakao', async () => {
    await ask('kakao', '연결');
    const card = page.locator('.talk-card').last();
    const [tab] = await Promise.all([
      page.waitForEvent('popup'),
      card.getByRole('link', { name: '카카오톡 연결' }).click(),
    ]);
    await tab.getByRole('button', { name: '하나 계정으로 동의하고 계속하기' }).click();
    await tab.getByRole('button', { name: '카카오톡으로 받기' }).click();
    await tab.getByRole('button', { name: '켜기' }).click();
    await tab.getByRole('button', { name: '끄기' }).waitFor();
    await tab.close();
  });

  test('when it is 11:30 the lunch arrives in the chat with oneself', async () => {
    await pull('점심 11:30이에요', /식단을 보냈어요/);
    await open('나와의 채팅');
    await memos().first().waitFor();
    expect(await memos().allInnerTexts()).toEqual([
      expect.stringMatching(/^\d+월 \d+일 [월화수목금]요일 점심\n/),
    ]);
  });

  test('six hours later dinner has come, with a login that was renewed', async () => {
    await pull('여섯 시간이 지나요', /^이제 .+이에요\.$/, 60_000);
    await expect.poll(() => memos().count()).toBe(2);
    expect(await memos().last().innerText()).toMatch(/^\d+월 \d+일 [월화수목금]요일 저녁\n/);
  });

  test('commits are told in the chat with oneself now, and once', async () => {
    await pull('커밋 하나 올리기', /soshik-demo\/hello에 했어요/);
    await memos().filter({ hasText: '새 커밋 1개' }).waitFor();
    await newsOf('telegram', 1).waitFor();
    await pull('반 시간이 지나요', /^이제 .+이에요\.$/);
    expect(await memos().filter({ hasText: '새 커밋 1개' }).count()).toBe(1);
    expect(await newsOf('telegram', 1).count()).toBe(1);
  });

  test('what Telegram failed to take comes half an hour later, once', async () => {
    const before = await newsOf('telegram', 1).count();
    await pull('텔레그램 고장', /503/);
    await pull('커밋 하나 올리기', /에 했어요/);
    await expect.poll(() => page.locator('#log').textContent(), { timeout: 60_000 }).toMatch(/503/);
    await pull('반 시간이 지나요', /^이제 .+이에요\.$/);
    await expect.poll(() => newsOf('telegram', 1).count(), { timeout: 20_000 }).toBe(before + 1);
  });

  test('a rewritten history is told, and so is a new name', async () => {
    const before = await said('telegram').count();
    await pull('강제로 올리기', /에 했어요/);
    await expect.poll(() => said('telegram').count(), { timeout: 20_000 }).toBe(before + 1);
    await pull('이름 바꾸기', /hello-world라는 이름/);
    await pull('반 시간이 지나요', /^이제 .+이에요\.$/);
    await said('telegram').filter({ hasText: 'soshik-demo/hello-world' }).last().waitFor();
  });

  test('Sam reads English, and his phones are his own', async () => {
    await page.getByRole('radio', { name: 'Sam' }).check();
    await open('소식');
    expect(await said('kakao').count()).toBe(0);
    expect(await ask('kakao', 'help')).toContain('cat fact');
    await page.getByRole('radio', { name: '하나' }).check();
  });

  test.each([
    ['ko', 390],
    ['ko', 1440],
    ['en', 390],
    ['en', 1440],
  ] as const)('in %s nothing sticks out sideways at %i px', async (language, width) => {
    await page.setViewportSize({ width, height: 844 });
    const isKorean = (await page.locator('html').getAttribute('lang')) === 'ko';
    if (isKorean !== (language === 'ko')) await page.locator('#language').click();
    const tabs = await page.locator('.tabs button').all();
    for (const tab of width < 760 ? tabs : []) {
      await tab.click();
      expect(await excessWidth(page)).toBe(0);
    }
    expect(await excessWidth(page)).toBe(0);
  });

  test('two months later lunch still arrives', async () => {
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.locator('#language').click();
    await pull('두 달이 지나요', /^이제 .+이에요\.$/, 600_000);
    await pull('점심 11:30이에요', /식단을 보냈어요/);
    const clock = await page.locator('[data-clock="long"]').innerText();
    await open('나와의 채팅');
    const day = clock.replace(/ \(.*/, '');
    await expect
      .poll(() => memos().last().innerText(), { timeout: 20_000 })
      .toMatch(new RegExp(`^${day} [월화수목금]요일 점심\n`));
  }, 650_000);

  test('and no page ever complained', () => {
    expect(visit.complaints).toEqual([]);
  });
});
