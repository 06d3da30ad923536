import { describe, expect, test } from 'vitest';
import {
  feedTemplate,
  listTemplate,
  textTemplate,
} from '../../../../src/platforms/kakao/api/templates.ts';

const page = 'https://my.example/menu';
const link = { web_url: page, mobile_web_url: page };
const button = { title: '보기', link: page };
const content = { title: '점심', link: page };

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

describe('links, buttons and pictures', () => {
  test.each(['my.example', 'javascript:alert(1)', 'ftp://my.example/', 'https://', ''])(
    '%j is no link',
    (address) => {
      const problem = 'link: no web address';
      expect(problemOf(textTemplate({ text: 'a', link: address }))).toBe(problem);
      const buttons = [{ title: 'a', link: address }];
      expect(problemOf(textTemplate({ text: 'a', link: null, buttons }))).toBe(problem);
      const image = { content: { ...content, imageUrl: address } };
      expect(problemOf(feedTemplate(image))).toBe('image: no web address');
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
    expect(problemOf(feedTemplate({ content, buttons }))).toBe(problem);
    const list = { headerTitle: 'a', headerLink: null, contents: [content, content], buttons };
    expect(problemOf(listTemplate(list))).toBe(problem);
  });

  test('a button has a title', () => {
    const empty = { text: 'a', link: null, buttonTitle: ' ' };
    expect(problemOf(textTemplate(empty))).toBe('button: empty');
    const buttons = [{ title: '', link: page }];
    expect(problemOf(textTemplate({ text: 'a', link: null, buttons }))).toBe('button: empty');
  });

  test('links go to registered domains only, where those are named', () => {
    const linkOrigins = ['https://my.example', 'https://github.com'];
    const other = 'https://my.example.evil.example/';
    const problem = 'link: domain not registered';
    const text = { text: 'a', linkOrigins };
    expect(problemOf(textTemplate({ ...text, link: page, buttons: [button] }))).toBe(null);
    expect(problemOf(textTemplate({ ...text, link: null }))).toBe(null);
    expect(problemOf(textTemplate({ ...text, link: other }))).toBe(problem);
    const buttons = [{ title: 'a', link: other }];
    expect(problemOf(textTemplate({ ...text, link: page, buttons }))).toBe(problem);
    const contents = [content, { ...content, link: other }];
    const list = { headerTitle: 'a', headerLink: page, contents, linkOrigins };
    expect(problemOf(listTemplate(list))).toBe(problem);
    expect(problemOf(listTemplate({ ...list, contents: [content, content] }))).toBe(null);
    expect(problemOf(feedTemplate({ content: { ...content, link: other }, linkOrigins }))).toBe(
      problem,
    );
  });
});

describe('a feed', () => {
  test('carries items and counts under the names of Kakao', () => {
    const made = feedTemplate({
      content: {
        ...content,
        description: '오늘',
        imageUrl: 'https://my.example/a.png',
        imageWidth: 800,
        imageHeight: 400,
      },
      items: {
        profileText: '식당',
        profileImageUrl: 'https://my.example/p.png',
        titleImageText: '점심',
        titleImageUrl: 'https://my.example/t.png',
        titleImageCategory: '급식',
        items: [{ item: '밥', itemOp: '300kcal' }],
        sum: '모두',
        sumOp: '900kcal',
      },
      social: { likes: 1, comments: 2, shares: 3, views: 4, subscribers: 5 },
    });
    expect(made.ok && JSON.parse(JSON.stringify(made.value))).toEqual({
      object_type: 'feed',
      content: {
        title: '점심',
        description: '오늘',
        image_url: 'https://my.example/a.png',
        image_width: 800,
        image_height: 400,
        link,
      },
      item_content: {
        profile_text: '식당',
        profile_image_url: 'https://my.example/p.png',
        title_image_text: '점심',
        title_image_url: 'https://my.example/t.png',
        title_image_category: '급식',
        items: [{ item: '밥', item_op: '300kcal' }],
        sum: '모두',
        sum_op: '900kcal',
      },
      social: {
        like_count: 1,
        comment_count: 2,
        shared_count: 3,
        view_count: 4,
        subscriber_count: 5,
      },
    });
  });

  const item = { item: 'a', itemOp: 'b' };
  test.each([
    ['profile text', { profileText: 'a'.repeat(16) }, { profileText: 'a'.repeat(17) }],
    ['image title', { titleImageText: 'a'.repeat(24) }, { titleImageText: 'a'.repeat(25) }],
    ['category', { titleImageCategory: 'a'.repeat(14) }, { titleImageCategory: 'a'.repeat(15) }],
    ['items', { items: times(5, item) }, { items: times(6, item) }],
    ['sum', { sum: 'a'.repeat(6) }, { sum: 'a'.repeat(7) }],
    ['value of the sum', { sumOp: 'a'.repeat(11) }, { sumOp: 'a'.repeat(12) }],
  ])('its %s has the limit of Kakao', (_name, most, tooMuch) => {
    expect(problemOf(feedTemplate({ content, items: most }))).toBe(null);
    expect(problemOf(feedTemplate({ content, items: tooMuch }))).toMatch(/: too (?:long|many)$/);
  });

  test('sizes and counts are whole numbers', () => {
    const sized = (imageWidth: number) => feedTemplate({ content: { ...content, imageWidth } });
    expect([0, -1, 1.5, Number.NaN].map((width) => problemOf(sized(width)))).toEqual(
      Array(4).fill('image: width'),
    );
    expect(problemOf(feedTemplate({ content, social: { likes: -1 } }))).toBe('social: count');
    expect(problemOf(feedTemplate({ content, social: { likes: 0 } }))).toBe(null);
  });

  test('has a title', () => {
    expect(problemOf(feedTemplate({ content: { title: '', link: null } }))).toBe('title: empty');
  });
});

describe('a list', () => {
  const list = { headerTitle: '오늘', headerLink: page, contents: [content, content] };

  test('has a header and its contents', () => {
    const made = listTemplate(list);
    expect(made.ok && JSON.parse(JSON.stringify(made.value))).toEqual({
      object_type: 'list',
      header_title: '오늘',
      header_link: link,
      contents: [
        { title: '점심', link },
        { title: '점심', link },
      ],
    });
  });

  test.each([
    [1, 'contents: too few'],
    [2, null],
    [3, null],
    [4, 'contents: too many'],
  ])('of %i contents', (count, problem) => {
    const contents = times(count, content);
    expect(problemOf(listTemplate({ ...list, contents }))).toBe(problem);
  });

  function headed(headerTitle: string) {
    return problemOf(listTemplate({ ...list, headerTitle }));
  }

  test('has a header of 1 to 200 characters', () => {
    expect(headed('a'.repeat(200))).toBe(null);
    expect(headed('a'.repeat(201))).toBe('header: too long');
    expect(headed(' ')).toBe('header: empty');
  });
});
