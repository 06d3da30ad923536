import { expect, test } from 'vitest';
import { menuOf } from '../../../../src/features/menu/source/meals.ts';
import { createNeisMenu } from '../../../../src/features/menu/sources.ts';
import { fakeNetwork } from '../../../lib/web/fakeNetwork.ts';
import { createClock } from '../../../sandbox/clock.ts';
import { createNeis, type NeisSandbox } from '../../../sandbox/neis.ts';

/** Sunday 2026-11-22 12:00 in Seoul. */
const START = Date.UTC(2026, 10, 22, 3);
const MONDAY = '2026-11-23';

async function visit(day: string, change: (sandbox: NeisSandbox) => void = () => {}) {
  const { sandbox, handle } = createNeis(createClock(START, false));
  change(sandbox);
  const { runtime } = fakeNetwork(handle, START);
  const source = createNeisMenu({
    apiUrl: 'https://open.neis.go.kr',
    key: null,
    office: 'B10',
    school: '7010113',
  });
  const context = { runtime, contact: '', timeZone: 'Asia/Seoul', day, memory: {} };
  return (await source.visit(context)).outcome;
}

const read = async (...asked: Parameters<typeof visit>) => menuOf(await visit(...asked));

test('a school day has three meals with clean dishes, the allergens beside them', async () => {
  expect(await read(MONDAY)).toMatchObject({
    kind: 'meals',
    place: '소식고등학교',
    meals: [
      { meal: 'breakfast' },
      {
        meal: 'lunch',
        dishes: expect.arrayContaining([
          { name: '순살삼치구이(산고)', allergens: [5, 6, 13] },
          { name: '깍두기(소마)', allergens: [9] },
        ]),
      },
      { meal: 'dinner' },
    ],
    link: null,
  });
});

test('a day off has none', async () => {
  expect(await read('2026-11-22')).toEqual({ kind: 'none' });
});

test('a row without dishes is no meal', async () => {
  expect(await read(MONDAY, (neis) => neis.setMeals(MONDAY, { lunch: ' <br/> ' }))).toEqual({
    kind: 'none',
  });
});

test('a key that NEIS refuses is for the owner, not for a retry', async () => {
  const outcome = await visit(MONDAY, (neis) => {
    neis.failure = 'ERROR-290';
  });
  expect(outcome).toEqual({ kind: 'auth', detail: 'NEIS answers ERROR-290' });
});
