import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium } from '../sandbox/node/chromium.ts';
import { sandboxSecrets } from '../sandbox/secrets.ts';
import { type StartedSandbox, startSandbox } from './start.ts';
import { barriers, excessWidth, standInForPictures } from './visit.ts';

let sandbox: StartedSandbox;
let browser: Browser;
/** Console errors, exceptions and CSP violations of the pages. */
const complaints: string[] = [];
const at = (path: string) => new URL(path, sandbox.url).href;

beforeAll(async () => {
  [sandbox, browser] = await Promise.all([startSandbox(), launchChromium()]);
});

afterAll(async () => {
  await browser?.close();
  await sandbox?.stop();
});

afterEach(() => {
  expect(complaints.splice(0)).toEqual([]);
});

const phone = { width: 390, height: 844 };

/** A browser of somebody's own; GitHub's pictures stand in for the ones out there. */
async function open(options: BrowserContextOptions): Promise<Page> {
  const context = await browser.newContext({ locale: 'ko-KR', viewport: phone, ...options });
  await standInForPictures(context);
  const page = await context.newPage();
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  return page;
}

async function isFine(page: Page): Promise<void> {
  expect(await excessWidth(page)).toBe(0);
  expect(await barriers(page)).toEqual([]);
}

/** Which of the four steps a page says it is at. */
const step = (page: Page) => page.locator('[aria-current="step"]').innerText();

describe('somebody at the front page', () => {
  test('registers without leaving it, from the keyboard alone', async () => {
    const page = await open({});
    await page.goto(at('/'));
    await page.evaluate(() => Reflect.set(window, 'stayed', true));
    await page.getByRole('link', { name: '다음: 카카오톡' }).press('Enter');
    await page.getByRole('heading', { name: '어느 저장소인가요?' }).waitFor();
    await page.getByLabel('GitHub 저장소 주소').fill('hello');
    await page.keyboard.press('Enter');
    await page.getByText('GitHub 저장소 주소가 아니에요').waitFor();
    await isFine(page);
    await page.getByLabel('GitHub 저장소 주소').fill('github.com/soshik-demo/hello');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: '이 저장소가 맞나요?' }).waitFor();
    await isFine(page);
    await page.getByLabel('별명').fill('내 저장소');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: '이제 채팅에서 마쳐 주세요' }).waitFor();
    await isFine(page);
    await page.getByText(/^등록 \w{4}$/).waitFor();
    await page.getByRole('img', { name: '내 저장소 등록 QR 코드' }).waitFor();
    expect(await page.evaluate(() => Reflect.get(window, 'stayed'))).toBe(true);
    await page.goBack();
    await expect.poll(() => step(page)).toBe('고르기');
  });

  test('sees the page say by itself that what was said in the chat is registered', async () => {
    const page = await open({});
    await page.goto(at('/register?channel=kakao'));
    await page.getByLabel('GitHub 저장소 주소').fill('soshik-demo/hello');
    await page.keyboard.press('Enter');
    await page.getByText('확인하고 있어요…').waitFor({ state: 'attached' });
    await page.getByLabel('별명').fill('여기');
    await page.getByRole('button', { name: '다음' }).click();
    const text = await page.getByText(/^등록 \w{4}$/).innerText();
    const from = '1700000000000000101';
    await page.request.post(at('/sandbox/say'), { data: { from, phone: 'kakao', text } });
    await page.getByText('등록됐어요! [여기] 소식이 이제 채팅으로 가요.').waitFor();
    await isFine(page);
  });

  test('has a pasted address checked at once', async () => {
    const page = await open({});
    await page.goto(at('/register?channel=kakao'));
    const address = page.getByLabel('GitHub 저장소 주소');
    await address.fill('soshik-demo/hello');
    for (const keys of ['Control+A', 'Control+X', 'Control+V']) await address.press(keys);
    await page.getByRole('heading', { name: '이 저장소가 맞나요?' }).waitFor();
  });

  test.each([
    ['copies the words', true],
    ['finds the words marked where a page may not copy', false],
  ])('%s by a button', async (_what, isAllowed) => {
    const page = await open({});
    await page.addInitScript((mayCopy) => {
      const writeText = async (text: string) => {
        if (!mayCopy) throw new Error('not allowed');
        Reflect.set(window, 'copied', text);
      };
      Object.defineProperty(navigator, 'clipboard', { value: { writeText } });
    }, isAllowed);
    await page.goto(at('/register?channel=kakao'));
    await page.getByLabel('GitHub 저장소 주소').fill('soshik-demo/hello');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: '다음' }).click();
    await page.getByRole('button', { name: '복사' }).first().click();
    const copied = () =>
      page.evaluate(() => Reflect.get(window, 'copied') ?? getSelection()?.toString());
    await expect.poll(copied).toMatch(/^등록 \w{4}$/);
    expect(await page.getByRole('button', { name: '복사했어요' }).count()).toBe(isAllowed ? 1 : 0);
  });

  test('registers without any script, a page for each step', async () => {
    const page = await open({ javaScriptEnabled: false });
    await page.goto(at('/'));
    await page.getByRole('link', { name: '다음: X 메시지' }).click();
    await page.getByLabel('GitHub 저장소 주소').fill('soshik-demo/hello');
    await page.getByRole('button', { name: '확인' }).click();
    await page.getByLabel('브랜치').selectOption('dev');
    await page.getByRole('button', { name: '다음' }).click();
    await page.getByText(/^등록 \w{4}$/).waitFor();
    expect(await page.getByRole('button', { name: '복사' }).first().isVisible()).toBe(false);
  });

  test('is told when the connection is gone, and goes on when it is back', async () => {
    const page = await open({});
    await page.goto(at('/register?channel=kakao'));
    await page.getByLabel('GitHub 저장소 주소').fill('soshik-demo/hello');
    await page.context().setOffline(true);
    await page.getByRole('button', { name: '확인' }).click();
    await page.getByText('확인하지 못했어요').waitFor();
    complaints.length = 0;
    await page.context().setOffline(false);
    await page.getByRole('button', { name: '확인' }).click();
    await page.getByRole('heading', { name: '이 저장소가 맞나요?' }).waitFor();
  });
});

/** What happened in the sandbox's own repository, the first at its GitHub. */
const HISTORY = '/repos/900000001';

test('what happened in a watched repository is a page with a feed', async () => {
  const page = await open({});
  const watched = await page.request.post(at('/sandbox/say'), {
    data: { from: '1700000000000000101', phone: 'kakao', text: '구독 soshik-demo/hello main' },
  });
  expect(watched.status()).toBe(200);
  await page.request.post(at('/sandbox/levers/repository'), { data: { change: 'push-two' } });
  await expect
    .poll(async () => {
      await page.goto(at(HISTORY));
      return page.getByRole('link', { name: '새 커밋 2개' }).count();
    })
    .toBe(1);
  const feed = await page.request.get(
    at((await page.locator('link[rel="alternate"]').getAttribute('href')) ?? ''),
  );
  const isWellFormed = await page.evaluate(
    (xml) => !new DOMParser().parseFromString(xml, 'text/xml').querySelector('parsererror'),
    await feed.text(),
  );
  expect(isWellFormed).toBe(true);
});

async function openDocs(options: BrowserContextOptions): Promise<Page> {
  const page = await open(options);
  await page.goto(at('/api/docs'));
  return page;
}

/** What the card of a call shows once it has been sent. */
async function sent(page: Page, call: string, values: Readonly<Record<string, string>>) {
  const card = page.locator(`#${call}`);
  for (const [name, value] of Object.entries(values))
    await card.locator(`[name=${name}]`).fill(value);
  const answer = card.getByRole('status');
  const before = await answer.innerText();
  await card.getByRole('button').click();
  await expect.poll(() => answer.innerText()).not.toBe(before);
  return await answer.innerText();
}

describe('/api/docs in a browser', () => {
  test('refuses without the key, and answers with it, which is gone with the tab', async () => {
    const page = await openDocs({});
    expect(await sent(page, 'alias', { id: '<b>nobody</b>' })).toMatch(/^401\n.*열쇠/s);
    await page.getByLabel('API_KEY').fill(sandboxSecrets.API_KEY);
    expect(await sent(page, 'alias', { id: 'nobody' })).toMatch(/^404\n.*등록되지 않은/s);
    await page.reload();
    expect(await page.getByLabel('API_KEY').inputValue()).toBe(sandboxSecrets.API_KEY);
    expect(page.url()).not.toContain(sandboxSecrets.API_KEY);
    const wish = { id: '1', fav_repository: 'gitlab.com/a/b', nick_name: 'a', type: 'telegram' };
    expect(await sent(page, 'register', { ...wish, branch: 'main' })).toMatch(/^400\n/);
    expect(await sent(page, 'remove', { id: '1', nick_name: 'a&b' })).toMatch(/^404\n/);
    const other = await openDocs({});
    expect(await other.getByLabel('API_KEY').inputValue()).toBe('');
    // A refusal that was provoked is no complaint.
    const unprovoked = complaints.splice(0).filter((text) => !text.includes('status of 4'));
    expect(unprovoked).toEqual([]);
  });

  test('without script can be read, and sends nothing', async () => {
    const page = await openDocs({ javaScriptEnabled: false });
    expect(await page.locator('#register').innerText()).toContain('curl -X POST');
    expect(await page.locator('button:enabled').count()).toBe(0);
  });
});
