import { beforeEach, describe, expect, test } from 'vitest';
import { HOUR_MS } from '../../src/lib/time.ts';
import { createHarness, type Harness } from './harness.ts';
import { halfHour } from './repoPollSteps.ts';
import { botMessages, connectTelegram, privateChat, write } from './telegramSteps.ts';

let harness: Harness;
beforeEach(async () => {
  harness = await createHarness();
  await connectTelegram(harness);
  harness.world.github.addRepository({ owner: 'hana', name: 'app', branches: ['main'] });
});

const github = () => harness.world.github;

async function say(text: string): Promise<string> {
  return (await write(harness, privateChat(harness), text))?.text ?? '(silence)';
}

test('a pattern that is watched is said to cover what fits it now', async () => {
  github().createBranch('hana/app', 'release/1.0');
  const answer = await say('구독 hana/app release/*');
  expect(answer).toContain('지금 브랜치 1개를 지켜보고');
  expect(answer).not.toContain('아직 커밋이 없어요');
  expect(await say('구독 hana/app hotfix/*')).toContain('아직 맞는 브랜치가 없어요');
});

describe('the status of a pattern', () => {
  test('names the branches it covers now, those with the latest news first', async () => {
    for (const name of ['release/1.0', 'release/1.1', 'release/2.0', 'dev']) {
      github().createBranch('hana/app', name);
    }
    await say('구독 hana/app release/* as 출시');
    expect(await say('상태 출시')).toBe(
      [
        '[출시] hana/app · release/*',
        '지금 브랜치 3개를 지켜보고, 새로 생기면 그것도 알려 드려요.',
        '',
        'release/1.0',
        'release/1.1',
        'release/2.0',
      ].join('\n'),
    );
    github().push('hana/app', 'release/1.1', [{ message: 'Fix' }]);
    github().createBranch('hana/app', 'release/3.0');
    await halfHour(harness);
    const lines = (await say('상태 1')).split('\n').slice(3);
    expect(lines).toEqual([
      expect.stringMatching(/^release\/1\.1 \(마지막 소식 12:30\)$/),
      expect.stringMatching(/^release\/3\.0 \(마지막 소식 12:30\)$/),
      'release/1.0',
      'release/2.0',
    ]);
    harness.world.clock.advance(24 * HOUR_MS);
    expect(await say('status 1')).toMatch(/release\/1\.1 \(.*11월 22일 \(일\) 12:30/);
  });

  test('says so when no branch fits yet, and of many names the first twenty', async () => {
    await say('구독 hana/app hotfix/* as 급함');
    expect(await say('상태 급함')).toContain('아직 맞는 브랜치가 없어요');
    for (let number = 10; number < 35; number++) github().createBranch('hana/app', `v${number}`);
    await say('구독 hana/app v* as 모두');
    const text = await say('상태 모두');
    expect(text).toContain('지금 브랜치 25개를');
    expect(text).toContain('v29\n그 밖에 5개가 더 있어요.');
  });
});

test('more branches than GitHub lists at once are all watched, and those that are gone no more', async () => {
  for (let number = 100; number < 230; number++) github().createBranch('hana/app', `v${number}`);
  await say('구독 hana/app v* as 모두');
  await halfHour(harness);
  github().deleteBranch('hana/app', 'v103');
  github().push('hana/app', 'v225', [{ message: 'Fix' }]);
  await halfHour(harness);
  const [, ...told] = botMessages(harness, privateChat(harness)).map(({ text }) => text);
  expect(told).toEqual([expect.stringMatching(/^\[모두\] 새 커밋 1개\nhana\/app · v225\n/)]);
  expect(await say('상태 모두')).toContain('지금 브랜치 129개를');
});
