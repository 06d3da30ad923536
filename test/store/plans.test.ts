import { env } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import {
  branchToPoll,
  coveredBranches,
  dueBranches,
  lastBranch,
  watchedNames,
} from '../../src/features/repositories/store/branches.ts';
import { branchesUnder } from '../../src/features/repositories/store/covered.ts';
import {
  forgetChanges,
  tellDigests,
  tellHeld,
} from '../../src/features/repositories/store/history.ts';
import { pauseWatches, setWatchOptions } from '../../src/features/repositories/store/options.ts';
import {
  knownReleases,
  wantedRepository,
} from '../../src/features/repositories/store/repositories.ts';
import { type Findings, tell } from '../../src/features/repositories/store/tell.ts';
import { askForLook, beginLook } from '../../src/features/repositories/store/wanted.ts';
import {
  addWatch,
  markSeen,
  removeWatch,
  renameWatch,
  watchesOf,
} from '../../src/features/repositories/store/watches.ts';
import {
  announce,
  skipTitle,
  storedItems,
  upcomingItems,
  withdrawItems,
  wordTitle,
} from '../../src/features/titles/store/items.ts';
import { readCharges } from '../../src/platforms/x/budget.ts';
import { connectAccount, readAccount, readAccounts } from '../../src/store/accounts.ts';
import { learn, reserve } from '../../src/store/budgets.ts';
import {
  dropDeliveries,
  reviveDeliveries,
  reviveDelivery,
  reviveLane,
  silentLanes,
} from '../../src/store/deadDeliveries.ts';
import {
  countDeliveries,
  countWaitingOfRun,
  forgetDeliveries,
  giveUpOld,
  insertDeliveries,
  openDelivery,
} from '../../src/store/deliveries.ts';
import { countSent, deliveryChart, waitingForOwner } from '../../src/store/deliveryList.ts';
import {
  acceptEvents,
  countEvents,
  countInbox,
  finishEvent,
  forgetEvents,
  leaseEvent,
  recentEvents,
  releaseEvent,
  stuckEvents,
} from '../../src/store/inbox.ts';
import { tellOwner } from '../../src/store/incidents.ts';
import { leaseDelivery, leaseNext, nextInLane } from '../../src/store/leases.ts';
import {
  finishDelivery,
  keepRest,
  postponeDelivery,
  releaseDeliveries,
} from '../../src/store/outcomes.ts';
import { countPeople, listPeople } from '../../src/store/ownerLists.ts';
import { countGuess, forgetLoginAttempts } from '../../src/store/patience.ts';
import { meetPerson, rememberPerson } from '../../src/store/people.ts';
import { addToRun, deliveriesOfRuns, runProgress } from '../../src/store/runCounts.ts';
import {
  claimRun,
  finishRun,
  latestRuns,
  openRun,
  openSlots,
  postponeRun,
} from '../../src/store/runs.ts';
import {
  beginDrain,
  claimDrain,
  endWaits,
  keepWait,
  noteServed,
  openLanes,
  readWait,
  readWaits,
  widenWait,
} from '../../src/store/waits.ts';
import { branch } from '../features/repositories/polling/samples.ts';
import { DEFAULTS, NOON, pushed, wish } from '../features/repositories/store/repositorySteps.ts';

const NOW = Date.UTC(2026, 10, 28);
const LEASED = { id: 1, merged: [], lease: 'lease', topic: 'reply' };
const TURNS = { lane: 'telegram', limit: 5, isFair: false, isApart: false };
const WAIT = { lane: 'telegram', account: '', address: '42' };
const RUN = { job: 'netflix-weekly', slot: NOW };

/** D1 that notes every statement prepared, with what is bound to it. */
function recording(db: D1Database) {
  const statements: { sql: string; values: readonly unknown[] }[] = [];
  const prepare = (sql: string): D1PreparedStatement => {
    const entry: { sql: string; values: readonly unknown[] } = { sql, values: [] };
    statements.push(entry);
    const statement = db.prepare(sql);
    const bind = statement.bind.bind(statement);
    statement.bind = (...values) => {
      entry.values = values;
      return bind(...values);
    };
    return statement;
  };
  const proxy = new Proxy(db, {
    get: (target, key): unknown => {
      const value: unknown = key === 'prepare' ? prepare : Reflect.get(target, key, target);
      return typeof value === 'function' && key !== 'prepare' ? value.bind(target) : value;
    },
  });
  return { db: proxy, statements };
}

const run = async (statement: D1PreparedStatement): Promise<void> => {
  await statement.run();
};

const ACCOUNT = { platform: 'twitter', id: '1', username: 'one', kind: 'oauth1' } as const;
const CALL = {
  account: 'twitter:1',
  kind: 'dm',
  allowances: [{ spanMs: 900_000, limit: 15, per: 'account' }],
} as const;
const TOLD = {
  spanMs: 900_000,
  per: 'account',
  limit: 15,
  remaining: 3,
  resetsAt: NOW + 1000,
} as const;

const POLLED = { branches: 1, changed: 1, told: 1, calls: 1, looked: 1 };
const BRANCH = branch({ repository: { ...branch().repository, id: 1, nodeId: 'R_1' } });
const WAS = { changedAt: 1 };
const COVERING = {
  id: 1,
  name: 'rel/*',
  was: BRANCH,
  repository: 1,
  added: [{ name: 'rel/1', nodeId: 'REF_9', head: 'c1' }],
  removed: [2],
};
const FINDINGS: Findings = {
  changes: [
    pushed(BRANCH, 'c2'),
    { ...pushed(BRANCH, 'c2'), key: 'release', kind: 'release', branch: null, was: WAS },
  ],
  branches: [{ ...BRANCH, was: BRANCH }],
  repositories: [{ ...BRANCH.repository, was: BRANCH.repository, releasesKnown: '{}' }],
  followings: [
    { from: 1, was: BRANCH, repository: 1, name: 'main', nodeId: 'R', head: 'c1', depth: 1 },
  ],
  coverings: [COVERING],
};

const event = { key: 'x:1', channel: 'twitter', type: 'dm', account: '1', content: '{}' };
const delivery = { dedupeKey: 'k', channel: 'twitter', account: '1', address: '2', notice: '{}' };

test.each<[string, (db: D1Database) => Promise<unknown>]>([
  ['accepting events', (db) => acceptEvents(db, [event], NOW)],
  ['leasing an event', (db) => leaseEvent(db, 'x:9', NOW)],
  ['closing an event', (db) => run(finishEvent(db, 'x:1'))],
  ['giving an event back', (db) => releaseEvent(db, 'x:1')],
  ['sweeping events', (db) => stuckEvents(db, NOW, 100)],
  ['counting events', (db) => countInbox(db)],
  ['forgetting events', (db) => forgetEvents(db, NOW)],
  ['writing deliveries', (db) => run(insertDeliveries(db, [delivery], NOW))],
  ['finding a reply', (db) => openDelivery(db, 'k')],
  ['leasing a delivery', (db) => leaseDelivery(db, 1, 'lease', NOW - 1)],
  [
    'recording a delivery',
    (db) =>
      finishDelivery(
        db,
        LEASED,
        { state: 'sent', externalId: null, note: null, charges: null },
        NOW,
      ),
  ],
  [
    'keeping what had no room',
    (db) => keepRest(db, LEASED, '{}', { externalId: null, note: null, charges: null }, NOW),
  ],
  [
    'postponing a delivery',
    (db) =>
      postponeDelivery(db, LEASED, {
        dueAt: NOW,
        note: null,
        uncertain: false,
        countsAsAttempt: true,
      }),
  ],
  ['leasing what is next', (db) => leaseNext(db, TURNS, 'lease', NOW)],
  ['leasing who is next', (db) => leaseNext(db, { ...TURNS, isFair: true }, 'lease', NOW)],
  ['looking when there is more', (db) => nextInLane(db, TURNS, NOW)],
  ['putting deliveries back', (db) => releaseDeliveries(db, [LEASED], NOW)],
  ['giving up what is old', (db) => giveUpOld(db, NOW)],
  ['finding lanes', (db) => openLanes(db, NOW)],
  ['queueing a lane', (db) => claimDrain(db, 'telegram', NOW, NOW)],
  ['taking a lane', (db) => beginDrain(db, 'telegram', NOW)],
  ['remembering who was served', (db) => run(noteServed(db, 'telegram', '42', NOW))],
  [
    'keeping a wait',
    (db) => keepWait(db, { ...WAIT, until: NOW, reason: 'wait', cause: 'limit' }, NOW),
  ],
  [
    'widening a wait',
    (db) => widenWait(db, { lane: 'telegram', reason: 'wait' }, 3, NOW, NOW).then(() => undefined),
  ],
  ['reading a wait', (db) => readWait(db, WAIT)],
  ['reading waits', (db) => readWaits(db)],
  ['ending waits', (db) => endWaits(db, WAIT, NOW)],
  ['reviving a lane', (db) => reviveLane(db, 'telegram', NOW)],
  ['finding silent lanes', (db) => silentLanes(db)],
  ['counting what a run has waiting', (db) => countWaitingOfRun(db, 'netflix-weekly@1')],
  ['counting the deliveries of a run', (db) => deliveriesOfRuns(db, ['netflix-weekly@1'], 100)],
  ['following a run', (db) => runProgress(db, ['netflix-weekly@1'])],
  ['counting deliveries', (db) => countDeliveries(db)],
  ['looking for what waits for the owner', (db) => waitingForOwner(db)],
  ['drawing deliveries', (db) => deliveryChart(db, 14, 'Asia/Seoul', NOW)],
  ['counting what was sent', (db) => countSent(db, NOW)],
  ['reviving all deliveries', (db) => reviveDeliveries(db, 500, NOW)],
  ['dropping a delivery', (db) => dropDeliveries(db, 1)],
  ['dropping all deliveries', (db) => dropDeliveries(db, null)],
  ['listing people', (db) => listPeople(db, 1, 50)],
  ['counting people', (db) => countPeople(db, ['kakao', 'telegram'])],
  ['skipping a title', (db) => skipTitle(db, 1, NOW)],
  ['wording a title', (db) => wordTitle(db, 1, 'a')],
  ['opening a run', (db) => openRun(db, RUN, NOW)],
  ['reviving a delivery', (db) => reviveDelivery(db, 1, NOW)],
  ['forgetting deliveries', (db) => forgetDeliveries(db, NOW)],
  ['reading the event log', (db) => recentEvents(db, 'twitter')],
  ['counting events by type', (db) => countEvents(db, 'twitter', NOW)],
  ['adding up what was sent', (db) => readCharges(db, 'twitter', NOW)],
  ['counting a call', (db) => reserve(db, CALL, NOW)],
  ['learning a limit', (db) => learn(db, CALL, [TOLD], NOW)],
  ['connecting an account', (db) => connectAccount(db, ACCOUNT, NOW)],
  ['reading an account', (db) => readAccount(db, 'twitter', '1')],
  ['reading the accounts', (db) => readAccounts(db, 'twitter')],
  ['telling the owner', (db) => tellOwner(db, { key: 'k', kind: 'k', detail: {} }, NOW)],
  ['counting a login', (db) => countGuess(db, '192.0.2.1', NOW)],
  ['forgetting logins', (db) => forgetLoginAttempts(db, NOW)],
  ['claiming a run', (db) => claimRun(db, RUN.job, RUN.slot, NOW, 1000)],
  ['ending a run', (db) => run(finishRun(db, RUN, { state: 'done', counts: {}, reason: '' }, NOW))],
  ['postponing a run', (db) => postponeRun(db, RUN, NOW, 'away')],
  ['finding open slots', (db) => openSlots(db, [RUN], NOW)],
  ['finding the latest runs', (db) => latestRuns(db, [RUN.job])],
  ['reading what is stored of a source', (db) => storedItems(db, 'netflix', ['1'], '2026-10-01')],
  [
    'finding titles to come',
    (db) => upcomingItems(db, ['netflix', 'tmdb'], '2026-11-28', '2026-12-12', 90),
  ],
  ['announcing titles', (db) => announce(db, [1], [delivery], NOW, () => [])],
  ['withdrawing titles', (db) => run(withdrawItems(db, [1], NOW))],
  [
    'meeting a person',
    (db) => meetPerson(db, { channel: 'twitter', address: '2', language: 'ko' }, NOW),
  ],
  [
    'remembering a person',
    (db) => run(rememberPerson(db, { id: 1, language: 'ko', recentFacts: [], asking: null })),
  ],
  ['watching a branch', (db) => addWatch(db, wish(1), NOW)],
  ['listing watches', (db) => watchesOf(db, 1, NOW)],
  ['ending a watch', (db) => removeWatch(db, 1, 1)],
  ['renaming a watch', (db) => run(renameWatch(db, 1, 1, 'name'))],
  [
    'pausing a watch',
    (db) => run(pauseWatches(db, 1, [{ id: 1, isPaused: true, until: null }], NOW)),
  ],
  ['changing what is told', (db) => setWatchOptions(db, 1, 1, DEFAULTS, NOW)],
  ['noting what was asked for', (db) => run(markSeen(db, 1, 'c1'))],
  ['reading a shard', (db) => dueBranches(db, { after: 0, upTo: 500 }, 1, NOW)],
  ['reading a branch', (db) => branchToPoll(db, 1)],
  ['counting shards', (db) => lastBranch(db)],
  ['finding what GitHub speaks of', (db) => askForLook(db, 1, 'main', NOW)],
  ['beginning a look', (db) => beginLook(db, 1)],
  ['reading the branches of patterns', (db) => coveredBranches(db, [1])],
  ['naming the branches of a pattern', (db) => branchesUnder(db, 1)],
  ['finding watched names', (db) => watchedNames(db, 1, ['main'])],
  ['finding a repository', (db) => wantedRepository(db, 1)],
  ['reading known releases', (db) => knownReleases(db, [1])],
  ['telling what happened', (db) => tell(db, FINDINGS, ['telegram'], NOW, NOON)],
  ['telling digests', (db) => tellDigests(db, { hour: 9, begun: [9] }, ['telegram'], 'slot', NOW)],
  ['telling what was held', (db) => tellHeld(db, 9, ['telegram'], NOW)],
  ['forgetting changes', (db) => run(forgetChanges(db, NOW))],
  ['adding to a run', (db) => addToRun(db, RUN, POLLED, null)],
])('%s reads no table from end to end', async (_work, work) => {
  const { db, statements } = recording(env.DB);
  await work(db);
  expect(statements.length).toBeGreaterThan(0);
  for (const { sql, values } of statements) {
    const plan = await planOf(sql, values);
    // What a statement itself has put together may be read whole, and what waits for quiet to end.
    const own =
      /^SCAN (?:asked|held|picked|one|first|author|mine|json_each|CONSTANT|news|near|told|many|oldest|channels|bundled|entries|\(subquery)/;
    const scans = plan.filter((step) => step.startsWith('SCAN ') && !own.test(step));
    // A partial index holds no more rows than the question is about.
    const partial = /_(?:waiting|failed|done|open|dead|sent|digest|whole)$/;
    const whole = scans.filter((step) => !partial.test(step));
    expect({ sql, whole }).toEqual({ sql, whole: [] });
  }
});

test('what waits before a delivery is found among what its address was told since the lane is behind', async () => {
  const { db, statements } = recording(env.DB);
  await leaseNext(db, TURNS, 'lease', NOW);
  await leaseDelivery(db, 1, 'lease', NOW);
  for (const { sql, values } of statements) {
    expect(await planOf(sql, values)).toContainEqual(
      'SEARCH told USING INDEX deliveries_open_address (lane=? AND address=? AND rowid>? AND rowid<?)',
    );
  }
});

test.each<[string, (db: D1Database) => Promise<unknown>]>([
  ['to compare with a source', (db) => storedItems(db, 'netflix', ['1'], '2026-10-01')],
  ['to come', (db) => upcomingItems(db, ['netflix', 'tmdb'], '2026-11-28', '2026-12-12', 90)],
])('titles %s are found by their day, not among all ever stored', async (_which, work) => {
  const { db, statements } = recording(env.DB);
  await work(db);
  const plans = await Promise.all(statements.map(({ sql, values }) => planOf(sql, values)));
  expect(plans.flat()).toContainEqual(
    expect.stringMatching(/items USING INDEX items_starts \(source=\? AND starts_on>\?/),
  );
  expect(plans.flat()).not.toContainEqual(expect.stringMatching(/\(source=\?\)$/));
});

/** How SQLite carries a statement out, step by step. */
async function planOf(sql: string, values: readonly unknown[]): Promise<string[]> {
  const { results } = await env.DB.prepare(`EXPLAIN QUERY PLAN ${sql}`)
    .bind(...values)
    .all<{ detail: string }>();
  return results.map(({ detail }) => detail);
}
