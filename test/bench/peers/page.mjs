// Reads the titles out of Netflix's page, the data element found by one library; prints how often.
import { readFileSync } from 'node:fs';
import { readReleases } from '../../../src/features/titles/api/netflixPage.ts';

/** Each gives the text of the data element. */
const finders = {
  cheerio: async () => {
    const { load } = await import('cheerio');
    return (html) => load(html)('script#__NEXT_DATA__').text();
  },
  htmlparser2: async () => {
    const { Parser } = await import('htmlparser2');
    return (html) => {
      let isInside = false;
      let text = '';
      const parser = new Parser({
        onopentag: (name, { id }) => {
          isInside = name === 'script' && id === '__NEXT_DATA__';
        },
        ontext: (part) => {
          if (isInside) text += part;
        },
        onclosetag: () => {
          isInside = false;
        },
      });
      parser.end(html);
      return text;
    };
  },
  'node-html-parser': async () => {
    const { parse } = await import('node-html-parser');
    return (html) => parse(html).querySelector('script#__NEXT_DATA__').textContent;
  },
};

const [who, path, milliseconds] = process.argv.slice(2);
const html = readFileSync(path, 'utf8');
const find = await finders[who]?.();

function titles() {
  // The same reading of the data for all: only how its element is found differs.
  const page = find
    ? `<script id="__NEXT_DATA__" type="application/json">${find(html)}</script>`
    : html;
  return readReleases(page);
}

if (!(titles().rows?.length >= 10)) throw new Error(`${who} reads no titles`);
for (let count = 0; count < 5; count++) titles();
let read = 0;
const cpu = process.cpuUsage();
const startedAt = performance.now();
while (read < 5 || performance.now() - startedAt < Number(milliseconds)) {
  titles();
  read += 1;
}
const { user, system } = process.cpuUsage(cpu);
process.stdout.write(
  JSON.stringify({
    requests: read,
    seconds: (performance.now() - startedAt) / 1000,
    cpuSeconds: (user + system) / 1e6,
  }),
);
