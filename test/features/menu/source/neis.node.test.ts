import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createNeisMenu } from '../../../../src/features/menu/source/neis.ts';

/** Recorded answers, beside the repository where it is developed. */
const recorded = (name: string) => new URL(`../../../../shared/fixtures/${name}`, import.meta.url);
const answers = ['neis-meal-20231227.json', 'neis-no-data.json'].map(recorded);

async function read(file: URL | undefined) {
  const source = createNeisMenu({
    apiUrl: 'https://open.neis.go.kr',
    key: null,
    office: 'C10',
    school: '7150658',
  });
  const runtime = {
    now: () => Date.UTC(2023, 11, 27),
    randomBytes: (length: number) => new Uint8Array(length),
    fetch: async () => new Response(file && readFileSync(file)),
  };
  const context = { runtime, contact: '', timeZone: 'Asia/Seoul', memory: {} };
  return (await source.visit(context, { day: '2023-12-27' })).outcome;
}

test.skipIf(!answers.every((file) => existsSync(file)))(
  'recorded answers of NEIS are read (skipped where the recordings are not kept)',
  async () => {
    expect(await read(answers[0])).toMatchObject({
      kind: 'meals',
      place: '부산소프트웨어마이스터고등학교',
      meals: [
        {
          meal: 'breakfast',
          dishes: expect.arrayContaining([
            { name: '모닝빵.딸기쨈(소마)', allergens: [1, 2, 5, 6, 13] },
          ]),
        },
        { meal: 'lunch', dishes: { length: 7 } },
        {
          meal: 'dinner',
          dishes: expect.arrayContaining([
            { name: '메이플피칸파이(생지)(산고)', allergens: [1, 2, 5, 6, 14] },
          ]),
        },
      ],
    });
    expect(await read(answers[1])).toEqual({ kind: 'none' });
  },
);
