import type { Notice } from '../../src/bot/notice/notice.ts';

/** News of commits as a watcher of hono gets it. */
export function commitsNotice({
  message = 'Fix a typo',
  count = 1,
  nickname = 'hono',
}: {
  readonly message?: string;
  readonly count?: number;
  readonly nickname?: string;
} = {}): Notice {
  return {
    kind: 'commits',
    language: 'ko',
    nickname,
    repository: 'honojs/hono',
    branch: 'main',
    change: 'pushed',
    commits: Array.from({ length: count }, () => ({
      sha: 'abc',
      at: Date.UTC(2026, 10, 29),
      author: 'yusukebe',
      message,
      body: '',
      url: 'https://github.com/honojs/hono/commit/abc',
    })),
    total: count,
    compareUrl: 'https://github.com/honojs/hono/compare/a...b',
  };
}
