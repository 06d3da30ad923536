import type { Browser, Page, Request } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dayOf } from '../../src/lib/time.ts';
import { launchChromium } from '../sandbox/node/chromium.ts';
import { liven, logInAsOwner } from './liven.ts';
import { type StartedSandbox, startSandbox } from './start.ts';
import { barriers, excessWidth, listen, showsFocus, standInForPictures } from './visit.ts';

const phone = { width: 390, height: 844 };
const desktop = { width: 1280, height: 900 };
const MOST_BYTES = 60_000;
const TABS = 4;

let sandbox: StartedSandbox;
let browser: Browser;
/** One for the whole walk: another context would cost more than all it looks at. */
let page: Page;
/** Pages that anybody can open. */
const publicPaths = [
  '/',
  '/register',
  '/register?channel=kakao',
  '/sandbox',
  '/api/docs',
  '/repos/900000001',
];
const complaints: string[] = [];
const requests: Request[] = [];
const at = (path: string) => new URL(path, sandbox.url).href;

beforeAll(async () => {
  [sandbox, browser] = await Promise.all([startSandbox(), launchChromium()]);
  const context = await browser.newContext({
    locale: 'ko-KR',
    viewport: phone,
    // What moves is measured while it is half there.
    reducedMotion: 'reduce',
  });
  await standInForPictures(context);
  page = await context.newPage();
  listen(page, complaints);
  page.on('requestfinished', (request) => requests.push(request));
  const { now } = await liven(page, sandbox.url);
  publicPaths.push(`/menu/${dayOf(now, 'Asia/Seoul')}`, '/login/kakao/news', '/admin/login');
});

afterAll(async () => {
  await browser?.close();
  await sandbox?.stop();
});

type Language = 'ko' | 'en';

/** Opens a page in a language; the sandbox has a switch of its own. */
async function open(path: string, language: Language): Promise<void> {
  const switched = `${path}${path.includes('?') ? '&' : '?'}lang=${language}`;
  await page.goto(at(path === '/sandbox' ? path : switched));
  if (path === '/sandbox') await page.locator('#titles .thumb').first().waitFor();
  if ((await page.locator('html').getAttribute('lang')) === language) return;
  await page.locator('#language').click();
  expect(await page.locator('html').getAttribute('lang')).toBe(language);
}

/** Bytes of the bodies that came since the requests were forgotten, as sent, without photos. */
async function transferred(): Promise<number> {
  const own = requests.filter(
    (request) => request.resourceType() !== 'image' || request.url().endsWith('.svg'),
  );
  const sizes = await Promise.all(own.map((request) => request.sizes()));
  return sizes.reduce((sum, { responseBodySize }) => sum + responseBodySize, 0);
}

/** Each screen is seen in each scheme, in one language or the other. */
const looks = {
  ko: [
    [phone, 'light'],
    [desktop, 'dark'],
  ],
  en: [
    [phone, 'dark'],
    [desktop, 'light'],
  ],
} as const;

/**
 * How the page looks on both screens. Colours, focus and parts are the same in both languages: axe looks
 * at each scheme once in Korean, and in English at the pages for everybody.
 */
async function isFine(path: string, language: Language): Promise<void> {
  for (const [viewport, colorScheme] of looks[language]) {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme });
    const where = `${path} ${language} ${viewport.width} ${colorScheme}`;
    expect(await excessWidth(page), where).toBe(0);
    if (language === 'ko') await showsWhereTheKeyboardIs(where);
    const isRead = language === 'ko' || (viewport === phone && publicPaths.includes(path));
    if (isRead) expect(await barriers(page), where).toEqual([]);
  }
}

async function links(selector: string): Promise<string[]> {
  return await page
    .locator(selector)
    .evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
}

async function showsWhereTheKeyboardIs(where: string): Promise<void> {
  for (let tab = 1; tab <= TABS; tab += 1) {
    await page.keyboard.press('Tab');
    // A page with fewer controls hands the keyboard on to the browser.
    const isInside = await page.evaluate(() => document.activeElement !== document.body);
    if (isInside) expect(await showsFocus(page), `${where}, control ${tab}`).toBe(true);
  }
}

/** @returns pages of the owner that these lead to, one of each kind */
async function walk(paths: readonly string[], language: Language): Promise<string[]> {
  const further = new Map<string, string>();
  for (const path of paths) {
    requests.length = 0;
    await open(path, language);
    expect(await transferred(), path).toBeLessThan(MOST_BYTES);
    await isFine(path, language);
    expect(complaints.splice(0), path).toEqual([]);
    for (const link of await links(
      'main a[href^="/admin/"]:not([href$=".json"], [href$=".opml"])',
    )) {
      if (!paths.includes(link)) further.set(link.replace(/\d+/g, ''), link);
    }
  }
  return [...further.values()];
}

describe.each(['ko', 'en'] as const)(
  'in %s, light and dark, on a phone and a desktop',
  (language) => {
    test('every page for everybody is light, fits, can be used by all and never complains', async () => {
      await walk(publicPaths, language);
    });

    test("so is every page of the owner's menu, and what they ask before it hurts", async () => {
      await logInAsOwner(page, sandbox.url);
      const menu = await links('nav a');
      expect(menu.length).toBeGreaterThan(10);
      const questions = await walk(menu, language);
      expect(questions).toContain('/admin/data/erase/everything');
      await walk(questions, language);
      await page.locator('header form button').click();
      await page.waitForURL(/\/admin\/login/);
    });
  },
);
