import { HOUR_MS, MINUTE_MS } from '../../src/lib/time.ts';
import { createBrowser, logInAsOwner } from '../sandbox/node/browser.ts';
import { sandboxSecrets } from '../sandbox/secrets.ts';
import { createChance } from '../soak/chance.ts';
import { type Machine, ORIGIN, startMachine } from '../soak/machine.ts';

import { HOBBY, populate } from './hobby.ts';
import { freePort } from './processes.ts';
import { connectProfiler, type Profiler } from './profiler.ts';
import { median, number, table } from './rows.ts';

/** As many hobbies at once. */
const SIZES = [1, 10];
const ROUNDS = 30;
const RELEASES = 10;
/** In a round, for each hobby. */
const PUSHES = 2;
/** Milliseconds of CPU of an invocation on the free plan. */
const ALLOWED = 10;
const USUAL = 5;
/** Monday 09:00 in Seoul. */
const START = Date.UTC(2026, 10, 23);
const SLOT_MS = 30 * MINUTE_MS;
const PAGES = ['/', '/repos', '/repos/1', '/repos/1/feed.xml', '/menu', '/register', '/healthz'];
const OWNERS_PAGES = [
  '/admin',
  '/admin/channels',
  '/admin/messages',
  '/admin/deliveries',
  '/admin/people',
  '/admin/jobs',
  '/admin/security',
];

/** What each invocation of a kind took, in the order they were carried out. */
type Costs = Map<string, number[]>;

const shown = (value: number) => (Number.isFinite(value) ? number(value, 1) : '-');

/** CPU of every kind of invocation, by V8's own profile of the Worker's isolate. */
export async function measureCpu(): Promise<string> {
  const sizes: Costs[] = [];
  for (const size of SIZES) {
    console.log(`Profiling ${size} x the hobby owner…`);
    sizes.push(await costsAt(size));
  }
  const kinds = [...new Set(sizes.flatMap((costs) => [...costs.keys()]))].toSorted();
  const cells = (costs: Costs | undefined, kind: string) => {
    const [first = Number.NaN, ...warm] = costs?.get(kind) ?? [];
    return [shown(first), shown(median(warm)), shown(Math.max(...warm))];
  };
  const heads = SIZES.flatMap((size) => [
    `first, ${size} x`,
    `median, ${size} x`,
    `worst, ${size} x`,
  ]);
  const warm = sizes.flatMap((costs) => [...costs.values()].map(([, ...rest]) => rest));
  const over = warm.filter((costs) => Math.max(...costs) > ALLOWED).length;
  const slow = warm.filter((costs) => median(costs) > USUAL).length;
  return [
    `Milliseconds of CPU of one invocation, by V8's profile of the Worker's own isolate in workerd (storage, queues and platforms stand outside it): the first of its kind, and the median and worst of those after it in the same isolate. The profiler itself takes a part of it. 1 x is ${HOBBY.branches} branches with ${RELEASES} releases each, ${HOBBY.people} people and ${HOBBY.watches} watches.`,
    table(
      ['invocation', ...heads],
      kinds.map((kind) => [`\`${kind}\``, ...sizes.flatMap((costs) => cells(costs, kind))]),
    ),
    `Target: a median of at most ${USUAL} ms and never more than ${ALLOWED} ms (free plan). ${slow === 0 && over === 0 ? 'Reached.' : `**Missed**: ${slow} medians are over ${USUAL} ms, ${over} of ${warm.length} worst ones over ${ALLOWED} ms.`}`,
  ].join('\n\n');
}

async function costsAt(size: number): Promise<Costs> {
  const costs: Costs = new Map();
  let isMeasured = false;
  let profiler: Profiler | undefined;
  const inspectorPort = await freePort();
  const machine = await startMachine({
    startAt: START - HOUR_MS,
    chance: createChance(size),
    vars: { MENU_SCHOOL: 'B10:7010113' },
    inspectorPort,
    around: async (kind, run) => {
      if (!profiler || !isMeasured) return run();
      const [value, milliseconds] = await profiler.during(run);
      costs.set(kind, [...(costs.get(kind) ?? []), milliseconds]);
      return value;
    },
  });
  try {
    // From the beginning: what the Worker logs waits for somebody to read it.
    await machine.fetch(new Request(`${ORIGIN}/healthz`));
    profiler = await connectProfiler(inspectorPort);
    const chats = await populate(machine, HOBBY.branches * size, HOBBY.people * size);
    await machine.query(`UPDATE watches SET releases = 1`);
    const { world } = machine;
    for (const { owner, name } of world.github.repositories()) {
      for (let nth = 0; nth < RELEASES; nth++) {
        world.github.release(`${owner}/${name}`, { tag: `v1.${nth}.0` });
      }
    }
    await connect(machine);
    const browse = createBrowser(machine.fetch, ORIGIN);
    await logInAsOwner(browse, 'soak-password');
    // The first slots do what is done once.
    for (const at of [START - SLOT_MS, START]) await slot(machine, at);
    isMeasured = true;
    for (let round = 1; round <= ROUNDS; round++) {
      const chat = chats[round] ?? 0;
      for (const path of [...PAGES, ...OWNERS_PAGES]) await browse(path, { accept: 'text/html' });
      await browse(`/webhook/twitter?crc_token=${'MDEy'.repeat(10)}`);
      await world.telegram.say(chat, round % 2 === 0 ? '고양이' : '목록');
      await world.x.say(world.x.people[0]?.id ?? '', '고양이');
      await world.kakao.say(world.kakao.people[0]?.id ?? '', '오늘 점심');
      for (let nth = 0; nth < PUSHES * size; nth++) {
        const place = (((round - 1) * PUSHES * size + nth) % (HOBBY.branches * size)) + 1;
        const name = `fleet/r${String(place).padStart(4, '0')}`;
        world.github.push(name, 'main', [{ message: `Change ${round}.` }]);
      }
      await world.github.settled();
      await slot(machine, START + round * SLOT_MS);
    }
    return costs;
  } finally {
    profiler?.stop();
    await machine.stop();
  }
}

async function slot(machine: Machine, at: number): Promise<void> {
  await machine.cron(at);
  await machine.settle(at + SLOT_MS - MINUTE_MS);
}

/** The platforms beside Telegram reach the Worker, and one repository has a webhook. */
async function connect({ world, fetch }: Machine): Promise<void> {
  const { kakao, x, github } = world;
  for (const platform of [kakao, x, github]) platform.reachBy(fetch);
  kakao.connectSkill(`${ORIGIN}/skill`, sandboxSecrets.KAKAO_SKILL_TOKEN);
  kakao.app.bot.isLinked = true;
  await x.connect(fetch, `${ORIGIN}/webhook/twitter`);
  await github.connectWebhook(
    'fleet/r0040',
    `${ORIGIN}/webhook/github`,
    sandboxSecrets.GITHUB_WEBHOOK_SECRET,
  );
}
