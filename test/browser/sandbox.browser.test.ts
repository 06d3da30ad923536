import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium } from '../sandbox/node/chromium.ts';
import { type StartedSandbox, startSandbox } from './start.ts';
import { excessWidth, visitSandbox } from './visit.ts';

const hangul = /[가-힣]/;

let sandbox: StartedSandbox;
let browser: Browser;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  [sandbox, browser] = await Promise.all([startSandbox(), launchChromium()]);
  ({ page, complaints } = await visitSandbox(browser, sandbox.url));
});

afterAll(async () => {
  await browser?.close();
  await sandbox?.stop();
});

const answers = () => page.locator('#dm-messages .message.bot');
const posts = () => page.locator('#timeline .post');

async function talkAs(name: string): Promise<void> {
  await page.getByRole('radio', { name }).check();
}

/** Types and presses Enter; the answer. */
async function ask(words: string): Promise<string> {
  const before = await answers().count();
  await page.locator('#dm-words').fill(words);
  await page.locator('#dm-words').press('Enter');
  return await answers().nth(before).locator('.bubble').innerText();
}

async function letSaturdayCome(): Promise<string> {
  await page.getByRole('button', { name: '토요일이 왔어요' }).click();
  const status = page.getByRole('status');
  await expect
    .poll(() => status.innerText(), { timeout: 20_000 })
    .toMatch(/글 \d+개를 올렸어요|올릴 글이 없어요|글도 올리지 않았어요/);
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
  await page.getByRole('button', { name: '한 주가 지나요' }).click();
  await expect
    .poll(() => page.getByRole('status').innerText(), { timeout: 60_000 })
    .toMatch(/^이제 .+이에요\.$/);
}

/** After the lunch of a school day the next Saturday is another one. */
async function letMondayCome(): Promise<void> {
  await page.getByRole('button', { name: '점심 11:30이에요' }).click();
  await expect
    .poll(() => page.getByRole('status').innerText(), { timeout: 20_000 })
    .toMatch(/받는 사람이 없어요|식단을 보냈어요/);
}

describe('the sandbox in a browser', () => {
  test('고양이 brings one Korean cat fact', async () => {
    expect(await ask('고양이')).toMatch(hangul);
    expect(await answers().count()).toBe(1);
  });

  test('cat 3 brings Sam three facts in English', async () => {
    await talkAs('Sam');
    const answer = await ask('cat 3');
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
    await letMondayCome();
    const before = await posts().count();
    await changePage('깨졌고 TMDB도 안 돼요');
    expect(await letSaturdayCome()).toContain('아무 글도 올리지 않았어요');
    expect(await posts().count()).toBe(before);
    expect(await page.locator('#runs').innerText()).toContain('소식을 읽지 못했어요');
    expect(await page.locator('#failing').innerText()).toContain('넷플릭스 페이지');
  });

  test('a title that appears later is posted by the next Saturday', async () => {
    const title = posts().filter({ hasText: '[옥상 위의 등대]' });
    await letWeekPass();
    await changePage('새 작품이 실렸어요');
    expect(await title.count()).toBe(0);
    expect(await letSaturdayCome()).toMatch(/새 글 \d+개를 올렸어요/);
    expect(await title.count()).toBe(1);
  });

  test.each([
    [390, 'light'],
    [390, 'dark'],
    [1280, 'light'],
    [1280, 'dark'],
  ] as const)('nothing sticks out sideways at %i px in the %s scheme', async (width, scheme) => {
    await page.emulateMedia({ colorScheme: scheme });
    await page.setViewportSize({ width, height: 844 });
    expect(await excessWidth(page)).toBe(0);
  });

  test('every control can be reached with the keyboard and shows its focus', async () => {
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.evaluate(() => {
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    });
    const reached = new Set<string>();
    for (let step = 0; step < 60; step += 1) {
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
    for (const id of ['language', 'saturday', 'pass-week', 'dm-words', 'titles', 'log', 'cat 3']) {
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
