import { describe, expect, test } from 'vitest';
import { textTemplate } from '../../../../src/platforms/kakao/api/text.ts';

const page = 'https://my.example/menu';
const link = { web_url: page, mobile_web_url: page };
const button = { title: '보기', link: page };

function times<Item>(count: number, item: Item): Item[] {
  return Array.from({ length: count }, () => item);
}

function problemOf(result: ReturnType<typeof textTemplate>): string | null {
  return result.ok ? null : result.problem;
}

describe('a text', () => {
  test('with a link is the example that Kakao documents', () => {
    const made = textTemplate({
      text: '11월 22일 일요일 점심\n국',
      link: page,
      buttonTitle: '보기',
    });
    expect(made).toEqual({
      ok: true,
      value: { object_type: 'text', text: '11월 22일 일요일 점심\n국', link, button_title: '보기' },
    });
  });

  test('without a link has an empty one', () => {
    const made = textTemplate({ text: '점심', link: null, buttons: [button] });
    expect(made.ok && made.value).toEqual({
      object_type: 'text',
      text: '점심',
      link: {},
      buttons: [{ title: '보기', link }],
    });
  });

  test.each([
    ['200 letters', 'a'.repeat(200), null],
    ['201 letters', 'a'.repeat(201), 'text: too long'],
    ['100 emoji, 200 UTF-16 units', '🍚'.repeat(100), null],
    ['101 emoji', '🍚'.repeat(101), 'text: too long'],
    ['nothing', '', 'text: empty'],
    ['white space', ' \n\u0000', 'text: empty'],
  ])('of %s', (_name, text, problem) => {
    expect(problemOf(textTemplate({ text, link: null }))).toBe(problem);
  });

  test('loses halves of surrogate pairs and control characters', () => {
    const made = textTemplate({ text: 'a\ud83d\u0007\r\nb', link: null });
    expect(made.ok && made.value['text']).toBe('a\ufffd\nb');
  });
});

describe('links and buttons', () => {
  test.each(['my.example', 'javascript:alert(1)', 'ftp://my.example/', 'https://', ''])(
    '%j is no link',
    (address) => {
      const problem = 'link: no web address';
      expect(problemOf(textTemplate({ text: 'a', link: address }))).toBe(problem);
      const buttons = [{ title: 'a', link: address }];
      expect(problemOf(textTemplate({ text: 'a', link: null, buttons }))).toBe(problem);
    },
  );

  test('an address in Korean is written as browsers send it', () => {
    const made = textTemplate({ text: 'a', link: 'https://my.example/식단' });
    expect(made.ok && made.value['link']).toMatchObject({
      web_url: 'https://my.example/%EC%8B%9D%EB%8B%A8',
    });
  });

  test.each([
    [2, null],
    [3, 'buttons: too many'],
  ])('%i buttons', (count, problem) => {
    const buttons = times(count, button);
    expect(problemOf(textTemplate({ text: 'a', link: null, buttons }))).toBe(problem);
  });

  test('a button has a title', () => {
    const empty = { text: 'a', link: null, buttonTitle: ' ' };
    expect(problemOf(textTemplate(empty))).toBe('button: empty');
    const buttons = [{ title: '', link: page }];
    expect(problemOf(textTemplate({ text: 'a', link: null, buttons }))).toBe('button: empty');
  });
});
