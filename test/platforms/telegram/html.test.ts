import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { telegramText } from '../../../src/platforms/telegram/channel.ts';
import { commit, commits, digest, menu, release, reply } from '../../bot/notice/news.ts';

const SEOUL = 'Asia/Seoul';
const write = (notice: Parameters<typeof telegramText>[0]) => telegramText(notice, SEOUL);

/** The text as Telegram shows it, or null where a tag is unknown, open or crossed. */
function parsed(html: string): string | null {
  const open: string[] = [];
  for (const [tag, slash, name = ''] of html.matchAll(/<(\/?)([a-z]*)[^>]*>/g)) {
    if (!/^<(?:\/?b|\/a|a href="https?:[^"<>]*")>$/.test(tag)) return null;
    if (slash === '') open.push(name);
    else if (open.pop() !== name) return null;
  }
  const said = html.replace(/<[^>]*>/g, '');
  if (open.length > 0 || said.includes('<') || /&(?!(?:lt|gt|amp|quot);)/.test(said)) return null;
  return said
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}

describe('a commit', () => {
  test('has its head in bold, its message as a link, and a button', () => {
    expect(write(commits())).toEqual({
      html: [
        '<b>[인사] 새 커밋 1개</b>',
        'octo/hello · main',
        '',
        '2026-11-22 13:05 하나',
        '<a href="https://github.com/octo/hello/commit/0">0번째 변경</a>',
      ].join('\n'),
      plain: [
        '[인사] 새 커밋 1개',
        'octo/hello · main',
        '',
        '2026-11-22 13:05 하나',
        '0번째 변경',
        'https://github.com/octo/hello/commit/0',
      ].join('\n'),
      buttons: [[{ text: '커밋 보기', url: 'https://github.com/octo/hello/commit/0' }]],
    });
  });

  test('cannot bring tags of its own', () => {
    const message = '</a><a href="https://evil.example">"win" & <b>';
    const { html } = write(commits({ commits: [commit(0, { message })] }));
    expect(html).not.toContain('<a href="https://evil');
    expect(parsed(html)?.replaceAll('\u200b', '')).toContain(message);
  });

  test('is cut before it is escaped, never within an entity', () => {
    const { html } = write(commits({ commits: [commit(0, { message: '&'.repeat(999) })] }));
    expect(parsed(html)).toContain(`${'&'.repeat(199)}…`);
  });

  test('leads to no page that is none', () => {
    const strange = commit(0, { url: 'javascript:alert(1)' });
    const { html, buttons } = write(commits({ commits: [strange] }));
    expect([html.includes('javascript'), buttons]).toEqual([false, []]);
  });
});

test.each([
  ['@durov and !@durov', '@\u200bdurov and !@\u200bdurov'],
  ['#태그 $USD', '#\u200b태그 $\u200bUSD'],
  ['fix /start, not a/b', 'fix /\u200bstart, not a/b'],
  [
    'see tg://x and https://evil.example/p',
    'see tg:\u200b//x and https:\u200b//evil.\u200bexample/p',
  ],
  ['Update README.md of 소식.한국', 'Update README.\u200bmd of 소식.\u200b한국'],
  ['10.0.0.1', '10.\u200b0.0.1'],
  ['v1.2.0 (#12), 3.5 % at 5:30 & 1/2', 'v1.2.0 (#\u200b12), 3.5 % at 5:30 &amp; 1/2'],
])('of %j Telegram makes neither mention, tag, command nor link', (message, quoted) => {
  const { html } = write(commits({ commits: [commit(0, { message })] }));
  expect(html).toContain(`>${quoted}</a>`);
});

describe('a reply', () => {
  test('has buttons for its pages, and for what can be said next', () => {
    const { html, buttons } = write(
      reply({
        text: 'a < b & c\nhttps://soshik.example/repos/1',
        suggestions: ['목록', '상태 1', '해제 1'],
        links: [{ label: '기록 보기', url: 'https://soshik.example/repos/1' }],
      }),
    );
    expect(html).toBe('a &lt; b &amp; c\nhttps://soshik.example/repos/1');
    expect(buttons).toEqual([
      [{ text: '기록 보기', url: 'https://soshik.example/repos/1' }],
      [
        { text: '목록', data: '목록' },
        { text: '상태 1', data: '상태 1' },
      ],
      [{ text: '해제 1', data: '해제 1' }],
    ]);
  });

  test('has a short code behind buttons whose words are too long for one', () => {
    const fits = '가'.repeat(21);
    const { buttons } = write(reply({ suggestions: [`${fits}가`, fits, ''] }));
    expect(buttons).toEqual([
      [
        { text: `${fits}가`, data: '#0' },
        { text: fits, data: fits },
      ],
    ]);
  });

  test('without tags still names its pages', () => {
    const links = [{ label: '기록 보기', url: 'https://soshik.example/repos/1' }];
    expect(write(reply({ links })).plain).toBe(
      '안녕하세요\n기록 보기: https://soshik.example/repos/1',
    );
  });
});

test("a meal keeps the seed's lines and leads to the whole menu", () => {
  const link = 'https://canteen.example/menu';
  expect(write(menu({ link }))).toMatchObject({
    html: '<b>11월 22일 일요일 점심</b>\n쌀밥\n미역국\n제육볶음',
    buttons: [[{ text: '전체 식단 보기', url: link }]],
  });
});

test('whatever it is made of, a text fits and Telegram can read it', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.string({
      unit: fc.constantFrom('<', '>', '&', '"', '</b>', '<a href="', '&amp;', '\n', '가', '👨‍👩‍👧'),
      maxLength: 900,
    }),
  );
  const news = fc
    .tuple(hostile, hostile, hostile, hostile)
    .chain(([nickname, author, message, tag]) =>
      fc.constantFrom(
        reply({ text: message.repeat(3) || 'x' }),
        commits({ nickname, branch: tag, commits: [commit(0, { author, message })] }),
        release({ nickname, tag, title: message }),
        digest(
          ...Array.from({ length: 30 }, (_, index) =>
            commits({ nickname: `${index}${nickname}`, commits: [commit(0, { author, message })] }),
          ),
        ),
      ),
    );
  fc.assert(
    fc.property(news, (notice) => {
      const { html, plain } = write(notice);
      expect(parsed(html)).not.toBeNull();
      expect(html.length).toBeLessThanOrEqual(4096);
      expect(plain.length).toBeLessThanOrEqual(4096);
    }),
    { numRuns: 60 },
  );
});
