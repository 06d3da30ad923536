import { beforeEach, describe, expect, test } from 'vitest';
import { codeOf, matrixOf } from '../../../ui/matrix.ts';
import { createVisitor, problemOf, stepOf, type Visitor } from './visitor.ts';

let visitor: Visitor;
beforeEach(async () => {
  visitor = await createVisitor();
});

/** What stands in the blocks of words to send. */
function wordsOf(page: string): string[] {
  return Array.from(page.matchAll(/class="words"><code>([^<]*)/g), ([, words = '']) => words);
}

const chosen = {
  branch: 'feat/roses',
  nickname: '장미',
  kinds: 'both',
  digest: 'daily',
  hour: '7',
};

describe('registering', () => {
  test('begins on the front page with the channels whose chat can be found', async () => {
    const page = await visitor.browser.page('/');
    for (const channel of ['kakao', 'telegram', 'twitter']) {
      expect(page).toContain(`href="/register?channel=${channel}"`);
    }
    const { browser } = await createVisitor({ vars: { KAKAO_SKILL_TOKEN: undefined } });
    expect(await browser.page('/')).not.toContain('channel=kakao');
    expect(stepOf(await browser.page('/register?channel=kakao'))).toBe('채널');
  });

  test('shows the repository as GitHub knows it, with its branches to choose from', async () => {
    const page = await visitor.check('https://github.com/hana/garden');
    expect(stepOf(page)).toBe('고르기');
    for (const part of ['hana/garden', '장미가 자라는 곳', '1,234', '56', 'avatars.github']) {
      expect(page).toContain(part);
    }
    expect(page).toContain('<option value="main" selected="">');
    expect(page).toContain('<option value="both" selected="">');
    expect(page).toContain('<option value="feat/roses">');
  });

  test('takes the branch of the address as chosen', async () => {
    const page = await visitor.check('github.com/hana/garden/tree/feat/roses');
    expect(page).toContain('<option value="feat/roses" selected="">');
  });

  test('ends for KakaoTalk in one code to say, and in the QR code of the seed', async () => {
    const page = await visitor.send(await visitor.check('hana/garden'), chosen);
    expect(stepOf(page)).toBe('마무리');
    const code = { url: 'https://github.com/hana/garden', alias: '%EC%9E%A5%EB%AF%B8' };
    const text = JSON.stringify({ ...code, branch: 'feat/roses', type: 'kakao' });
    expect(matrixOf(page)).toEqual(codeOf(text));
    expect(wordsOf(page)).toEqual([
      expect.stringMatching(/^등록 [2-9A-HJKMNP-Z]{4}$/),
      '설정 장미 매일 7시',
    ]);
  });

  test('ends for Telegram in the link that holds the code', async () => {
    const page = await visitor.send(await visitor.check('hana/garden', 'telegram'), chosen);
    const link = `https://t.me/soshik_bot?start=${wordsOf(page)[0]?.slice('등록 '.length)}`;
    expect(page).toContain(`href="${link}"`);
    expect(matrixOf(page)).toEqual(codeOf(link));
  });

  test('calls the repository by its name when no nickname is given', async () => {
    const page = await visitor.send(await visitor.check('hana/garden'), { branch: 'main' });
    expect(page).toContain('garden 등록 QR 코드');
  });

  test('keeps its step when the language is switched', async () => {
    const page = await visitor.check('hana/garden');
    const [, other = ''] = /class="quiet" href="([^"]+)"/.exec(page) ?? [];
    const english = await visitor.browser.page(other.replaceAll('&amp;', '&'));
    expect(stepOf(english)).toBe('Choose');
  });

  test('fills in the address that a link brings, and asks GitHub only when told to', async () => {
    const first = await visitor.browser.page('/register?address=hana/garden');
    const [, link = ''] = /href="(\/register\?channel=kakao[^"]*)"/.exec(first) ?? [];
    const page = await visitor.browser.page(link.replaceAll('&amp;', '&'));
    expect([stepOf(page), problemOf(page)]).toEqual(['주소', '']);
    expect(page).toContain('value="hana/garden"');
    expect(visitor.harness.world.github.calls.graphql).toBe(0);
  });
});

describe('what is wrong is said where it can be put right', () => {
  test.each([
    ['그냥 글', 'GitHub 저장소 주소가 아니에요'],
    ['https://gitlab.com/hana/garden', 'GitHub에 있는 저장소만'],
    ['hana/nothing', '저장소를 찾지 못했어요'],
    ['hana/secret', '저장소를 찾지 못했어요'],
  ])('%s is no address to go on with', async (address, problem) => {
    visitor.harness.world.github.addRepository({ owner: 'hana', name: 'secret', isPrivate: true });
    const page = await visitor.check(address);
    expect(stepOf(page)).toBe('주소');
    expect(problemOf(page)).toContain(problem);
    expect(page).toContain(`value="${address}"`);
  });

  test('a branch of the address that is not there leaves the others to choose from', async () => {
    const page = await visitor.check('hana/garden/tree/nowhere');
    expect(stepOf(page)).toBe('고르기');
    expect(problemOf(page)).toContain('그 브랜치를 찾지 못했어요');
    expect(page).toContain('<option value="dev">');
  });

  test.each([
    [{ branch: 'nowhere' }, '그 브랜치를 찾지 못했어요'],
    [{ branch: 'main', nickname: '404' }, '별명은 글자를 넣어'],
    [{ branch: 'main', nickname: '가'.repeat(31) }, '별명은 글자를 넣어'],
    [{ branch: 'main', tag: 'v1 v2' }, '태그 모양은'],
    [{ branch: 'main', tag: '가'.repeat(17) }, '태그 모양은'],
  ])('%j is asked for again', async (fields, problem) => {
    const page = await visitor.send(await visitor.check('hana/garden'), fields);
    expect(stepOf(page)).toBe('고르기');
    expect(problemOf(page)).toContain(problem);
  });

  test('GitHub that does not answer is no mistake of the reader', async () => {
    visitor.harness.world.faults.add({
      kind: 'status',
      host: 'api.github.com',
      status: 503,
      times: 9,
    });
    const page = await visitor.check('hana/garden');
    expect(stepOf(page)).toBe('주소');
    expect(problemOf(page)).toContain('GitHub이 대답하지 않아요');
  });

  test('a repository without a commit has the one branch it will have', async () => {
    visitor.harness.world.github.addRepository({ owner: 'hana', name: 'new', isEmpty: true });
    const page = await visitor.send(await visitor.check('hana/new'), { branch: 'main' });
    expect(stepOf(page)).toBe('마무리');
  });

  test('a bot that watches no repositories says so', async () => {
    const { browser } = await createVisitor({ vars: { GITHUB_TOKEN: undefined } });
    const response = await browser.get('/register');
    expect(response.status).toBe(404);
    expect(await response.text()).toContain('지금은 저장소를 지켜볼 수 없어요');
    expect(await browser.page('/')).not.toContain('id="register"');
  });
});
