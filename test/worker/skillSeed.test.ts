import { beforeEach, describe, expect, test } from 'vitest';
import { MINUTE_MS } from '../../src/lib/time.ts';
import { sandboxSecrets } from '../sandbox/secrets.ts';
import type { Harness } from './harness.ts';
import { chatter, createChat, say, turn } from './skillSteps.ts';

let harness: Harness;
beforeEach(async () => {
  harness = await createChat();
});

const skills = {
  바코드: 'https://soshik.example/api/barcode/',
  레포리스트: 'https://soshik.example/api/repoList/',
  레포상태: 'https://soshik.example/api/repoStatus/',
} as const;

type Skill = keyof typeof skills;

/** A block of the seed's scenario is reached, and calls its skill. */
async function seed(skill: Skill, detailParams: Readonly<Record<string, string>> = {}) {
  harness.world.kakao.connectSkill(skills[skill], sandboxSecrets.KAKAO_SKILL_TOKEN);
  return turn(harness, skill, { actionName: skill, detailParams });
}

async function seedText(...asked: Parameters<typeof seed>): Promise<string> {
  return (await seed(...asked)).entry?.text ?? '(silence)';
}

interface QrCode {
  readonly url?: string;
  readonly alias?: string;
  readonly branch?: string;
}

const qr = ({ url = 'https://github.com/hana/garden', alias = '', branch = 'main' }: QrCode) => ({
  url,
  alias: encodeURIComponent(alias),
  branch,
  type: 'kakao',
});

/** What the barcode plugin hands to the block, the QR code's content in it as a text. */
function scanned(code: QrCode = {}): Record<string, string> {
  const barcodeData = JSON.stringify(qr(code));
  return { barcode: JSON.stringify({ barcodeFormat: 'QR_CODE', barcodeData }) };
}

const status = (repoAlias: string) => seedText('레포상태', { repoAlias });

/** The REST API with its key; a status below 300 is what it must answer. */
async function api(method: string, path: string, fields: Record<string, string>) {
  const form = new URLSearchParams(fields);
  const url = new URL(`/api/${path}`, 'https://soshik.example');
  if (method === 'GET') url.search = form.toString();
  const response = await harness.fetch(
    new Request(url, {
      method,
      headers: {
        authorization: `Bearer ${sandboxSecrets.API_KEY}`,
        ...(method !== 'GET' && { 'content-type': 'application/x-www-form-urlencoded' }),
      },
      ...(method !== 'GET' && { body: form.toString() }),
    }),
  );
  const answer = await response.json();
  expect(response.status, JSON.stringify(answer)).toBe(200);
  return answer;
}

test('레포리스트 of a hundred long nicknames shows as many as fit, and how to see the rest', async () => {
  await seed('레포리스트');
  await harness.env.DB.batch([
    harness.env.DB.prepare(
      `INSERT INTO repositories (id, node_id, owner, name, added_at)
       VALUES (900, 'R900', 'hana', 'many', 0)`,
    ),
    harness.env.DB.prepare(
      `WITH RECURSIVE numbers (value) AS (
         SELECT 100 UNION ALL SELECT value + 1 FROM numbers WHERE value < 199)
       INSERT INTO branches (id, repository, name, state, changed_at)
       SELECT value, 900, 'b' || value, 'ok', 0 FROM numbers`,
    ),
    harness.env.DB.prepare(
      `INSERT INTO watches (person, branch, nickname, nickname_key, created_at)
       SELECT (SELECT id FROM people), id, '아주 길고 긴 저장소의 별명을 끝까지 적은 것' || id, id, id
       FROM branches WHERE repository = 900`,
    ),
  ]);
  const { entry } = await seed('레포리스트');
  const text = entry?.text ?? '';
  const shown = text.match(/^\d+\. 아주 길고 긴 저장소의 별명을 끝까지 적은 것\d{3}$/gm) ?? [];
  const [, left] = /그 밖에 (\d+)개가 더 있어요\. ‘목록’이라고/.exec(text) ?? [];
  expect(shown.length).toBeGreaterThan(60);
  expect(shown.length + Number(left)).toBe(100);
  expect(text).not.toContain('…');
  expect(entry?.quickReplies.map(({ label }) => label)).toContain('목록');
});

describe('바코드', () => {
  test('registers what the QR code says, and answers as the seed did', async () => {
    expect(await seedText('바코드', scanned({ alias: '우리 정원' }))).toBe(
      '[우리 정원] 등록 완료!',
    );
  });

  test('takes barcodeData as an object too, and the bare content of a QR code', async () => {
    const object = JSON.stringify({ barcodeData: qr({ alias: '하나' }) });
    expect(await seedText('바코드', { barcode: object })).toBe('[하나] 등록 완료!');
    const bare = JSON.stringify(qr({ alias: '둘', branch: 'dev' }));
    expect(await seedText('바코드', { barcode: bare })).toBe('[둘] 등록 완료!');
  });

  test('takes the name of the repository for an empty nickname', async () => {
    expect(await seedText('바코드', scanned())).toBe('[garden] 등록 완료!');
  });

  test('keeps a branch with slashes whole (the seed lost them)', async () => {
    await seed('바코드', scanned({ alias: '장미', branch: 'feat/roses' }));
    harness.world.kakao.connectSkill(
      'https://soshik.example/skill',
      sandboxSecrets.KAKAO_SKILL_TOKEN,
    );
    expect(await say(harness, '목록')).toContain('1. 장미 (hana/garden · feat/roses)');
  });

  test('answers from a block of /skill just so', async () => {
    const answered = await turn(harness, 'QR', { detailParams: scanned({ alias: '정원' }) });
    expect(answered.entry?.text).toBe('[정원] 등록 완료!');
  });

  test.each([
    ['nothing', {}],
    ['a blank', { barcode: '' }],
    ['no JSON', { barcode: 'https://github.com/hana/garden' }],
    ['another QR code', { barcode: JSON.stringify({ barcodeData: 'https://kakao.com' }) }],
    ['a list', { barcode: '[]' }],
    ['null', { barcode: 'null' }],
    ['a number in it', { barcode: '{"barcodeData":7}' }],
    ['no address', scanned({ url: 'somewhere' })],
    ['another host', scanned({ url: 'https://gitlab.com/hana/garden' })],
    ['an unknown repository', scanned({ url: 'https://github.com/hana/nothing' })],
    ['an unknown branch', scanned({ branch: 'nowhere' })],
    ['a nickname of digits', scanned({ alias: '7' })],
  ])('with %s is answered, and never as 등록 완료', async (_name, detailParams) => {
    const text = await seedText('바코드', detailParams);
    expect(text).not.toContain('등록 완료');
    expect(text).toMatch(/요[.!]/);
    expect(await seedText('레포리스트')).toContain('아직 지켜보는 저장소가 없어요');
  });

  test.each([403, 404, 429, 500, 502, 503])(
    'with GitHub answering %i is never answered as 등록 완료 (the seed printed its failures only)',
    async (failure) => {
      harness.world.faults.add({
        host: 'api.github.com',
        kind: 'status',
        status: failure,
        times: 9,
      });
      expect(await seedText('바코드', scanned())).not.toContain('등록 완료');
      harness.world.faults.clear();
      expect(await seedText('레포리스트')).toContain('아직 지켜보는 저장소가 없어요');
    },
  );

  test('with storage failing is never answered as 등록 완료', async () => {
    const { DB } = harness.env;
    harness.redeploy({
      DB: new Proxy(DB, {
        get(db, key) {
          const value: unknown = Reflect.get(db, key, db);
          if (typeof value !== 'function') return value;
          return (...given: unknown[]) => {
            if (String(given[0]).includes('INTO watches')) throw new Error('D1_ERROR: fake');
            return Reflect.apply(value, db, given);
          };
        },
      }),
    });
    expect(await seedText('바코드', scanned())).toContain('잠깐 문제가 생겼어요');
    harness.redeploy({ DB });
    expect(await seedText('레포리스트')).toContain('아직 지켜보는 저장소가 없어요');
  });

  test('a nickname that is taken is refused, so that none is ambiguous', async () => {
    await seed('바코드', scanned({ alias: '정원' }));
    const again = await seedText('바코드', scanned({ alias: '정원', branch: 'dev' }));
    expect(again).toContain('이미 다른 저장소에 쓰는 별명');
    expect(await seedText('레포리스트')).toBe('등록하신 레포 목록입니다.\n1. 정원');
  });
});

describe('레포리스트', () => {
  test('lists the nicknames in the order they were added, with the seed’s button', async () => {
    await seed('바코드', scanned({ alias: '하나' }));
    await seed('바코드', scanned({ alias: '가나', branch: 'dev' }));
    await seed('바코드', scanned({ alias: '다라', branch: 'feat/roses' }));
    const answered = await seed('레포리스트');
    expect(answered.entry?.text).toBe('등록하신 레포 목록입니다.\n1. 하나\n2. 가나\n3. 다라');
    expect(answered.entry?.quickReplies).toMatchObject([{ label: '입력하기', action: 'message' }]);
  });

  test('keeps the order when one is registered again, and after a status', async () => {
    await seed('바코드', scanned({ alias: '하나' }));
    await seed('바코드', scanned({ alias: '둘', branch: 'dev' }));
    await status('1');
    await seed('바코드', scanned({ alias: '새 하나' }));
    expect(await seedText('레포리스트')).toBe('등록하신 레포 목록입니다.\n1. 새 하나\n2. 둘');
  });

  test('of fifty fits into one answer', async () => {
    const branches = Array.from({ length: 50 }, (_, index) => `b${index}`);
    harness.world.github.addRepository({ owner: 'hana', name: 'many', branches });
    for (const branch of branches) {
      const url = 'https://github.com/hana/many';
      await seed(
        '바코드',
        scanned({ url, branch, alias: `가지가 많은 나무의 스무 번째 가지 ${branch}` }),
      );
      // Nobody has so much looked up in an hour.
      harness.world.clock.advance(3 * MINUTE_MS);
    }
    expect(await seedText('레포리스트')).toMatch(/50\. 가지가/);
  }, 20_000);
});

describe('레포상태', () => {
  beforeEach(async () => {
    await seed('바코드', scanned({ alias: '정원' }));
    await seed('바코드', scanned({ alias: '개발', branch: 'dev' }));
  });

  test('says that there is nothing new right after registering', async () => {
    expect(await status('1')).toBe('해당 레포 업데이트 사항이 없습니다');
  });

  test('tells the newest commit in the seed’s words, in Korean time over midnight, once', async () => {
    const [sha = ''] = harness.world.github.push('hana/garden', 'main', [
      {
        message: 'Night shift',
        author: 'Sam',
        email: 'sam@example.com',
        // Saturday 15:30 UTC is Sunday 00:30 in Seoul.
        at: Date.UTC(2026, 10, 21, 15, 30),
      },
    ]);
    expect(await status('1')).toBe(
      [
        '[정원] 최근 커밋 이력입니다.',
        '',
        '날짜 : 2026-11-22 00:30',
        '이름 : Sam',
        '이메일 : sam@example.com',
        '커밋메세지 : Night shift',
        `주소 : https://github.com/hana/garden/commit/${sha}`,
      ].join('\n'),
    );
    expect(await status('1')).toBe('해당 레포 업데이트 사항이 없습니다');
    expect(await status('2')).toBe('해당 레포 업데이트 사항이 없습니다');
  });

  test('tells every commit, not only the newest (as the seed did)', async () => {
    harness.world.github.push('hana/garden', 'main', [
      { message: 'First' },
      { message: 'Second' },
      { message: 'Third' },
    ]);
    const told = await status('1');
    expect(told.match(/커밋메세지 : \w+/g)).toEqual([
      '커밋메세지 : Third',
      '커밋메세지 : Second',
      '커밋메세지 : First',
    ]);
  });

  test('tells five commits and counts the others', async () => {
    harness.world.github.push('hana/garden', 'main', 17);
    const told = await status('1');
    expect(told.match(/커밋메세지/g)).toHaveLength(5);
    expect(told).toContain('그 밖에 12개 더');
  });

  test('tells a force-push to older commits (the seed compared dates)', async () => {
    harness.world.github.push('hana/garden', 'main', 2);
    await status('1');
    const at = Date.UTC(2020, 0, 1);
    harness.world.github.forcePush('hana/garden', 'main', ['Rewritten']);
    expect(await status('1')).toContain('커밋메세지 : Rewritten');
    harness.world.github.push('hana/garden', 'main', [{ message: 'Dated back', at }]);
    expect(await status('1')).toContain('커밋메세지 : Dated back');
  });

  test('takes a number with its counter, and the nickname', async () => {
    for (const words of ['2', ' 2 ', '2번', '개발']) {
      harness.world.github.push('hana/garden', 'dev', 1);
      expect(await status(words)).toContain('[개발] 최근 커밋 이력입니다.');
    }
  });

  test.each(['0', '3', '999', '-1', '1.5', '없는 것', '', ' ', '{}', '1e1', "1' OR 1"])(
    'a wrong number (%j) is answered with what to do (the seed threw)',
    async (words) => {
      expect(await status(words)).toContain('‘목록’에서 번호를 확인해 주세요');
    },
  );

  test('without its parameter is answered too', async () => {
    expect(await seedText('레포상태')).toContain('‘목록’에서 번호를 확인해 주세요');
  });

  test('with GitHub away loses nothing: the next one tells it', async () => {
    harness.world.github.push('hana/garden', 'main', [{ message: 'Still there' }]);
    harness.world.faults.add({ host: 'api.github.com', kind: 'status', status: 503, times: 9 });
    expect(await status('1')).toContain('GitHub이 대답하지 않아요');
    harness.world.faults.clear();
    expect(await status('1')).toContain('Still there');
  });

  test('of a long history fits into one valid answer', async () => {
    const message = '아주 긴 커밋 메시지 '.repeat(200);
    harness.world.github.push('hana/garden', 'main', [
      { message },
      { message },
      { message },
      { message },
      { message },
    ]);
    expect(await status('1')).toContain('[정원] 최근 커밋 이력입니다.');
  });
});

describe('a person of the seed', () => {
  const registration = {
    fav_repository: 'https://github.com/hana/garden',
    nick_name: '정원',
    type: 'kakao',
    branch: 'main',
  };

  test('registered by plusfriendUserKey is found in the chat by user.id', async () => {
    const { plusfriendUserKey, botUserKey } = chatter(harness);
    await api('POST', '', { id: plusfriendUserKey, ...registration });
    expect(await seedText('레포리스트')).toContain('1. 정원');
    expect(await api('GET', 'alias/', { id: botUserKey })).toMatchObject({ alias: ['정원'] });
  });

  test('registered in the chat is found by plusfriendUserKey', async () => {
    await seed('바코드', scanned({ alias: '정원' }));
    const { plusfriendUserKey, botUserKey } = chatter(harness);
    for (const id of [plusfriendUserKey, botUserKey]) {
      expect(await api('GET', 'alias/', { id })).toMatchObject({ alias: ['정원'] });
    }
  });

  test('registered by user.id is found by either key once they were in the chat', async () => {
    const { plusfriendUserKey, botUserKey } = chatter(harness);
    await api('POST', '', { id: botUserKey, ...registration });
    expect(await seedText('레포리스트')).toContain('1. 정원');
    await api('DELETE', 'del/', { id: plusfriendUserKey, nick_name: '정원' });
    expect(await seedText('레포리스트')).toContain('아직 지켜보는 저장소가 없어요');
  });
});
