/** Feeds as real hosts write them, faults included; all contents are made up. */
export const shapes = {
  github: `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/" xml:lang="en-US">
  <id>tag:github.com,2008:https://github.com/honojs/hono/releases</id>
  <link type="text/html" rel="alternate" href="https://github.com/honojs/hono/releases"/>
  <link type="application/atom+xml" rel="self" href="https://github.com/honojs/hono/releases.atom"/>
  <title>Release notes from hono</title>
  <updated>2026-11-27T09:00:00Z</updated>
  <entry>
    <id>tag:github.com,2008:Repository/447450/v4.13.20</id>
    <updated>2026-11-27T09:00:00Z</updated>
    <link rel="alternate" type="text/html" href="https://github.com/honojs/hono/releases/tag/v4.13.20"/>
    <title>v4.13.20</title>
    <content type="html">&lt;h2&gt;What&#39;s Changed&lt;/h2&gt;</content>
    <author><name>yusukebe</name></author>
    <media:thumbnail height="30" width="30" url="https://avatars.githubusercontent.com/u/1"/>
  </entry>
</feed>`,
  naver: `<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0"><channel>
<title><![CDATA[오늘의 산책]]></title>
<link><![CDATA[https://blog.naver.com/sanchaek]]></link>
<item>
<category><![CDATA[일상]]></category>
<title><![CDATA[한강 & 노을 <3]]></title>
<link><![CDATA[https://blog.naver.com/sanchaek/223000000001?fromRss=true&trackingCode=rss]]></link>
<guid>https://blog.naver.com/sanchaek/223000000001</guid>
<description><![CDATA[<p>노을이 <b>예뻤어요</b></p>]]></description>
<pubDate>Fri, 27 Nov 2026 18:30:00 +0900</pubDate>
</item></channel></rss>`,
  tistory: `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0">
  <channel>
    <title>개발하는 두부</title>
    <link>https://dubu.tistory.com/</link>
    <item>
      <title>D1에서 &amp;quot;한 번만&amp;quot; 하는 법</title>
      <link>https://dubu.tistory.com/42</link>
      <guid isPermaLink="true">https://dubu.tistory.com/42</guid>
      <comments>https://dubu.tistory.com/42#entry42comment</comments>
      <pubDate>Thu, 26 Nov 2026 09:10:11 +0900</pubDate>
    </item>
  </channel>
</rss>`,
  youtube: `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns:yt="http://www.youtube.com/xml/schemas/2015" xmlns:media="http://search.yahoo.com/mrss/" xmlns="http://www.w3.org/2005/Atom">
 <link rel="self" href="http://www.youtube.com/feeds/videos.xml?channel_id=UC0000000000000000000000"/>
 <title>고양이 채널</title>
 <link rel="alternate" href="https://www.youtube.com/channel/UC0000000000000000000000"/>
 <published>2020-01-01T00:00:00+00:00</published>
 <entry>
  <id>yt:video:abcdefghijk</id>
  <yt:videoId>abcdefghijk</yt:videoId>
  <title>상자에 들어간 고양이</title>
  <link rel="alternate" href="https://www.youtube.com/watch?v=abcdefghijk"/>
  <published>2026-11-27T03:00:00+00:00</published>
  <updated>2026-11-28T12:34:56+00:00</updated>
  <media:group><media:title>상자에 들어간 고양이</media:title></media:group>
 </entry>
</feed>`,
  reddit: `<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/"><title>newest submissions : typescript</title><link rel="alternate" href="https://www.reddit.com/r/typescript/" /><entry><author><name>/u/somebody</name></author><content type="html">&lt;table&gt;&lt;/table&gt;</content><id>t3_1abcdef</id><link href="https://www.reddit.com/r/typescript/comments/1abcdef/generics/" /><updated>2026-11-27T01:02:03+00:00</updated><published>2026-11-27T01:02:03+00:00</published><title>Is Array&lt;T&gt; better than T[]?</title></entry></feed>`,
  kma: `<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0">
<channel>
<title>기상청 육상 중기예보</title>
<link>http://www.kma.go.kr/weather/forecast/mid-term_01.jsp</link>
<item>
<author>기상청</author>
<title>전국 육상 중기예보 - 2026년 11월 27일 (금)요일 06:00 발표</title>
<link>http://www.kma.go.kr/weather/forecast/mid-term_01.jsp</link>
<guid>http://www.kma.go.kr/weather/forecast/mid-term_01.jsp</guid>
<pubDate>2026년 11월 27일 (금)요일 06:00</pubDate>
</item>
</channel>
</rss>`,
  wordpress: `
\ufeff<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"
	xmlns:content="http://purl.org/rss/1.0/modules/content/"
	xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom">
<channel>
	<title>Tom&#8217;s Notes</title>
	<atom:link href="https://notes.example/feed/" rel="self" type="application/rss+xml" />
	<link>https://notes.example</link>
	<item>
		<title>Don&#8217;t panic&#8230; it&amp;#8217;s fine</title>
		<link>https://notes.example/2026/11/dont-panic/?utm_source=rss&#038;utm_medium=rss</link>
		<dc:creator><![CDATA[tom]]></dc:creator>
		<pubDate>Fri, 27 Nov 2026 06:00:00 +0000</pubDate>
		<guid isPermaLink="false">https://notes.example/?p=123</guid>
		<content:encoded><![CDATA[<p>Long &nbsp; text</p>]]></content:encoded>
	</item>
</channel></rss>`,
  microblog: `<rss version="2.0"><channel><title></title><link>https://micro.example/</link>
<item><guid>https://micro.example/1</guid><description>&lt;p&gt;Rain &amp;amp; coffee&lt;/p&gt;</description></item>
<item><description></description></item>
</channel></rss>`,
  bare: `<rss><channel><title>R&D & more</title><item><title>A < B & C &nbsp; D</title><link>/relative?a=1&b=2</link></item>`,
  laughs: `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;">]>
<rss version="2.0"><channel><title>&b;</title><item><title>one &b;</title><link>https://a.example/1</link></item></channel></rss>`,
  page: `<!DOCTYPE html><html><head><title>A blog</title>
<link rel="stylesheet" href="/s.css"><link rel="alternate" type="application/rss+xml" title="RSS" href="/feed.xml">
<link type='application/atom+xml' href='https://blog.example/atom' rel='alternate'></head><body></body></html>`,
} as const;
