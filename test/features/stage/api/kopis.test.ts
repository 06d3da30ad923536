import { beforeEach, describe, expect, test } from 'vitest';
import { listPerformances, readPage } from '../../../../src/features/stage/api/kopis.ts';
import type { Runtime } from '../../../../src/lib/runtime.ts';
import { createClock } from '../../../sandbox/clock.ts';
import { kopisRow } from '../../../sandbox/kopis/rows.ts';
import { createKopis, type KopisSandbox } from '../../../sandbox/kopis/sandbox.ts';

const clock = createClock(Date.UTC(2026, 10, 30, 3), false);
let kopis: KopisSandbox;
let fetch: Runtime['fetch'];
let calls: URL[];
let pauses: number[];

beforeEach(() => {
  const made = createKopis(clock);
  kopis = made.sandbox;
  calls = [];
  pauses = [];
  fetch = (request) => {
    calls.push(new URL(request.url));
    return made.handle(request);
  };
});

function list(changes: Partial<Parameters<typeof listPerformances>[0]> = {}) {
  return listPerformances({
    runtime: { now: () => clock.now(), fetch: (request) => fetch(request) },
    apiUrl: 'https://www.kopis.or.kr/openApi/restful',
    key: 'sandbox-kopis-key',
    contact: 'me@example.com',
    genre: 'play',
    from: '2026-11-30',
    to: '2026-12-30',
    region: null,
    pause: async (ms) => {
      pauses.push(ms);
    },
    ...changes,
  });
}

describe('what KOPIS lists', () => {
  test('is the genre that was asked for, names decoded and trimmed', async () => {
    const found = await list();
    if (found.kind !== 'performances') throw new Error(found.detail);
    expect(found.performances.map(({ name }) => name)).toContain('마지막 기차 & 첫눈');
    expect(found.performances.every(({ genre }) => genre === 'play')).toBe(true);
    expect(calls).toHaveLength(1);
    expect(calls[0]?.searchParams.get('shcate')).toBe('AAAA');
  });

  test('has no last day for an open run', async () => {
    const found = await list();
    if (found.kind !== 'performances') throw new Error(found.detail);
    const openRun = found.performances.find(({ name }) => name.includes('오픈런'));
    expect(openRun?.to).toBeNull();
  });

  test('is read page by page until one is not full', async () => {
    kopis.rows.push(
      ...Array.from({ length: 230 }, (_, index) =>
        kopisRow({
          mt20id: `PF3${String(index).padStart(5, '0')}`,
          prfnm: `작품 ${index}`,
          from: '2026-12-01',
          to: '2026-12-20',
          fcltynm: '소극장',
          area: '서울특별시',
          genre: 'AAAA',
          openrun: 'N',
        }),
      ),
    );
    const found = await list();
    expect(found.kind === 'performances' && found.performances.length).toBeGreaterThan(230);
    expect(calls.map((url) => url.searchParams.get('cpage'))).toEqual(['1', '2', '3']);
    expect(pauses).toEqual([200, 200]);
  });

  test('may be of one region', async () => {
    const found = await list({ region: '26' });
    expect(found.kind === 'performances' && found.performances.map(({ area }) => area)).toEqual([
      '부산광역시',
    ]);
  });

  test('nothing is nothing, not a failure', async () => {
    kopis.rows.length = 0;
    expect(await list()).toEqual({ kind: 'performances', performances: [] });
  });
});

describe('what KOPIS says with HTTP 200 when it fails', () => {
  test('a key it does not know is the key’s fault, and the key is not told', async () => {
    const found = await list({ key: 'wrong-secret' });
    expect(found).toMatchObject({ kind: 'auth' });
    expect(JSON.stringify(found)).not.toContain('wrong-secret');
  });

  test('a time-out passes', async () => {
    kopis.failure = '05';
    expect(await list()).toMatchObject({ kind: 'unavailable' });
  });

  test.each(['', 'Service Unavailable', '<html><body>점검 중</body></html>', '{"a":1}', '<dbs2/>'])(
    '%j in place of the list is a failure',
    async (body) => {
      fetch = async () => new Response(body);
      expect(await list()).toMatchObject({ kind: 'broken' });
    },
  );

  test.each([
    ['22', 'LIMITED NUMBER OF SERVICE REQUESTS EXCEEDS ERROR', 'unavailable'],
    ['05', 'SERVICETIMEOUT ERROR', 'unavailable'],
    ['04', 'HTTP ERROR', 'unavailable'],
    ['99', '일일 트래픽 초과', 'unavailable'],
    ['20', 'SERVICE ACCESS DENIED ERROR', 'auth'],
    ['30', 'SERVICE KEY IS NOT REGISTERED ERROR', 'auth'],
    ['31', 'DEADLINE HAS EXPIRED ERROR', 'auth'],
    ['10', 'INVALID REQUEST PARAMETER ERROR', 'broken'],
  ])('%s %s is told from others', (code, words, kind) => {
    const xml = `<dbs><db><returncode>${code}</returncode><errmsg>${words}</errmsg></db></dbs>`;
    expect(readPage(xml, 'play')).toMatchObject({ kind });
  });

  test('half a list is none: half a day is another day', () => {
    for (const part of ['<dbs>', `<dbs><db><prfnm>작품</prfnm></db><db><prfpdto>2026.12.2`]) {
      expect(readPage(part, 'play').kind).toBe('unavailable');
    }
  });

  test('rows of which most lack what they need are a failure', () => {
    const row = '<db><mt20id>PF1</mt20id><prfnm>이름</prfnm></db>';
    expect(readPage(`<dbs>${row}${row}</dbs>`, 'play')).toMatchObject({ kind: 'broken' });
  });
});

describe('a burst that KOPIS turns away', () => {
  test('is tried again after a moment', async () => {
    kopis.blockedCalls = 2;
    expect((await list()).kind).toBe('performances');
    expect(pauses).toEqual([1000, 2000]);
  });

  test('is given up after three tries', async () => {
    kopis.blockedCalls = 9;
    expect(await list()).toMatchObject({ kind: 'unavailable' });
    expect(calls).toHaveLength(3);
  });

  test('is not mistaken for a 400 that is our fault', async () => {
    fetch = async () => new Response('Bad Request', { status: 400 });
    expect(await list()).toMatchObject({ kind: 'broken' });
  });
});
