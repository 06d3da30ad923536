/** An item of the sandbox's feed. */
export interface SandboxItem {
  readonly id: string | null;
  readonly link: string;
  readonly title: string;
  /** Epoch milliseconds; `null`: undated. */
  readonly at: number | null;
}

export type FeedFormat = 'rss' | 'rdf' | 'atom' | 'json';

export interface FeedHead {
  readonly title: string;
  readonly site: string;
}

/** Content types of the formats. */
export const feedTypes: Readonly<Record<FeedFormat, string>> = {
  rss: 'application/rss+xml; charset=utf-8',
  rdf: 'application/xml',
  atom: 'application/atom+xml',
  json: 'application/feed+json',
};

/** A feed in one of the four formats, newest item first. */
export function writeFeed(
  format: FeedFormat,
  head: FeedHead,
  items: readonly SandboxItem[],
): string {
  switch (format) {
    case 'rss':
      return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>${escapeXml(head.title)}</title><link>${head.site}</link>
${items.map(rssItem).join('\n')}
</channel></rss>`;
    case 'rdf':
      return `<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="${head.site}"><title>${escapeXml(head.title)}</title><link>${head.site}</link></channel>
${items.map(rdfItem).join('\n')}
</rdf:RDF>`;
    case 'atom':
      return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>${escapeXml(head.title)}</title><link href="${head.site}"/>
${items.map(atomEntry).join('\n')}
</feed>`;
    case 'json':
      return JSON.stringify({
        version: 'https://jsonfeed.org/version/1.1',
        title: head.title,
        home_page_url: head.site,
        items: items.map(({ id, link, title, at }) => ({
          ...(id !== null && { id }),
          url: link,
          title,
          ...(at !== null && { date_published: new Date(at).toISOString() }),
        })),
      });
    default:
      return format satisfies never;
  }
}

function rssItem({ id, link, title, at }: SandboxItem): string {
  const guid = id === null ? '' : `<guid isPermaLink="false">${escapeXml(id)}</guid>`;
  const date = at === null ? '' : `<pubDate>${new Date(at).toUTCString()}</pubDate>`;
  return `<item><title>${escapeXml(title)}</title><link>${escapeXml(link)}</link>${guid}${date}</item>`;
}

function rdfItem({ link, title, at }: SandboxItem): string {
  const date = at === null ? '' : `<dc:date>${new Date(at).toISOString()}</dc:date>`;
  return `<item rdf:about="${escapeXml(link)}"><title>${escapeXml(title)}</title><link>${escapeXml(link)}</link>${date}</item>`;
}

function atomEntry({ id, link, title, at }: SandboxItem): string {
  const date = at === null ? '' : `<published>${new Date(at).toISOString()}</published>`;
  const guid = id === null ? '' : `<id>${escapeXml(id)}</id>`;
  return `<entry>${guid}<title>${escapeXml(title)}</title><link href="${escapeXml(link)}"/>${date}</entry>`;
}

function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
