import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { HOUR_MS } from '../../../src/lib/time.ts';
import { createHarness, type Harness } from '../../worker/harness.ts';

let harness: Harness;
beforeEach(async () => {
  harness = await createHarness();
});

async function open(day: string, language = 'ko'): Promise<Response> {
  const headers = { 'accept-language': language };
  return await harness.fetch(new Request(`https://soshik.example/menu/${day}`, { headers }));
}

describe('the page of a day’s menu', () => {
  test('tells every meal in full, as text', async () => {
    const dishes = Array.from({ length: 40 }, (_, index) => `<b>반찬 ${index}</b>`);
    harness.world.neis.setMeals('2026-11-23', { lunch: dishes.join('<br/>'), dinner: '비빔밥' });
    const html = await (await open('2026-11-23')).text();
    expect(html).toContain('11월 23일 월요일 점심');
    expect(html).toContain('반찬 39');
    expect(html).toContain('비빔밥');
    expect(html).not.toContain('<b>반찬');
  });

  test('is today’s where no day is named', async () => {
    const response = await harness.fetch(new Request('https://soshik.example/menu'));
    expect(response.status).toBe(302);
    expect(response.headers.get('location')).toBe('/menu/2026-11-22');
  });

  test('says when there is no menu, in the reader’s language', async () => {
    expect(await (await open('2026-11-22')).text()).toContain('이날은 식단이 없어요');
    expect(await (await open('2026-11-22', 'en')).text()).toContain('There is no menu');
  });

  test('says when nobody tells a menu here', async () => {
    harness.redeploy({ MENU_SCHOOL: '' });
    expect(await (await open('2026-11-23')).text()).toContain('식단을 알리지 않아요');
  });

  describe('while NEIS is down', () => {
    const down = [
      { kind: 'status', status: 503, times: 1000 },
      { kind: 'network', times: 1000 },
      { kind: 'status', status: 200, body: '<html>', times: 1000 },
      { kind: 'hang', times: 1000 },
    ] as const;

    beforeEach(() => {
      const timeout = AbortSignal.timeout.bind(AbortSignal);
      // Nobody has to wait for patience to end that is five seconds long.
      vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => timeout(ms / 50));
    });
    afterEach(() => {
      vi.restoreAllMocks();
    });

    test.each(down)('(%o) tells what is kept', async (fault) => {
      harness.world.neis.setMeals('2026-11-23', { lunch: '비빔밥' });
      await open('2026-11-23');
      harness.world.faults.add({ host: 'open.neis.go.kr', ...fault });
      harness.world.clock.advance(20 * HOUR_MS);
      const late = await open('2026-11-23');
      expect([late.status, (await late.text()).includes('비빔밥')]).toEqual([200, true]);
    });

    test.each(down)('(%o) says so of a day it was never asked for', async (fault) => {
      harness.world.faults.add({ host: 'open.neis.go.kr', ...fault });
      const response = await open('2026-11-24');
      expect(response.status).toBe(200);
      expect(await response.text()).toContain('지금은 읽을 수 없어요');
    });
  });

  test.each(['2026-12-24', '2026-11-31', '1999-01-01', 'today'])(
    'is not there for %s: it would cost a call for nobody',
    async (day) => {
      expect((await open(day)).status).toBe(404);
      expect(harness.world.requests).toEqual([]);
    },
  );
});
