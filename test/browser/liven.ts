import type { Page } from 'playwright-core';
import type { SandboxState } from '../sandbox/node/page/state.ts';

const HANA = '1700000000000000101';
const PATIENCE_MS = 30_000;
const BETWEEN_LOOKS_MS = 200;

/**
 * Lets a sandbox live until its pages have something to show: a Saturday, a title that appears
 * after it, a repository that is watched and pushed to, a lunch for somebody who has logged in with
 * Kakao, and a cat fact. The page's browser stays logged in with Kakao.
 *
 * @param url any page of the sandbox
 * @returns how the world stands then
 */
export async function liven(page: Page, url: string): Promise<SandboxState> {
  const at = (path: string) => new URL(path, url).href;
  const state = async (): Promise<SandboxState> =>
    await (await page.request.get(at('/sandbox/state'))).json();
  const order = async (path: string, data: object) => {
    const answer = await page.request.post(at(`/sandbox/${path}`), { data });
    if (!answer.ok()) throw new Error(`${path} was answered with ${answer.status()}`);
  };
  const until = async (isTrue: (now: SandboxState) => boolean): Promise<SandboxState> => {
    const end = Date.now() + PATIENCE_MS;
    while (Date.now() < end) {
      const now = await state();
      if (isTrue(now)) return now;
      await page.waitForTimeout(BETWEEN_LOOKS_MS);
    }
    throw new Error('The sandbox did not live on in time.');
  };
  const say = (phone: string, text: string) => order('say', { from: HANA, phone, text });

  await order('levers/saturday', {});
  await until(({ timeline }) => timeline.length > 5);
  await order('levers/page', { change: 'new-title' });
  await say('kakao', '구독 soshik-demo/hello main');
  await say('telegram', '구독 soshik-demo/hello main');
  await say('kakao', '연결');
  await agree(page, loginLink(await until((now) => loginLink(now) !== null)) ?? '');
  await page.getByRole('button', { name: '카카오톡으로 받기' }).click();
  await page.getByRole('button', { name: '켜기' }).click();
  await page.getByRole('button', { name: '끄기' }).waitFor();
  await order('levers/repository', { change: 'push-two' });
  await until((now) => /새 커밋 2개/.test(heard(now, 'kakao')));
  await order('levers/meal', { meal: 'lunch' });
  await until((now) => /점심/.test(heard(now, 'kakao')));
  // Two days are over, and with them the browser's session.
  await agree(page, at('/login/kakao'));
  await page.getByRole('button', { name: '끄기' }).waitFor();
  await say('dm', '고양이');
  return await until((now) => hana(now)?.messages.at(-1)?.fromBot === true);
}

function hana({ people }: SandboxState) {
  return people.find(({ id }) => id === HANA);
}

/** All that a phone of hers has shown where news arrives. */
function heard(now: SandboxState, phone: 'kakao' | 'telegram'): string {
  const person = hana(now);
  return JSON.stringify(phone === 'kakao' ? person?.kakao.self : person?.telegram.bot);
}

/** Where the newest card in her Kakao chat leads, or `null` while there is none. */
function loginLink(now: SandboxState): string | null {
  const entry = hana(now)?.kakao.bot.at(-1);
  const buttons = entry?.bubbles.flatMap((bubble) => bubble.buttons) ?? [];
  return buttons.find(({ url }) => url?.includes('/login/kakao'))?.url ?? null;
}

/** Begins a login with Kakao, and agrees to it. */
async function agree(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.getByRole('button', { name: '하나 계정으로 동의하고 계속하기' }).click();
}

/** Logs in to the owner's pages of a sandbox. */
export async function logInAsOwner(page: Page, url: string): Promise<void> {
  await page.goto(new URL('/admin/login', url).href);
  await page.locator('input[type="password"]').fill('sandbox-password');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/admin$/);
}
