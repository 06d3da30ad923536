import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readReleases } from '../../../../src/features/titles/api/netflixPage.ts';
import { judgeReleases } from '../../../../src/features/titles/source/netflixItems.ts';
import { pageOf } from '../api/pages.ts';

const recording = new URL(
  '../../../shared/fixtures/netflix-releases-DE-films-2026-10-06.json',
  import.meta.url,
);
const hasRecording = existsSync(recording);
const note = hasRecording ? '' : ' (skipped: the recording is not beside this checkout)';

const EXPECTED = {
  country: 'DE',
  now: Date.UTC(2026, 9, 3),
  timeZone: 'Asia/Seoul',
  pageUrl: 'https://pages.example/de',
};

test.skipIf(!hasRecording)(
  `the films recorded for Germany on 2026-10-06 give their seven days in Seoul${note}`,
  () => {
    const data: unknown = JSON.parse(readFileSync(recording, 'utf8'));
    const page = readReleases(pageOf({ props: { pageProps: { data } } }));
    const judged = page.kind === 'rows' ? judgeReleases(page, EXPECTED) : page;
    const items = judged.kind === 'items' ? judged.items : [];

    expect(judged).toMatchObject({ kind: 'items', leftOut: [] });
    expect(
      items.map(({ kind, sourceId, title, startsOn }) => [kind, sourceId, title, startsOn]),
    ).toEqual([
      ['film', '82023496', 'Doing Life', '2026-10-02'],
      ['film', '81744789', 'Mniej obcy', '2026-10-07'],
      ['film', '81922437', 'Who Is Martin Mull?', '2026-10-07'],
      ['film', '81757047', 'Animals', '2026-10-09'],
      ['film', '82027563', 'Lo dejamos acá', '2026-10-16'],
      ['film', '81645163', 'Seriously Single Too', '2026-10-16'],
      ['film', '82059675', "SCTV: The Greatest Show You've Never Heard Of", '2026-10-30'],
    ]);
  },
);
