import { attribute, readXml, type XmlElement } from '../../lib/xml.ts';

const MOST_FEEDS = 200;
const MOST_BYTES = 1_000_000;

/** A feed in an OPML list. */
export interface OutlinedFeed {
  readonly title: string;
  readonly url: string;
  readonly siteUrl: string | null;
}

/** The list as OPML 2.0 (opml.org/spec2). */
export function writeOpml(feeds: readonly OutlinedFeed[], title: string): string {
  const outlines = feeds.map(({ title: text, url, siteUrl }) => {
    const site = siteUrl === null ? '' : ` htmlUrl="${escapeXml(siteUrl)}"`;
    const name = escapeXml(text);
    return `    <outline type="rss" text="${name}" title="${name}" xmlUrl="${escapeXml(url)}"${site}/>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0">
  <head><title>${escapeXml(title)}</title></head>
  <body>
${outlines.join('\n')}
  </body>
</opml>
`;
}

/** The feeds in an OPML list, in all its folders, each address once; `null` for what is no OPML. */
export function readOpml(text: string): readonly OutlinedFeed[] | null {
  if (text.length > MOST_BYTES) return null;
  const root = readXml(text)?.find(({ tagName }) => tagName.toLowerCase() === 'opml');
  if (root === undefined) return null;
  const found = new Map<string, OutlinedFeed>();
  const walk = (parent: XmlElement): void => {
    for (const child of parent.children) {
      if (typeof child === 'string') continue;
      const url = attribute(child, 'xmlUrl') || attribute(child, 'xmlurl');
      if (url !== '' && found.size < MOST_FEEDS && !found.has(url)) {
        const title = attribute(child, 'title') || attribute(child, 'text') || url;
        found.set(url, { title, url, siteUrl: attribute(child, 'htmlUrl') || null });
      }
      walk(child);
    }
  };
  walk(root);
  return [...found.values()];
}

function escapeXml(text: string): string {
  return text
    .replace(/\p{Cc}/gu, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
