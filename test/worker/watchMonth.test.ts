import { beforeAll, describe, expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, SECOND_MS } from '../../src/lib/time.ts';
import { createHarness, type Harness } from './harness.ts';
import { botMessages, connectTelegram, groupChat, privateChat, write } from './telegramSteps.ts';

/*
 * A month of a busy repository: 400 commits of people and bots, 30 releases of four packages, three
 * force-pushes and a new name, told to three with three settings.
 */

const SLOT_MS = HOUR_MS / 2;
const DAYS = 30;
const COMMITS = 400;
const PACKAGES = ['api', 'core', 'ui', 'cli'];
const PEOPLE = ['하나', 'Sam Lee', '김코딩'];
const BOTS = ['renovate[bot]', 'dependabot[bot]'];
const WORK = [
  'feat(core): keep drafts while the network is away',
  'fix(api): answer 409 when the same name is taken twice',
  'docs: say how tokens are renewed',
  'refactor(ui): one button instead of three',
  '로그인 화면에서 비밀번호를 보여 주는 단추',
  'test(cli): run without a home directory',
];

let harness: Harness;
let hana: number;
let sam: number;
let group: number;

/** What happened, by the messages of commits and the tags of releases. */
const made = { people: [] as string[], bots: [] as string[], tags: [] as string[] };
let fullName = 'hana/mono';

/** `at` and half an hour, with a cron at each; nothing of what is due later. */
async function pass(at: number): Promise<void> {
  for (const slot of [at, at + SLOT_MS]) {
    await harness.cron(slot);
    await harness.settle(slot + SLOT_MS - SECOND_MS);
  }
}

function commits(count: number): void {
  const { github } = harness.world;
  const all = Array.from({ length: count }, () => {
    const number = made.people.length + made.bots.length;
    // Of five commits one is a bot's.
    const isBot = number % 5 === 4;
    const message = isBot
      ? `chore(deps): update library-${number} to v${number}.0.1`
      : `${WORK[number % WORK.length]} (#${number})`;
    (isBot ? made.bots : made.people).push(message);
    const authors = isBot ? BOTS : PEOPLE;
    return { message, author: authors[number % authors.length] ?? '' };
  });
  github.push(fullName, 'main', all);
}

function releases(day: number): void {
  // Every sixth day all packages at once, else one every third day.
  const some =
    day % 6 === 2 ? PACKAGES : day % 3 === 0 ? PACKAGES.slice(day % 4, (day % 4) + 1) : [];
  for (const name of some) {
    const tag = `@mono/${name}@1.${day}.0`;
    made.tags.push(tag);
    harness.world.github.release(fullName, {
      tag,
      body: `### Patch Changes\n\n- Keep drafts of ${name}\n- Updated dependencies`,
    });
  }
}

beforeAll(async () => {
  harness = await createHarness();
  await connectTelegram(harness);
  hana = privateChat(harness);
  sam = privateChat(harness, 'en');
  group = groupChat(harness);
  const { github, clock, telegram } = harness.world;
  github.addRepository({ owner: 'hana', name: 'mono' });
  github.push(fullName, 'main', 3);
  await write(harness, hana, '구독 hana/mono 봇 빼고');
  await write(harness, sam, 'watch hana/mono');
  await write(harness, sam, 'set 1 releases tag @mono/api@*');
  await write(harness, group, '/watch@soshik_sandbox_bot hana/mono as 모노');
  await write(harness, group, '/set@soshik_sandbox_bot 1 매일 9시');
  telegram.limits.chatBurst = 100;
  const first = Math.ceil(clock.now() / DAY_MS) * DAY_MS;
  for (let day = 0; day < DAYS; day++) {
    // Nine in the morning, and two times of work.
    await pass(first + day * DAY_MS);
    for (const hour of [3, 8]) {
      const left = COMMITS - made.people.length - made.bots.length;
      commits(Math.ceil(left / ((DAYS - day) * 2 - (hour === 8 ? 1 : 0))));
      if (hour === 8) releases(day);
      if (hour === 3 && day === 18) {
        github.rename(fullName, 'hana', 'platform');
        fullName = 'hana/platform';
      }
      await pass(first + day * DAY_MS + hour * HOUR_MS);
    }
    if ([6, 14, 23].includes(day)) {
      github.forcePush(fullName, 'main', [`Anew ${day}`]);
      await pass(first + day * DAY_MS + 11 * HOUR_MS);
    }
  }
  await pass(first + DAYS * DAY_MS);
}, 240_000);

const textsOf = (chat: number) => botMessages(harness, chat).map(({ text }) => text);

/** How many commits texts tell of; a head that sums up says again what follows. */
function commitsIn(texts: readonly string[]): number {
  const counts = texts.flatMap((text) => {
    const [head = '', ...lines] = text.split('\n').map((line) => /새 커밋 (\d+)개/.exec(line)?.[1]);
    const below = lines.flatMap((count) => count ?? []);
    return below.length > 0 ? below : head;
  });
  return counts.reduce((sum, count) => sum + Number(count), 0);
}

/** How often each tag is told as a release. */
function timesReleased(texts: readonly string[]): number[] {
  const lines = texts.join('\n').replaceAll('\u200b', '').split('\n');
  return made.tags.map((tag) => lines.filter((line) => line.endsWith(`릴리스 ${tag}`)).length);
}

describe('a month of a busy repository', () => {
  test('comes to whoever wants all of it but the bots at once, in a message for each look', () => {
    const [welcome = '', ...told] = textsOf(hana);
    expect(welcome).toContain('이렇게 알려 드려요: 커밋과 릴리스 · 봇 빼고 · 바로');
    // Two pushes a day and three force-pushes; the new name comes with a push.
    expect(told).toHaveLength(2 * DAYS + 3);
    expect(told.join('\n')).not.toMatch(/\[bot\]|chore\(deps\)/);
    const heads = told.map((text) => text.split('\n')[0] ?? '');
    expect(commitsIn(told)).toBe(made.people.length + 3);
    expect(heads).toContain('[mono] 새 커밋 5개, 새 릴리스 4개');
    expect(heads.filter((head) => head.includes('기록이 다시 쓰였어요'))).toHaveLength(3);
    expect(told.filter((text) => text.includes('저장소 이름이 바뀌었어요'))).toHaveLength(1);
    expect(timesReleased(told)).toEqual(made.tags.map(() => 1));
    expect(Math.max(...told.map(({ length }) => length))).toBeLessThan(1000);
  });

  test('is releases of one package for whoever wants only those', () => {
    const told = textsOf(sam).slice(2);
    const heads = told.map((text) => text.replaceAll('\u200b', '').split('\n')[0]);
    const wanted = made.tags.filter((tag) => tag.startsWith('@mono/api@'));
    expect(heads.filter((head) => !head?.includes('renamed'))).toEqual(
      wanted.map((tag) => `[mono] New release ${tag}`),
    );
    expect(heads).toContain('[mono] Repository renamed');
    expect(told).toHaveLength(wanted.length + 1);
  });

  test('is a message a day for those who want it once a day', () => {
    const told = textsOf(group).slice(2);
    expect(told).toHaveLength(DAYS);
    const whole = told.join('\n');
    expect(commitsIn(told)).toBe(COMMITS + 3);
    expect(whole).toContain('renovate[bot]');
    expect(timesReleased(told)).toEqual(made.tags.map(() => 1));
    // Both pushes of a day are one.
    expect(told[1]?.match(/새 커밋 /g)).toHaveLength(1);
    expect(Math.max(...told.map(({ length }) => length))).toBeLessThan(2000);
    const trains = told.filter((text) => text.match(/새 릴리스 @/g)?.length === PACKAGES.length);
    expect(trains).toHaveLength(5);
    for (const text of trains) {
      const order = [...text.matchAll(/릴리스 @\u200b?mono\/(\w+)/g)].map(([, name]) => name);
      expect(order).toEqual(PACKAGES);
    }
  });
});
