import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createHarness, type Harness } from '../worker/harness.ts';

let harness: Harness;
const lines: string[] = [];
beforeEach(async () => {
  harness = await createHarness();
  lines.length = 0;
  vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line));
});
afterEach(() => {
  vi.restoreAllMocks();
});

const ADDRESS = '203.0.113.7';

async function post(path: string, headers: Record<string, string> = {}): Promise<number> {
  const request = new Request(`https://soshik.example${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'cf-connecting-ip': ADDRESS, ...headers },
    body: '{}',
  });
  return (await harness.fetch(request)).status;
}

describe('S-15: who is not let in', () => {
  test.each<[string, Record<string, string>]>([
    ['/webhook/twitter', {}],
    ['/webhook/twitter', { 'x-twitter-webhooks-signature': 'sha256=AAAA' }],
    ['/webhook/telegram', { 'x-telegram-bot-api-secret-token': 'wrong' }],
    ['/webhook/github', { 'x-hub-signature-256': 'sha256=00' }],
    ['/webhook/kakao/unlink', { authorization: 'KakaoAK wrong' }],
    ['/skill', { 'x-skill-token': 'wrong' }],
    ['/api/', { authorization: 'Bearer wrong-wrong-wrong-wrong' }],
  ])('at %s leaves one line with a hash of where they came from', async (path, headers) => {
    expect(await post(path, headers)).toBe(401);
    const told = lines.filter((line) => line.includes('"door-refused"'));
    expect(told).toHaveLength(1);
    expect(JSON.parse(told[0] ?? '')).toMatchObject({
      path,
      source: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
    expect(lines.join('\n')).not.toContain(ADDRESS);
    expect(lines.join('\n')).not.toMatch(/wrong|AAAA/);
  });
});

const asked = () =>
  harness.world.requests.filter(({ url }) => url.includes('open.neis.go.kr')).length;

const part = (value: object) =>
  btoa(JSON.stringify(value)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');

/** Answers to events that somebody signed with keys of their own. */
async function forge(count: number): Promise<number[]> {
  const claims = {
    iss: 'https://kauth.kakao.com',
    aud: harness.env.KAKAO_REST_API_KEY,
    iat: Math.floor(harness.world.clock.now() / 1000),
    events: {},
  };
  const answers: number[] = [];
  for (let turn = 0; turn < count; turn++) {
    const jwt = `${part({ alg: 'RS256', kid: `forged-${turn}` })}.${part(claims)}.AAAA`;
    const request = new Request('https://soshik.example/webhook/kakao/events', {
      method: 'POST',
      headers: { 'content-type': 'application/secevent+jwt' },
      body: jwt,
    });
    answers.push((await harness.fetch(request)).status);
  }
  return answers;
}
const fetchedKeys = () =>
  harness.world.requests.filter(({ url }) => url.includes('jwks.json')).length;

describe('S-14: what strangers pay nothing for', () => {
  test('a page for each day of two weeks asks the source once a day, not once a look', async () => {
    const days = Array.from({ length: 15 }, (_, index) =>
      new Date(harness.world.clock.now() + (index - 7) * 86_400_000).toISOString().slice(0, 10),
    );
    const look = async () => {
      for (const day of days) {
        await harness.fetch(new Request(`https://soshik.example/menu/${day}`));
      }
    };
    await look();
    const first = asked();
    expect(first).toBeGreaterThan(0);
    for (let turn = 0; turn < 4; turn++) await look();
    expect(asked()).toBe(first);
  });

  test('forged security events have Kakao’s keys fetched once', async () => {
    expect(await forge(30)).toEqual(Array(30).fill(400));
    expect(fetchedKeys()).toBe(1);
  });

  test('forged security events do not call on a Kakao that is down', async () => {
    harness.world.faults.add({ host: 'kauth.kakao.com', kind: 'status', status: 503, times: 99 });
    expect(await forge(30)).toEqual(Array(30).fill(503));
    expect(fetchedKeys()).toBe(1);
    harness.world.faults.clear();
    harness.world.clock.advance(6 * 60_000);
    expect(await forge(2)).toEqual([400, 400]);
    expect(fetchedKeys()).toBe(2);
  });
});
