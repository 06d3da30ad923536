import type { Notice, NoticeCommit } from '../../../src/bot/notice/notice.ts';

type Of<Kind extends Notice['kind']> = Extract<Notice, { kind: Kind }>;

/** 2026-11-22 04:05 UTC, 13:05 in Korea. */
export const AT = Date.UTC(2026, 10, 22, 4, 5);

export function commit(number: number, more: Partial<NoticeCommit> = {}): NoticeCommit {
  return {
    sha: String(number).padStart(40, '0'),
    at: AT + number * 60_000,
    author: '하나',
    message: `${number}번째 변경`,
    body: '',
    url: `https://github.com/octo/hello/commit/${number}`,
    ...more,
  };
}

export function commits(more: Partial<Of<'commits'>> = {}): Of<'commits'> {
  const list = more.commits ?? [commit(0)];
  return {
    kind: 'commits',
    language: 'ko',
    nickname: '인사',
    repository: 'octo/hello',
    branch: 'main',
    change: 'pushed',
    commits: list,
    total: list.length,
    compareUrl: 'https://github.com/octo/hello/compare/1...2',
    ...more,
  };
}

export function release(more: Partial<Of<'release'>> = {}): Of<'release'> {
  return {
    kind: 'release',
    language: 'ko',
    nickname: '인사',
    repository: 'octo/hello',
    branch: 'main',
    what: 'release',
    tag: 'v1.2.0',
    title: '가을 판',
    isPrerelease: false,
    isPromoted: false,
    notes: '',
    at: AT,
    url: 'https://github.com/octo/hello/releases/tag/v1.2.0',
    ...more,
  };
}

export function repository(more: Partial<Of<'repository'>> = {}): Of<'repository'> {
  return {
    kind: 'repository',
    language: 'ko',
    nickname: '인사',
    repository: 'octo/hello',
    branch: 'main',
    what: 'gone',
    was: null,
    to: null,
    url: 'https://github.com/octo/hello',
    ...more,
  };
}

export function menu(more: Partial<Of<'menu'>> = {}): Of<'menu'> {
  return {
    kind: 'menu',
    language: 'ko',
    day: '2026-11-22',
    meal: 'lunch',
    place: '가상고등학교',
    dishes: ['쌀밥', '미역국', '제육볶음'],
    link: null,
    ...more,
  };
}

export function reply(more: Partial<Of<'text'>> = {}): Of<'text'> {
  return { kind: 'text', language: 'ko', text: '안녕하세요', suggestions: [], links: [], ...more };
}

export function digest(...entries: Of<'digest'>['entries']): Of<'digest'> {
  return { kind: 'digest', language: 'ko', entries };
}
