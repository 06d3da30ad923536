import { describe, expect, test } from 'vitest';
import { labelsOf } from '../../../../src/platforms/kakao/api/labels.ts';

const LIMIT = 14;
const settings = (nickname: string) =>
  ['커밋만', '릴리스만', '프리릴리스 포함', '매시간', '매일 9시', '봇 빼고'].map(
    (words) => `설정 ${nickname} ${words}`,
  );

describe('the words on a button', () => {
  test('are all there is where that fits', () => {
    expect(labelsOf(['목록', '설정 hello 커밋만'], LIMIT)).toEqual(['목록', '설정 hello 커밋만']);
  });

  test('leave out what all settings of a watch begin with, whatever it is called', () => {
    const own = ['커밋만', '릴리스만', '프리릴리스 포함', '매시간', '매일 9시', '봇 빼고'];
    for (const nickname of ['declarative-pattern', '우리 회사 홈페이지 저장소', 'a']) {
      const labels = labelsOf(settings(nickname), LIMIT);
      for (const [index, words] of own.entries()) {
        expect(labels[index]).toMatch(new RegExp(`(?:^| )${words}$`, 'u'));
      }
      expect(Math.max(...labels.map(({ length }) => length))).toBeLessThanOrEqual(LIMIT);
    }
  });

  test('keep a no, and go without a small word', () => {
    const english = ['set kubernetes no prereleases', 'set kubernetes with prereleases'];
    expect(labelsOf(english, LIMIT)).toEqual(['no prereleases', 'prereleases']);
  });

  test('end with a whole word where nothing is in common', () => {
    expect(labelsOf(['이번 주에 나오는 공연 모두 보기'], LIMIT)).toEqual([
      '이번 주에 나오는 공연…',
    ]);
  });

  test('are told apart by their place where they look alike', () => {
    const branches = ['feature/one-very-long-name', 'feature/one-very-long-name-2'];
    const labels = labelsOf(branches, LIMIT);
    expect(new Set(labels).size).toBe(2);
    expect(labels[0]).toMatch(/^1\. feature/);
  });
});
