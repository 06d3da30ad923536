import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium } from '../sandbox/node/chromium.ts';
import { type StartedSandbox, startSandbox } from './start.ts';

const hangul = /[가-힣]/;

let sandbox: StartedSandbox;
let browser: Browser;
let page: Page;
/** Console errors, exceptions and refused loads of the page, CSP violations among them. */
const complaints: string[] = [];

beforeAll(async () => {
  [sandbox, browser] = await Promise.all([startSandbox(), launchChromium()]);
  page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('response', (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()} ${response.url()}`);
  });
  await page.goto(sandbox.url);
  await page.locator('#titles .thumb').first().waitFor();
  // A fresh browser takes its time for its first fonts and pictures; that is not the bot's.
  await page.waitForFunction(() => Array.from(document.images).every((image) => image.complete));
  await page.screenshot();
});

afterAll(async () => {
  await browser?.close();
  await sandbox?.stop();
});

const answers = () => page.locator('#messages .message.bot');
const posts = () => page.locator('#timeline .post');

async function talkAs(name: string): Promise<void> {
  await page.getByRole('radio', { name }).check();
}

/** Types and presses Enter; the answer, and the milliseconds until it was to be seen. */
async function ask(words: string): Promise<{ answer: string; tookMs: number }> {
  const before = await answers().count();
  await page.getByRole('textbox').fill(words);
  const startedAt = performance.now();
  await page.getByRole('textbox').press('Enter');
  const answer = await answers().nth(before).locator('.bubble').innerText();
  return { answer, tookMs: performance.now() - startedAt };
}

async function letSaturdayCome(): Promise<string> {
  await page.getByRole('button', { name: '토요일이 왔어요' }).click();
  const status = page.getByRole('status');
  await expect
    .poll(() => status.innerText(), { timeout: 20_000 })
    .toMatch(/올렸어요|없어요|않았어요/);
  // Posts come one after the other: wait until the count stands still.
  let text = '';
  while (text !== (await status.innerText())) {
    text = await status.innerText();
    await page.waitForTimeout(2000);
  }
  return text;
}

async function changePage(words: string): Promise<void> {
  await page.locator('#page-menu summary').click();
  await page.getByRole('button', { name: words, exact: true }).click();
  await page.getByText('페이지를 바꿨어요').waitFor();
}

async function letWeekPass(): Promise<void> {
  await page.getByRole('button', { name: '한 주가 지났어요' }).click();
  await page.getByText('한 주가 지나').waitFor();
}

describe('the sandbox in a browser', () => {
  test('고양이 brings one Korean cat fact within two seconds', async () => {
    const { answer, tookMs } = await ask('고양이');
    expect(answer).toMatch(hangul);
    expect(tookMs).toBeLessThan(2000);
    expect(await answers().count()).toBe(1);
  });

  test('cat 3 brings Sam three facts in English', async () => {
    await talkAs('Sam');
    const { answer } = await ask('cat 3');
    expect(answer.trim().split(/\n{2,}/)).toHaveLength(3);
    expect(answer).not.toMatch(hangul);
  });

  test('the first Saturday posts upcoming titles, each with a poster that loads', async () => {
    expect(await letSaturdayCome()).toMatch(/새 글 \d+개를 올렸어요/);
    const count = await posts().count();
    expect(count).toBeGreaterThan(5);
    expect(await posts().first().innerText()).toMatch(/\[.+\]\s+공개 예정일: \d{4}-\d{2}-\d{2}/);
    const images = page.locator('#timeline .media img');
    expect(await images.count()).toBe(count);
    const widths = await images.evaluateAll(async (all) => {
      const loaded = all.filter((image) => image instanceof HTMLImageElement);
      await Promise.all(loaded.map((image) => image.decode()));
      return loaded.map((image) => image.naturalWidth);
    });
    expect(widths).toEqual(widths.map(() => 640));
  });

  test('the same Saturday a second time adds nothing', async () => {
    const before = await posts().count();
    expect(await letSaturdayCome()).toContain('새로 올릴 글이 없어요');
    expect(await posts().count()).toBe(before);
  });

  test('when page and fallback both fail nothing is posted and the run is shown as failed', async () => {
    const before = await posts().count();
    await letWeekPass();
    await changePage('깨졌고 TMDB도 안 돼요');
    expect(await letSaturdayCome()).toContain('아무 글도 올리지 않았어요');
    expect(await posts().count()).toBe(before);
    expect(await page.locator('#runs').innerText()).toContain('소식을 읽지 못했어요');
    expect(await page.locator('#failing').innerText()).toContain('넷플릭스 페이지');
  });

  test('a title that appears later is posted by the next Saturday alone', async () => {
    const before = await posts().count();
    await letWeekPass();
    await changePage('새 작품이 실렸어요');
    expect(await letSaturdayCome()).toBe('새 글 1개를 올렸어요.');
    expect(await posts().count()).toBe(before + 1);
    expect(await posts().first().innerText()).toContain('[옥상 위의 등대]');
  });

  test.each([
    [390, 'light'],
    [390, 'dark'],
    [1280, 'light'],
    [1280, 'dark'],
  ] as const)('nothing sticks out sideways at %i px in the %s scheme', async (width, scheme) => {
    await page.emulateMedia({ colorScheme: scheme });
    await page.setViewportSize({ width, height: 844 });
    const excess = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(excess).toBe(0);
  });

  test('every control can be reached with the keyboard and shows its focus', async () => {
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.evaluate(() => {
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    });
    const reached = new Set<string>();
    for (let step = 0; step < 24; step += 1) {
      await page.keyboard.press('Tab');
      const focused = await page.evaluate(() => {
        const element = document.activeElement;
        const outlined = element?.closest('label, form') ?? element;
        const shows = [element, outlined].some(
          (one) => one && getComputedStyle(one).outlineStyle !== 'none',
        );
        return element && shows ? element.id || (element.textContent ?? '').trim() : '';
      });
      reached.add(focused);
    }
    for (const id of ['language', 'saturday', 'week', 'words', 'titles', 'log', '고양이']) {
      expect(reached).toContain(id);
    }
  });

  test('English is one press away and remembered', async () => {
    await page.getByRole('button', { name: 'English' }).click();
    await page.reload();
    await page.getByRole('button', { name: 'Saturday comes' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
  });

  test('the page never complained', () => {
    expect(complaints).toEqual([]);
  });
});
