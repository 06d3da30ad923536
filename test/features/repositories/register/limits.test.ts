import { beforeEach, describe, expect, test } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '../../../../src/lib/time.ts';
import { createVisitor, hiddenFields, problemOf, stepOf, type Visitor, visit } from './visitor.ts';

let visitor: Visitor;
beforeEach(async () => {
  visitor = await createVisitor();
});

const asked = () => visitor.harness.world.github.calls.graphql;

describe('GitHub is asked for a stranger', () => {
  test('once for all steps, and again only after ten minutes', async () => {
    const page = await visitor.check('hana/garden');
    const calls = asked();
    expect(calls).toBeGreaterThan(0);
    await visitor.send(page, { branch: 'main' });
    await visit(visitor.harness, 'en', '198.51.100.1').check('hana/garden');
    expect(asked()).toBe(calls);
    visitor.harness.world.clock.advance(11 * MINUTE_MS);
    await visitor.check('hana/garden');
    expect(asked()).toBeGreaterThan(calls);
  });

  test.each([
    ['no token', () => ''],
    ['a made-up token', () => `v1.aaaaaaaa.9999999999999..${'a'.repeat(43)}`],
    ['a changed token', (token: string) => `${token.slice(0, -2)}AA`],
  ])('never with %s', async (_which, change) => {
    const { token = '' } = hiddenFields(await visitor.browser.page('/register?channel=kakao'));
    const query = new URLSearchParams({
      channel: 'kakao',
      address: 'hana/garden',
      token: change(token),
    });
    const page = await visitor.browser.page(`/register?${query.toString()}`);
    expect(stepOf(page)).toBe('주소');
    expect(page).toContain('value="hana/garden"');
    expect(asked()).toBe(0);
  });

  test('never from a page of another site, even with a token of ours', async () => {
    const page = await visitor.browser.page('/register?channel=kakao');
    const query = new URLSearchParams({ ...hiddenFields(page), address: 'hana/garden' });
    const headers = { 'sec-fetch-site': 'cross-site' };
    const response = await visitor.browser.get(`/register?${query.toString()}`, headers);
    expect(stepOf(await response.text())).toBe('주소');
    expect(asked()).toBe(0);
  });

  test('not from a page that was left open for over an hour, which helps itself', async () => {
    const page = await visitor.browser.page('/register?channel=kakao');
    visitor.harness.world.clock.advance(HOUR_MS + 1);
    const late = await visitor.send(page, { address: 'hana/garden' });
    expect(problemOf(late)).toContain('한 번 더 눌러 주세요');
    expect(stepOf(await visitor.send(late, { address: 'hana/garden' }))).toBe('고르기');
  });

  test('twenty times in ten minutes, then by the chat only', async () => {
    const page = await visitor.browser.page('/register?channel=kakao');
    for (let index = 0; index < 20; index++) {
      await visitor.send(page, { address: `hana/nothing-${index}` });
    }
    const calls = asked();
    const stopped = await visitor.send(page, { address: 'hana/garden' });
    expect(problemOf(stopped)).toContain('10분 뒤에');
    expect(problemOf(stopped)).toContain('구독 hana/garden');
    expect(asked()).toBe(calls);
    // Somebody else may go on, next door too, however often this one tries.
    for (let index = 0; index < 25; index++) {
      await visitor.send(page, { address: `hana/more-${index}` });
    }
    const other = visit(visitor.harness, 'ko', '203.0.113.8');
    expect(stepOf(await other.check('hana/garden'))).toBe('고르기');
    visitor.harness.world.clock.advance(10 * MINUTE_MS);
    expect(stepOf(await visitor.check('hana/garden/tree/dev'))).toBe('고르기');
  });

  test('S-14: three times in five minutes, when others have used up what all may', async () => {
    await visitor.harness.env.DB.prepare(
      `INSERT INTO login_attempts (source, attempts, ends_at) VALUES ('check *', 25, ?1)`,
    )
      .bind(visitor.harness.runtime.now() + 5 * MINUTE_MS)
      .run();
    for (const branch of ['main', 'dev', 'feat/roses']) {
      expect(stepOf(await visitor.check(`hana/garden/tree/${branch}`))).toBe('고르기');
    }
    const calls = asked();
    expect(problemOf(await visitor.check('hana/garden'))).toContain('5분 뒤에');
    expect(asked()).toBe(calls);
  });

  test('S-14: five minutes later at the latest, however many used up everything', async () => {
    const page = await visitor.browser.page('/register?channel=kakao');
    for (let from = 1; from <= 15; from++) {
      const one = visit(visitor.harness, 'ko', `198.51.${from}.7`);
      for (let turn = 0; turn < 3; turn++) {
        await one.send(page, { address: `hana/nothing-${from}-${turn}` });
      }
    }
    expect(problemOf(await visitor.check('hana/garden'))).toContain('5분 뒤에');
    visitor.harness.world.clock.advance(5 * MINUTE_MS);
    expect(stepOf(await visitor.check('hana/garden'))).toBe('고르기');
  });

  test('S-14: of what is kept for others three times an hour for a whole network', async () => {
    const { harness } = visitor;
    /** Uses up what all strangers may ask, as a network with many addresses can. */
    const flood = async (network: (host: number) => string, hosts: number) => {
      const page = await visitor.browser.page('/register?channel=kakao');
      for (let host = 1; host <= hosts; host++) {
        await visit(harness, 'ko', network(host)).send(page, {
          address: `hana/no-${network(host)}`,
        });
      }
    };
    await flood((host) => `198.51.${host % 2}.${host}`, 25);
    for (const network of [
      (host: number) => `203.0.112.${host}`,
      (host: number) => `2001:db8:7:${host.toString(16)}::1`,
    ]) {
      const before = asked();
      await flood(network, 30);
      expect(asked() - before).toBe(3);
    }
    // What is kept is not used up: somebody from elsewhere is served.
    expect(stepOf(await visitor.check('hana/garden'))).toBe('고르기');
  });

  test('not at all while it is left alone', async () => {
    await visitor.harness.env.DB.prepare(
      `INSERT INTO settings (key, value, changed_at) VALUES ('github-budget', ?1, 1)`,
    )
      .bind(JSON.stringify({ until: visitor.harness.runtime.now() + MINUTE_MS }))
      .run();
    expect(problemOf(await visitor.check('hana/garden'))).toContain('GitHub이 대답하지 않아요');
    expect(asked()).toBe(0);
  });

  test('without TOKEN_KEY too, within the same limits', async () => {
    visitor = await createVisitor({ vars: { TOKEN_KEY: undefined } });
    expect(stepOf(await visitor.check('hana/garden'))).toBe('고르기');
  });
});

test('addresses of visitors are kept as hashes only', async () => {
  await visitor.check('hana/garden');
  const { results } = await visitor.harness.env.DB.prepare('SELECT * FROM login_attempts').all();
  expect(results).toHaveLength(3);
  expect(JSON.stringify(results)).not.toContain('203.0.113');
});
