import { describe, expect, test } from 'vitest';
import { feedsOfPage } from '../../../../src/features/feeds/add.ts';
import { readFeed } from '../../../../src/features/feeds/source/read.ts';
import { shapes } from '../../../sandbox/feeds/shapes.ts';
import { type FeedFormat, writeFeed } from '../../../sandbox/feeds/write.ts';

const URL_OF_FEED = 'https://blog.example/feed.xml';

function read(text: string) {
  const found = readFeed(text, URL_OF_FEED);
  if (!found.ok) throw new Error(found.problem);
  return found.value;
}

describe('a feed as real hosts write it', () => {
  test('GitHub releases: the page of a release, dated when it came out', () => {
    expect(read(shapes.github)).toEqual({
      format: 'atom',
      title: 'Release notes from hono',
      siteUrl: 'https://github.com/honojs/hono/releases',
      items: [
        {
          guid: 'tag:github.com,2008:Repository/447450/v4.13.20',
          link: 'https://github.com/honojs/hono/releases/tag/v4.13.20',
          title: 'v4.13.20',
          dated: Date.UTC(2026, 10, 27, 9),
        },
      ],
    });
  });

  test('a Naver blog: CDATA as it is, and no counting of readers in the address', () => {
    expect(read(shapes.naver).items).toEqual([
      {
        guid: 'https://blog.naver.com/sanchaek/223000000001',
        link: 'https://blog.naver.com/sanchaek/223000000001',
        title: '한강 & 노을 <3',
        dated: Date.UTC(2026, 10, 27, 9, 30),
      },
    ]);
  });

  test('a Tistory blog: quotation marks that were encoded twice', () => {
    expect(read(shapes.tistory).items[0]?.title).toBe('D1에서 "한 번만" 하는 법');
  });

  test('YouTube: the date of publishing, not of the last change', () => {
    const { title, siteUrl, items } = read(shapes.youtube);
    expect([title, siteUrl]).toEqual([
      '고양이 채널',
      'https://www.youtube.com/channel/UC0000000000000000000000',
    ]);
    expect(items[0]).toEqual({
      guid: 'yt:video:abcdefghijk',
      link: 'https://www.youtube.com/watch?v=abcdefghijk',
      title: '상자에 들어간 고양이',
      dated: Date.UTC(2026, 10, 27, 3),
    });
  });

  test('Reddit: what looks like a tag in a title about programming stays', () => {
    expect(read(shapes.reddit).items[0]?.title).toBe('Is Array<T> better than T[]?');
  });

  test('the weather service: a Korean date', () => {
    expect(read(shapes.kma).items[0]?.dated).toBe(Date.UTC(2026, 10, 26, 21));
  });

  test('WordPress: white space and a mark before the declaration, and HTML’s entities', () => {
    const { title, items } = read(shapes.wordpress);
    expect(title).toBe('Tom’s Notes');
    expect(items[0]).toMatchObject({
      title: 'Don’t panic… it’s fine',
      link: 'https://notes.example/2026/11/dont-panic/',
      guid: 'https://notes.example/?p=123',
    });
  });

  test('RSS of the last century: names in capitals', () => {
    expect(
      read('<RSS><CHANNEL><TITLE>A</TITLE><ITEM><TITLE>B</TITLE></ITEM></CHANNEL></RSS>'),
    ).toMatchObject({ title: 'A', items: [{ title: 'B' }] });
  });

  test('Atom with a prefix, bases of its links, and markup in a title', () => {
    const feed = `<a:feed xmlns:a="http://www.w3.org/2005/Atom" xml:base="https://b.example/x/">
      <a:title>소식</a:title>
      <a:entry xml:base="y/">
        <a:title type="xhtml"><div><b>한</b>국 <i>소식</i></div></a:title>
        <a:link xml:base="z/" href="1"/><a:id>1</a:id>
      </a:entry></a:feed>`;
    expect(read(feed)).toMatchObject({
      title: '소식',
      items: [{ guid: '1', title: '한국 소식', link: 'https://b.example/x/y/z/1' }],
    });
  });

  test('a podcast: its recording where it names no page', () => {
    const feed = `<rss><channel><item><title>1화</title><guid>ep1</guid>
      <enclosure url="https://cast.example/1.mp3"/></item></channel></rss>`;
    expect(read(feed).items).toMatchObject([{ guid: 'ep1', link: 'https://cast.example/1.mp3' }]);
  });

  test('a blog without titles: the first words, and nothing for an item that says nothing', () => {
    expect(read(shapes.microblog).items).toEqual([
      {
        guid: 'https://micro.example/1',
        link: 'https://micro.example/1',
        title: 'Rain & coffee',
        dated: null,
      },
    ]);
  });
});

describe('a broken feed', () => {
  test('with bare signs and no end is read as far as it goes', () => {
    expect(read(shapes.bare)).toMatchObject({
      title: 'R&D & more',
      items: [{ title: 'A < B & C D', link: 'https://blog.example/relative?a=1&b=2' }],
    });
  });

  test('that declares entities in entities expands none of them', () => {
    expect(read(shapes.laughs).items[0]?.title).toBe('one &b;');
  });

  test('of twenty thousand levels is none', () => {
    expect(readFeed(`<rss>${'<a>'.repeat(20_000)}`, URL_OF_FEED).ok).toBe(false);
  });

  test.each([
    ['', 'not-readable'],
    ['hello', 'not-a-feed'],
    ['{"version":"1"}', 'not-a-feed'],
    ['{"version":', 'not-readable'],
    ['<html><body></body></html>', 'a-page'],
    [shapes.page, 'a-page'],
    ['<opml version="2.0"></opml>', 'not-a-feed'],
    ['<sitemapindex></sitemapindex>', 'not-a-feed'],
  ])('%j is none: %s', (text, problem) => {
    expect(readFeed(text, URL_OF_FEED)).toEqual({ ok: false, problem });
  });

  test.each([
    ['in a title', '<rss><channel><title>t</title><item><title>긴 제'],
    ['in an address', '<rss><channel><item><title>a</title><link>https://a.ex'],
    [
      'after a whole item',
      '<rss><item><title>a</title></item><item rdf:about="x"><title>b</title>',
    ],
    ['in an entry', '<feed><entry><title>a</title></entry><entry><id>1</id>'],
    ['in a prefixed entry', '<atom:feed><atom:entry><atom:title>a'],
    ['before its items', '<rss><channel><title>동네 소'],
    ['in JSON', '{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1","title":"a'],
  ])('that is cut off %s is not read', (_where, text) => {
    expect(readFeed(text, URL_OF_FEED)).toEqual({ ok: false, problem: 'not-readable' });
  });

  test.each(['rss', 'rdf', 'atom', 'json'] as const)(
    'in %s that begins with the oldest is read from its end',
    (format) => {
      const items = Array.from({ length: 260 }, (_, index) => ({
        id: String(index),
        link: `https://a.example/${index}`,
        title: `항목 ${index}`,
        at: Date.UTC(2026, 0, 1 + index),
      }));
      const found = read(writeFeed(format, { title: 't', site: 'https://a.example' }, items)).items;
      expect([found.length, found[0]?.title]).toEqual([50, '항목 259']);
      const turned = writeFeed(
        format,
        { title: 't', site: 'https://a.example' },
        items.toReversed(),
      );
      expect(read(turned).items).toEqual(found);
    },
  );

  test('of a thousand items is read up to fifty', () => {
    const items = Array.from({ length: 1000 }, (_, index) => ({
      id: String(index),
      link: `https://a.example/${index}`,
      title: `항목 ${index}`,
      at: null,
    }));
    const many = writeFeed('rss', { title: 't', site: 'https://a.example' }, items);
    expect(read(many).items).toHaveLength(50);
  });
});

describe('every format', () => {
  const item = {
    id: 'https://a.example/1',
    link: 'https://a.example/1',
    title: 'Q&A <새 글>',
    at: Date.UTC(2026, 10, 27),
  };

  test.each<FeedFormat>(['rss', 'rdf', 'atom', 'json'])('%s tells the same', (format) => {
    const text = writeFeed(format, { title: 'Q&A', site: 'https://a.example/' }, [item]);
    expect(read(text)).toEqual({
      format,
      title: 'Q&A',
      siteUrl: 'https://a.example/',
      items: [{ guid: item.id, link: item.link, title: item.title, dated: item.at }],
    });
  });
});

describe('a page', () => {
  test('names its feeds', () => {
    expect(feedsOfPage(shapes.page, 'https://blog.example/')).toEqual([
      'https://blog.example/feed.xml',
      'https://blog.example/atom',
    ]);
  });

  test.each([
    ['https://blog.naver.com/sanchaek', 'https://rss.blog.naver.com/sanchaek.xml'],
    ['https://dubu.tistory.com/42', 'https://dubu.tistory.com/rss'],
    ['https://github.com/honojs/hono', 'https://github.com/honojs/hono/releases.atom'],
    ['https://www.reddit.com/r/typescript/', 'https://www.reddit.com/r/typescript/.rss'],
  ])('%s is of a site that has one', (url, feed) => {
    expect(feedsOfPage('<html>', url)).toEqual([feed]);
  });
});
