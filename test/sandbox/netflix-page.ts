import type { NetflixRow } from './netflix-rows.ts';

/**
 * Shapes of the page: `data` and `results` as measured (rows at `props.pageProps.data.data` or
 * `.data.results.data`); `moved` has the rows elsewhere in the JSON; `broken` has lost the script
 * element; `login` and `error` are other pages that come with status 200 all the same.
 */
export type NetflixLayout = 'data' | 'results' | 'moved' | 'broken' | 'login' | 'error';

const perPage = 20;

/** The pages that were drawn last: many worlds show the same, and drawing one takes long. */
const drawn = new Map<string, string>();
const MOST_DRAWN = 8;

/** The page `/ko/new-to-watch`: about 700 KB with the first 20 rows by start. */
export function netflixPage(rows: readonly NetflixRow[], layout: NetflixLayout): string {
  const key = JSON.stringify([rows, layout]);
  const page = drawn.get(key) ?? draw(rows, layout);
  if (drawn.size === MOST_DRAWN) drawn.clear();
  drawn.set(key, page);
  return page;
}

function draw(rows: readonly NetflixRow[], layout: NetflixLayout): string {
  if (layout === 'login') return frame('로그인 - Netflix', loginForm);
  if (layout === 'error') return frame('Netflix', errorText);
  const shown = rows.toSorted((one, other) => one.startTime - other.startTime).slice(0, perPage);
  const json = escapeForScript(JSON.stringify(nextData(shown, rows.length, layout)));
  const data =
    layout === 'broken'
      ? `<script>self.__next_f=self.__next_f||[];self.__next_f.push([1,${escapeForScript(JSON.stringify(json))}])</script>`
      : `<script id="__NEXT_DATA__" type="application/json">${json}</script>`;
  return frame(
    '새로 올라온 콘텐츠 - About Netflix',
    `${navigation}${cards(shown)}${data}${chunks}`,
  );
}

function nextData(rows: readonly NetflixRow[], total: number, layout: NetflixLayout): object {
  const list = {
    totalItems: total,
    current: 1,
    totalPages: Math.max(Math.ceil(total / perPage), 1),
    perPage,
    data: rows,
  };
  const placed =
    layout === 'moved'
      ? { sections: [{ type: 'hero' }, { type: 'calendar', content: { releases: list } }] }
      : { data: layout === 'results' ? { results: list } : list };
  return {
    props: {
      pageProps: {
        locale: 'ko',
        messages: messages(),
        // Neighbours that look a little like rows, as pages have them.
        featured: rows.slice(0, 3).map((row) => ({ videoID: row.videoID, weight: 1 })),
        events: [{ name: 'earnings', startTime: 1_768_000_000_000 }],
        ...placed,
      },
      __N_SSP: true,
    },
    page: '/[locale]/new-to-watch',
    query: { locale: 'ko' },
    buildId: 'q7JYcN0fT1hV5sandbox',
    isFallback: false,
    gssp: true,
    scriptLoader: [],
  };
}

/** Next.js writes its JSON so that no character of it can end the script element. */
function escapeForScript(json: string): string {
  return json.replace(
    /[&<>\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

function cards(rows: readonly NetflixRow[]): string {
  const items = rows.map((row) => {
    const path = row.collection === 81500273 ? 'game' : 'title';
    const start = new Date(row.startTime);
    const day = `${start.getUTCFullYear()}/${start.getUTCMonth() + 1}/${start.getUTCDate()}`;
    const title = escapeHtml(row.title1);
    const link = `https://www.netflix.com/${path}/${row.videoID}`;
    return `<li class="css-1u5xkc2"><a href="${link}"><img loading="lazy" alt="${title}" src="${escapeHtml(row.image ?? '')}"/><div class="sc-TitleContainer-a81f">${title}</div><time>${day}</time></a></li>`;
  });
  return `<main id="main"><h1>새로 올라온 콘텐츠</h1><ul class="css-9kd01">${items.join('')}</ul></main>`;
}

/** The interface's own texts, which make most of the page's weight: about 400 KB. */
function messages(): Record<string, string> {
  return Object.fromEntries(
    Array.from({ length: 2640 }, (_, index) => [
      `about.section_${index % 60}.label_${index}`,
      `넷플릭스 소식 ${index}번 문구 {count, plural, other {#개}} <b>더 보기</b> "자세히" & 공유하기 [${index}]`,
    ]),
  );
}

const styles = Array.from(
  { length: 2600 },
  (_, index) =>
    `.css-${(index * 7919).toString(36)}{display:flex;margin:${index % 40}px;color:rgba(${index % 255},20,31,.9)}.css-${(index * 7919).toString(36)}>a:hover{opacity:.${(index % 9) + 1}}`,
).join('');

const navigation = `<header><nav>${['회사 소개', '뉴스', '투자자', '채용']
  .map((label) => `<a href="/ko/${encodeURIComponent(label)}">${label}</a>`)
  .join('')}</nav></header>`;

const chunks = Array.from(
  { length: 24 },
  (_, index) => `<script src="/_next/static/chunks/${index * 131}-9f2c.js" defer=""></script>`,
).join('');

const loginForm =
  '<main><h1>로그인</h1><form method="post" action="/login"><input name="email"/><input name="password" type="password"/><button>로그인</button></form></main>';

const errorText =
  '<main><h1>문제가 발생했습니다</h1><p>잠시 후 다시 시도해 주세요. NSES-500</p></main>';

function frame(title: string, body: string): string {
  // The element is looked up by script before it exists: its name alone marks nothing.
  const boot =
    '<script>window.__boot=function(){return document.getElementById("__NEXT_DATA__")}</script>';
  return `<!DOCTYPE html><html lang="ko"><head><meta charSet="utf-8"/><title>${title}</title><meta name="viewport" content="width=device-width"/><style data-emotion="css">${styles}</style>${boot}</head><body><div id="__next">${body}</div></body></html>`;
}
