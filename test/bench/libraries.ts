import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createNetflix } from '../sandbox/netflix.ts';
import { defaultImageBase, freshRows } from '../sandbox/netflix-rows.ts';
import type { Bundles } from './bundles.ts';
import { alternate, type Effort, work } from './measure.ts';
import type { Comparison } from './rows.ts';

/** Work that packages do as well: OAuth 1.0a headers, and titles out of a page. */
export async function compareLibraries({ folder }: Bundles, effort: Effort): Promise<Comparison[]> {
  const milliseconds = String(effort.seconds * 1000);
  const contender = (script: string, ...parameters: string[]) => {
    const [name = ''] = parameters;
    return { name, run: () => work(script, ...parameters, milliseconds) };
  };

  const now = Date.UTC(2026, 10, 22, 3);
  const page = createNetflix(freshRows(now, defaultImageBase)).sandbox.page();
  const path = join(folder, 'page.html');
  await writeFile(path, page);
  const readers = ['soshik', 'cheerio', 'htmlparser2', 'node-html-parser'];
  const read = await alternate(
    readers.map((name) => contender('page.mjs', name, path)),
    effort,
  );
  const makers = ['soshik', 'twitter-api-v2', 'oauth-1.0a'];
  return [
    {
      work: 'Netflix page to items',
      unit: 'ms of CPU',
      digits: 2,
      how: `From a page of ${Math.round(Buffer.byteLength(page) / 1000)} KB to its titles, on Node. The peers find the element that holds the data; the rest is the same code for all.`,
      entries: read.map(({ name, samples }) => ({
        name,
        samples: samples.map((perSecond) => 1000 / perSecond),
      })),
      targets: [{ atMost: 10 }],
    },
    {
      work: 'Netflix page to items, as a share',
      unit: 'pages per second of CPU',
      how: 'The same runs.',
      entries: read,
      targets: [
        { of: 'cheerio', atLeast: 10 },
        { of: 'htmlparser2', atLeast: 3 },
      ],
    },
    {
      work: 'OAuth 1.0a headers',
      unit: 'headers per second of CPU',
      how: 'Headers for a post with HMAC-SHA1, on Node. Ours signs by Web Crypto, as a Worker must; the peers by node:crypto. No target: the bot signs some twenty requests a week.',
      entries: await alternate(
        makers.map((name) => contender('oauth.mjs', name)),
        effort,
      ),
    },
  ];
}
