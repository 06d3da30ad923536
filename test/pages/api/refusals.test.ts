import { beforeEach, describe, expect, test } from 'vitest';
import { watchesOf } from '../../../src/features/repositories/store/watches.ts';
import { findPerson } from '../../../src/store/people.ts';
import { MOST_WATCHES } from '../../../src/store/watchRules.ts';
import { START } from '../../worker/harness.ts';
import { type ApiDesk, createApiDesk, garden, KAKAO_ID, registered } from './apiDesk.ts';

let desk: ApiDesk;
beforeEach(async () => {
  desk = await createApiDesk();
});

async function watched() {
  const { DB } = desk.harness.env;
  const person = await findPerson(DB, 'kakao', KAKAO_ID);
  return person ? await watchesOf(DB, person.id, START) : [];
}

async function refused(values: Record<string, string>, status: number, message: string) {
  const answer = await desk.call('POST', '/api/', { ...garden, ...values });
  expect(answer).toMatchObject({ status, body: { code: status, message } });
}

describe('what is missing or wrong is refused', () => {
  const order = [
    ['id', '아이디는 비어 있으면 안됩니다.'],
    ['fav_repository', '관심 레파지토리는 비어 있으면 안됩니다.'],
    ['nick_name', '별명은 비어 있으면 안됩니다.'],
    ['type', '타입은 비어 있으면 안됩니다.'],
    ['branch', '브랜치명은 비어 있으면 안됩니다.'],
  ] as const;

  test.each(order)('an empty %s with the words of the seed', async (name, message) => {
    await refused({ [name]: ' ' }, 400, message);
    const { [name]: _, ...others } = garden;
    expect(await desk.call('POST', '/api/', others)).toMatchObject({
      body: { code: 400, message },
    });
  });

  test('in the order of the seed, in POST and in GET', async () => {
    const given: Record<string, string> = {};
    for (const [name, message] of order) {
      for (const method of ['POST', 'GET']) {
        const answer = await desk.call(method, '/api/', given);
        expect(answer).toMatchObject({ status: 400, body: { code: 400, message } });
      }
      given[name] = garden[name];
    }
  });

  test.each([
    [{ type: 'smoke' }, 400, expect.stringContaining('twitter, discord, slack, webhook')],
    [{ type: 'telegram' }, 400, expect.stringContaining('숫자')],
    [{ options: '아무렇게나' }, 400, expect.stringContaining('릴리스만')],
    [{ options: `태그 ${'v'.repeat(60)}` }, 400, expect.stringContaining('릴리스만')],
    [{ nick_name: '404' }, 400, expect.stringContaining('숫자만으로는')],
    [{ nick_name: '줄\n바꿈' }, 400, expect.stringContaining('nick_name')],
    [{ id: 'x'.repeat(2001) }, 400, expect.stringContaining('id')],
    [{ fav_repository: 'garden' }, 400, '정상적이지 않은 레파지토리명 입니다'],
    [{ fav_repository: 'https://gitlab.com/a/b' }, 400, '정상적이지 않은 레파지토리명 입니다'],
    [{ fav_repository: 'hana/nothing' }, 404, '정상적이지 않은 레파지토리명 입니다'],
    [{ branch: 'nowhere' }, 404, '정상적이지 않은 레파지토리명 입니다'],
  ])('%j', async (values, status, message) => {
    await refused(values, status, message);
    expect(await watched()).toEqual([]);
  });

  test('a private repository, though the owner’s token sees it', async () => {
    desk.harness.world.github.addRepository({ owner: 'hana', name: 'secret', isPrivate: true });
    await refused({ fav_repository: 'hana/secret' }, 404, expect.any(String));
    expect(await watched()).toEqual([]);
  });

  test('a nickname that another branch has', async () => {
    await registered(desk);
    await refused({ branch: 'dev', nick_name: ' 정원 ' }, 409, expect.stringContaining('별명'));
  });

  test('one more than a person may watch', async () => {
    desk.harness.world.github.fill(MOST_WATCHES);
    const list = desk.harness.world.github
      .repositories()
      .map(({ owner, name }) => `${owner}/${name}`);
    const { id, type } = garden;
    await desk.call('POST', '/api/list/', { id, type, list: list.slice(1).join('\n') });
    await refused({}, 409, expect.stringContaining(`${MOST_WATCHES}개`));
  });

  test('everything while GitHub is away, and while there is no token for it', async () => {
    const { faults } = desk.harness.world;
    faults.add({ host: 'api.github.com', kind: 'status', status: 503, times: 9 });
    await refused({}, 502, 'GITHUB API 호출할때 문제가 생겼습니다.');
    desk = await createApiDesk({ GITHUB_TOKEN: undefined });
    await refused({}, 503, expect.stringContaining('켜지 않았어요'));
  });

  test.each([
    ['no JSON', 'application/json', '{'],
    ['a list', 'application/json', '"x"'],
    ['a form without its boundary', 'multipart/form-data', 'x'],
  ])('a body that is %s', async (_name, type, body) => {
    expect(await desk.send('POST', '/api/', type, body)).toMatchObject({
      status: 400,
      body: { code: 400, message: expect.stringContaining('본문') },
    });
  });

  test('a body of another kind or size', async () => {
    for (const type of ['text/plain', 'application/xml']) {
      expect(await desk.send('POST', '/api/', type, 'x')).toMatchObject({ status: 415 });
    }
    const large = JSON.stringify({ id: 'x'.repeat(64 * 1024) });
    expect(await desk.send('POST', '/api/', 'application/json', large)).toMatchObject({
      status: 413,
    });
  });
});
