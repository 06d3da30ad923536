import { jobsOf } from '../../src/bot/jobs/table.ts';
import { branchToPoll } from '../../src/features/repositories/store/branches.ts';
import {
  setWatchOptions,
  type WatchOptions,
} from '../../src/features/repositories/store/options.ts';
import { addWatch } from '../../src/features/repositories/store/watches.ts';
import { HOUR_MS, MINUTE_MS } from '../../src/lib/time.ts';
import { rooms } from '../../src/wire.ts';
import { DEFAULTS, person } from '../features/repositories/store/repositorySteps.ts';
import { createHarness, type Harness, START } from './harness.ts';

type Language = 'ko' | 'en';

const SLOT_MS = 30 * MINUTE_MS;

/** The whole Worker; whatever else is due by the clock has had its run. */
export async function createPolled(...options: Parameters<typeof createHarness>): Promise<Harness> {
  const harness = await createHarness(...options);
  const { DB } = harness.env;
  const add = DB.prepare(
    `INSERT INTO runs (job, slot, state, leased_until, started_at) VALUES (?1, ?2, 'done', 0, ?2)`,
  );
  await DB.batch(
    jobsOf(rooms).flatMap(({ id, schedule }) =>
      schedule === null ? [] : [add.bind(id, schedule(START))],
    ),
  );
  return harness;
}

/** Half an hour passes, and the queues are worked off. A cron that dies is not asked again. */
export async function halfHour(harness: Harness): Promise<void> {
  const now = harness.world.clock.now();
  await harness.cron((Math.floor(now / SLOT_MS) + 1) * SLOT_MS).catch(() => undefined);
  await harness.settle();
}

/** A look at each of these branches, an hour's whole number after the last; no cron between. */
export async function look(harness: Harness, hoursLater: number, ...ids: number[]): Promise<void> {
  harness.world.clock.advance(hoursLater * HOUR_MS);
  await harness.env.POLLS.sendBatch(ids.map((branch) => ({ body: { branch } })));
  await harness.settle();
}

function chatOf({ world }: Harness, language: Language): number {
  const chat = world.telegram.chats.find(
    (one) => one.type === 'private' && one.language === language,
  );
  if (!chat) throw new Error(`nobody reads ${language}`);
  return chat.id;
}

const people = new WeakMap<Harness, Map<Language, number>>();

async function personOf(harness: Harness, language: Language): Promise<number> {
  const known = people.get(harness) ?? new Map<Language, number>();
  people.set(harness, known);
  const id = known.get(language) ?? (await person(`${chatOf(harness, language)}`, { language }));
  known.set(language, id);
  return id;
}

/** Somebody on Telegram watches a branch from now on; gives the id of the branch. */
export async function watch(
  harness: Harness,
  language: Language,
  fullName: string,
  branch = 'main',
  options: Partial<WatchOptions> = {},
): Promise<number> {
  const repository = harness.world.github.repository(fullName);
  const { id, nodeId, owner, name, branches } = repository;
  const { nodeId: ref = null, head = null } = branches.get(branch) ?? {};
  const who = await personOf(harness, language);
  const added = await addWatch(
    harness.env.DB,
    {
      person: who,
      repository: {
        id,
        nodeId,
        owner,
        name,
        defaultBranch: repository.defaultBranch,
        isArchived: repository.isArchived,
        isPrivate: false,
      },
      branch: { name: branch, nodeId: ref, head, depth: null, isPattern: false },
      covers: [],
      followsDefault: false,
      nickname: `${name} ${branch}`,
      isNicknameGiven: false,
    },
    harness.world.clock.now(),
  );
  if (!added.ok) throw new Error(added.reason);
  const set = await setWatchOptions(
    harness.env.DB,
    who,
    added.value.id,
    { ...DEFAULTS, ...options },
    harness.world.clock.now(),
  );
  const row = await harness.env.DB.prepare(`SELECT branch FROM watches WHERE id = ?1`)
    .bind(added.value.id)
    .first<number>('branch');
  if (set === 'look') {
    await harness.env.POLLS.send({ branch: row ?? 0 });
    await harness.settle(harness.world.clock.now());
  }
  return row ?? 0;
}

/** A repository with some history, watched in Korean and in English. */
export async function watched(harness: Harness, fullName = 'hana/garden', branch = 'main') {
  const [owner = '', name = ''] = fullName.split('/');
  harness.world.github.addRepository({ owner, name, branches: [branch] });
  harness.world.github.push(fullName, branch, 4);
  await watch(harness, 'en', fullName, branch);
  return watch(harness, 'ko', fullName, branch);
}

/** What the bot said to the person who reads this language, oldest first. */
export function told(harness: Harness, language: Language): string[] {
  return harness.world.telegram
    .messages(chatOf(harness, language))
    .filter(({ from }) => from === 'bot')
    .map(({ text }) => text);
}

/** How often each of these words was told to a person. */
export function timesTold(
  harness: Harness,
  language: Language,
  words: readonly string[],
): number[] {
  const all = told(harness, language).join('\n');
  return words.map((word) => all.split(word).length - 1);
}

export async function branchRow(harness: Harness, id: number) {
  return branchToPoll(harness.env.DB, id);
}

/** The run of the newest slot. */
export async function lastRun(harness: Harness) {
  const row = await harness.env.DB.prepare(
    `SELECT state, counts, reason FROM runs WHERE job = 'repo-poll' ORDER BY slot DESC LIMIT 1`,
  ).first<{ state: string; counts: string; reason: string | null }>();
  return row && { ...row, counts: JSON.parse(row.counts) };
}

/** Repositories `fleet/r0001`... with a branch each, all watched by one person. */
export async function fleet(harness: Harness, count: number): Promise<readonly string[]> {
  const { github, clock } = harness.world;
  github.fill(count);
  const who = await personOf(harness, 'ko');
  const rows = github.repositories().flatMap(({ id, nodeId, owner, name, branches }) => {
    const main = branches.get('main');
    return owner === 'fleet' && main ? { id, nodeId, name, ref: main.nodeId, head: main.head } : [];
  });
  const { DB } = harness.env;
  for (let start = 0; start < rows.length; start += 2500) {
    const asked = JSON.stringify(rows.slice(start, start + 2500));
    await DB.batch([
      DB.prepare(
        `INSERT INTO repositories (id, node_id, owner, name, added_at)
         SELECT value->>'id', value->>'nodeId', 'fleet', value->>'name', 0 FROM json_each(?1)`,
      ).bind(asked),
      DB.prepare(
        `INSERT INTO branches (repository, name, node_id, head, depth, changed_at, state)
         SELECT value->>'id', 'main', value->>'ref', value->>'head', 1, ?2, 'ok' FROM json_each(?1)`,
      ).bind(asked, clock.now()),
    ]);
  }
  // More than a person may have, for the sake of the numbers.
  await DB.prepare(
    `INSERT INTO watches (person, branch, nickname, nickname_key, created_at)
     SELECT ?1, id, 'r' || id, 'r' || id, 0 FROM branches WHERE true ON CONFLICT DO NOTHING`,
  )
    .bind(who)
    .run();
  return rows.map(({ name }) => `fleet/${name}`);
}
