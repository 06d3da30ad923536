import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { readChoice } from '../../../../src/features/repositories/register/choice.ts';
import {
  kakaoCode,
  settingWords,
  watchWords,
} from '../../../../src/features/repositories/register/words.ts';
import {
  CHAT_OPTIONS,
  type WatchOptions,
} from '../../../../src/features/repositories/store/options.ts';
import { readWatchOptions } from '../../../../src/features/repositories/watching/options.ts';
import { DEFAULTS } from '../store/repositorySteps.ts';

const wanted = {
  owner: 'hana',
  name: 'garden',
  branch: 'feat/roses',
  nickname: '장미 정원',
  options: CHAT_OPTIONS,
};

const options: fc.Arbitrary<WatchOptions> = fc
  .record({
    kinds: fc.constantFrom('commits', 'releases', 'both'),
    prereleases: fc.boolean(),
    tagPattern: fc.constantFrom(null, 'v2.*', '@scope/pkg@*', 'pkg-v?', '[0-9]*'),
    smallestStep: fc.constantFrom('any', 'minor', 'major'),
    bots: fc.boolean(),
    merges: fc.boolean(),
    withoutAuthors: fc.constantFrom([], ['renovate'], ['김 코딩', 'octo-cat']),
    wholeMessages: fc.boolean(),
    together: fc.boolean(),
    digest: fc.constantFrom('instant', 'hourly', 'daily'),
    hour: fc.integer({ min: 0, max: 23 }),
  })
  .map(({ kinds, hour, ...filters }) => {
    const [commits, releases] = [kinds !== 'releases', kinds !== 'commits'];
    const { digest, together } = filters;
    const { prereleases, tagPattern, smallestStep } = releases ? filters : DEFAULTS;
    const { bots, merges, withoutAuthors, wholeMessages } = commits ? filters : DEFAULTS;
    return {
      commits,
      releases,
      prereleases,
      tagPattern,
      smallestStep,
      bots,
      merges,
      withoutAuthors,
      wholeMessages,
      together,
      digest,
      digestHour: digest === 'daily' ? hour : DEFAULTS.digestHour,
    };
  });

test.each(['ko', 'en'] as const)(
  'the words for settings mean in %s what was chosen',
  (language) => {
    fc.assert(
      fc.property(options, (chosen) => {
        const words = settingWords({ ...wanted, options: chosen }, language);
        const said = words?.slice(words.indexOf(wanted.nickname) + wanted.nickname.length) ?? '';
        const understood = words === null ? CHAT_OPTIONS : readWatchOptions(CHAT_OPTIONS, said);
        expect(understood).toEqual(chosen);
      }),
    );
  },
);

test('nothing more is to be said when all is as it is by itself', () => {
  expect(settingWords(wanted, 'ko')).toBeNull();
});

test.each([
  ['ko', '구독 hana/garden feat/roses as 장미 정원'],
  ['en', 'watch hana/garden feat/roses as 장미 정원'],
] as const)('the words for the chat name everything in %s', (language, words) => {
  expect(watchWords(wanted, language)).toBe(words);
});

test('the code for KakaoTalk holds what the code of the seed did', () => {
  expect(JSON.parse(kakaoCode(wanted))).toEqual({
    url: 'https://github.com/hana/garden',
    alias: '%EC%9E%A5%EB%AF%B8%20%EC%A0%95%EC%9B%90',
    branch: 'feat/roses',
    type: 'kakao',
  });
});

test('any query is read as a choice that can be made', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.string(), fc.string({ maxLength: 400 }))), (pairs) => {
      const names = ['channel', 'kinds', 'hour', 'digest', 'address', '__proto__'];
      const mixed = pairs.map(([name, value], index) => [names[index] ?? name, value]);
      const choice = readChoice(new URLSearchParams(mixed));
      expect(choice.hour).toBeLessThan(24);
      expect(choice.address.length).toBeLessThanOrEqual(300);
      expect(['commits', 'releases', 'both']).toContain(choice.kinds);
    }),
  );
});
