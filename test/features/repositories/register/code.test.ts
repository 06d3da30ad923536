import { beforeEach, describe, expect, test } from 'vitest';
import { codeFor } from '../../../../src/features/repositories/register/code.ts';
import { HOUR_MS } from '../../../../src/lib/time.ts';
import { wire } from '../../../../src/wire.ts';
import { answers, connectWebhook, createHarness, reader } from '../../../worker/harness.ts';
import { connectTelegram, privateChat, write } from '../../../worker/telegramSteps.ts';
import { stepOf, type Visitor, visit } from './visitor.ts';

const chosen = {
  branch: 'feat/roses',
  nickname: '장미',
  kinds: 'both',
  digest: 'daily',
  hour: '7',
};

let visitor: Visitor;
beforeEach(async () => {
  await begin();
});

async function begin(vars: Readonly<Record<string, string | undefined>> = {}): Promise<void> {
  const harness = await createHarness(vars);
  await connectTelegram(harness);
  visitor = { harness, ...visit(harness) };
}

/** The page at the end, and its code. */
async function finish(
  channel = 'telegram',
  fields: Readonly<Record<string, string>> = chosen,
  by: Pick<Visitor, 'check' | 'send'> = visitor,
): Promise<{ page: string; code: string; ticket: string }> {
  const page = await by.send(await by.check('hana/garden', channel), fields);
  const [, code = ''] = /class="words"><code>\S+ (\w{4})</.exec(page) ?? [];
  const [, ticket = ''] = /data-ticket="(\w+)"/.exec(page) ?? [];
  return { page, code, ticket };
}

const say = async (text: string, language: 'ko' | 'en' = 'ko') =>
  (await write(visitor.harness, privateChat(visitor.harness, language), text))?.text ?? '';

async function isDone(ticket: string): Promise<unknown> {
  return (await visitor.browser.get(`/register/done?ticket=${ticket}`)).json();
}

describe('the code of the page', () => {
  test.each([
    '등록 {code}',
    '/start {code}',
    '{code}',
    '코드는 {code}이야 등록해줘',
    'register {code}',
  ])('registers all that was chosen when it is said: %s', async (words) => {
    const { code, ticket } = await finish();
    expect(await isDone(ticket)).toEqual({ done: false });
    const answer = await say(words.replace('{code}', code));
    expect(answer).toMatch(/^\[장미\] 등록 완료! \(hana\/garden · feat\/roses\)/);
    expect(answer).toContain('매일 7시');
    expect(await isDone(ticket)).toEqual({ done: true });
  });

  test('is told in small letters too, on X by a link that holds the words', async () => {
    await connectWebhook(visitor.harness);
    const { page, code } = await finish('twitter', { branch: 'dev', kinds: 'releases' });
    const [, link = ''] = /href="([^"]*messages\/compose[^"]*)"/.exec(page) ?? [];
    const { searchParams } = new URL(link.replaceAll('&amp;', '&'));
    expect(searchParams.get('text')).toBe(`등록 ${code}`);
    expect(searchParams.get('recipient_id')).toMatch(/^\d+$/);
    const person = reader(visitor.harness, 'ko');
    await visitor.harness.world.x.say(person.id, `등록 ${code.toLowerCase()}`);
    await visitor.harness.settle();
    expect(answers(visitor.harness, person.id).join()).toContain('[garden] 등록 완료!');
  });

  test('is good once: for nobody else, and again for whoever lost the answer', async () => {
    const { code } = await finish();
    await say(`등록 ${code}`);
    expect(await say(`register ${code}`, 'en')).toContain('over, used, or none');
    expect(await say(`등록 ${code}`)).toContain('이미 지켜보고 있어요');
  });

  test('is over after an hour', async () => {
    const { code } = await finish();
    visitor.harness.world.clock.advance(HOUR_MS);
    expect(await say(`등록 ${code}`)).toContain('끝났거나');
  });

  test('is the same on a page that is loaded again, and another one on every other page', async () => {
    const first = await visitor.check('hana/garden', 'telegram');
    const [one, again] = [await visitor.send(first, chosen), await visitor.send(first, chosen)];
    expect(again).toBe(one);
    const other = await finish('telegram', chosen, visit(visitor.harness));
    expect(one).not.toContain(`<code>등록 ${other.code}<`);
  });

  test('cannot be guessed: ten tries an hour, and nobody else waits for them', async () => {
    const { code } = await finish();
    for (let turn = 0; turn < 10; turn++) {
      expect(await say('등록 2A2A')).toContain('끝났거나');
      visitor.harness.world.clock.advance(60_000);
    }
    expect(await say(`등록 ${code}`)).toContain('너무 많이');
    expect(await say(`register ${code}`, 'en')).toContain('is registered!');
  });

  test('asks for another name where that one is taken, and is done only then', async () => {
    await say('구독 hana/garden dev as 장미');
    const { code, ticket } = await finish();
    expect(await say(`등록 ${code}`)).toContain('별명');
    expect(await isDone(ticket)).toEqual({ done: false });
    expect(await say('꽃밭')).toContain('[꽃밭] 등록 완료!');
  });

  test('answers a question that is open about something else', async () => {
    const { code } = await finish();
    expect(await say('구독 hana/garden dev')).toContain('등록 완료');
    await say('이름 1');
    expect(await say(`등록 ${code}`)).toContain('[장미] 등록 완료!');
  });

  test('is given to a source so often only, which can still say it in words', async () => {
    let page = '';
    for (let turn = 0; turn <= 30; turn++) ({ page } = await finish());
    expect(stepOf(page)).toBe('고르기');
    expect(page).toContain('구독 hana/garden feat/roses as 장미');
  });

  test('is given without TOKEN_KEY, too', async () => {
    await begin({ TOKEN_KEY: undefined });
    const [one, other] = [await finish(), await finish()];
    expect(one.code).not.toBe(other.code);
    expect(await say(`등록 ${other.code}`)).toContain('등록 완료!');
    expect(await isDone(one.ticket)).toEqual({ done: false });
  });

  test.each(['등록 vue', '등록 next', '등록 2026', 'register rust'])(
    'is no word and no number: %s',
    async (words) => {
      expect(await say(words)).not.toContain('코드');
    },
  );
});

/** Where the button that goes back leads. */
const back = (page: string) =>
  /class="button" href="(\/register\?[^"]*)"/.exec(page)?.[1]?.replaceAll('&amp;', '&') ?? '';

describe('going back', () => {
  test('from the end to the choice, and from there to the address, keeps what was chosen', async () => {
    const { page } = await finish();
    const choosing = await visitor.browser.page(back(page));
    expect(stepOf(choosing)).toBe('고르기');
    for (const part of ['"feat/roses" selected', 'value="장미"', '"daily" selected', 'value="7"']) {
      expect(choosing).toContain(part);
    }
    const address = await visitor.browser.page(back(choosing));
    expect(stepOf(address)).toBe('주소');
    expect(address).toContain('value="hana/garden"');
    const forth = await visitor.send(address, { address: 'hana/garden' });
    expect(stepOf(forth)).toBe('고르기');
    expect(forth).toContain('value="장미"');
  });
});

test('two windows of one page that open at once show one code, other pages others', async () => {
  const { env, runtime } = visitor.harness;
  const bot = wire(env, runtime);
  const wanted = {
    address: 'hana/garden',
    branch: 'main',
    nickname: '정원',
    options: '',
    list: [],
  };
  const codes = await Promise.all(
    ['one', 'one', 'other'].map((page) => codeFor(bot, wanted, page, 'somewhere')),
  );
  const [first, second, other] = codes.map((code) => (code.ok ? code.value.code : null));
  expect(first).toMatch(/^\w{4}$/);
  expect(second).toBe(first);
  expect(other).not.toBe(first);
});
