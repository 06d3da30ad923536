import * as v from 'valibot';
import type { Bot } from '../../bot/context.ts';
import { hasPatience } from '../../bot/talk/patience.ts';
import type { FeatureState } from '../../config/reader.ts';
import { log } from '../../lib/log.ts';
import { claimSetting, deleteSetting, readKept, swapSetting } from '../../store/settings.ts';
import { isRefused } from './api/answer.ts';
import {
  createGitHubSource,
  type GitHubApp,
  type Installation,
  installationsOf,
  type MadeByManifest,
} from './api/appAuth.ts';
import type { GitHubClient } from './api/client.ts';
import { githubSettings } from './settings.ts';

type GitHubBot = Pick<Bot, 'config' | 'read' | 'runtime' | 'db' | 'sealer' | 'asker'>;

/** Of one invocation, by the installation they act for; blank: by the owner's settings. */
type Clients = Map<string, GitHubClient>;
const clients = new WeakMap<object, Clients>();

/**
 * GitHub for one invocation; `null` when there is neither a token nor an app. The owner's settings go
 * first (an app, then a token), then the app that was made on `/admin/channels`, where it is
 * installed. What a person has it asked counts for them: they cannot use up what watching needs.
 */
export async function githubOf(bot: GitHubBot): Promise<GitHubClient | null> {
  const { token, app } = bot.read(githubSettings);
  if (isSetByOwner(bot)) return clientOf(bot, '', token, app);
  const [first] = await installations(bot);
  return first === undefined ? null : clientOf(bot, first.installationId, null, first);
}

/**
 * GitHub as an app sees it that is installed by an account, private repositories included: for the
 * owner's chats alone. `null`: no app is.
 */
export async function privateGithubOf(bot: GitHubBot, owner: string): Promise<GitHubClient | null> {
  if (bot.read(githubSettings).app !== null) return githubOf(bot);
  const theirs = (await installations(bot)).find(({ account }) => account === owner.toLowerCase());
  return theirs === undefined ? null : clientOf(bot, theirs.installationId, null, theirs);
}

function clientOf(
  bot: GitHubBot,
  id: string,
  token: string | null,
  app: GitHubApp | null,
): GitHubClient {
  const made: Clients = clients.get(bot) ?? new Map();
  clients.set(bot, made);
  const { config, read, runtime, asker } = bot;
  const client =
    made.get(id) ??
    createGitHubSource({
      runtime,
      apiUrl: read(githubSettings).apiUrl,
      contact: config.contact,
      token,
      app,
      ...(asker && { mayAsk: () => hasPatience(bot, asker, 'lookup') }),
    });
  made.set(id, client);
  return client;
}

/** Where the app that was made may be used. */
async function installations(
  bot: GitHubBot,
): Promise<readonly (GitHubApp & { readonly account: string })[]> {
  const made = await madeApp(bot);
  if (made === null || made === 'shut') return [];
  const { appId, privateKey } = made;
  return made.installations.map(({ id, account }) => ({
    appId,
    privateKey,
    installationId: id,
    account: account.toLowerCase(),
  }));
}

/** Whether the owner's settings alone say how GitHub is asked. */
export function isSetByOwner({ read }: Pick<Bot, 'read'>): boolean {
  const { token, app } = read(githubSettings);
  return token !== null || app !== null;
}

/** Key in `settings`, and the name it is sealed under. */
const SETTING = 'github-app';
const FEWEST_CHARACTERS = 16;

const rowSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({
    sealed: v.string(),
    /** As GitHub told last. */
    installations: v.array(v.object({ id: v.string(), account: v.string() })),
    /** GitHub did not know its key when it was asked last. */
    isRefused: v.boolean(),
  }),
);

const sealedSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({
    appId: v.string(),
    privateKey: v.string(),
    name: v.string(),
    path: v.string(),
    webhookSecret: v.nullable(v.string()),
  }),
);

/** The GitHub App that was made on `/admin/channels`. */
export interface MadeApp extends MadeByManifest {
  readonly installations: readonly Installation[];
  readonly isRefused: boolean;
  /** Sealed with the newest key. */
  readonly sealed: string;
  /** The row as it was read: what is written takes the place of this one only. */
  readonly kept: string;
}

const apps = new WeakMap<object, Promise<MadeApp | 'shut' | null>>();

/**
 * The app, read once an invocation. `null`: none was made. `shut`: it cannot be opened, as `TOKEN_KEY`
 * is another or its row damaged.
 */
export function madeApp(bot: Pick<Bot, 'db' | 'sealer'>): Promise<MadeApp | 'shut' | null> {
  const known = apps.get(bot) ?? readApp(bot);
  apps.set(bot, known);
  return known;
}

async function readApp({
  db,
  sealer: sealerOf,
}: Pick<Bot, 'db' | 'sealer'>): Promise<MadeApp | 'shut' | null> {
  const kept = await readKept(db, SETTING);
  if (kept === null) return null;
  const row = v.safeParse(rowSchema, kept);
  const sealer = await sealerOf();
  const opened = row.success ? ((await sealer?.open(SETTING, row.output.sealed)) ?? null) : null;
  const content = v.safeParse(sealedSchema, opened?.ok ? opened.value : null);
  if (!row.success || !sealer || !opened?.ok || !content.success) {
    log('github-app-shut', { reason: opened?.ok === false ? opened.reason : 'malformed' });
    return 'shut';
  }
  const { webhookSecret } = content.output;
  return {
    ...row.output,
    ...content.output,
    // What could be guessed opens no door.
    webhookSecret: (webhookSecret?.length ?? 0) < FEWEST_CHARACTERS ? null : webhookSecret,
    sealed: opened.isStale ? await sealer.seal(SETTING, opened.value) : row.output.sealed,
    kept,
  };
}

/**
 * Keeps an app, sealed with `TOKEN_KEY`.
 *
 * @returns false when one is there already, or nothing can be sealed
 */
export async function keepApp(bot: Bot, made: MadeByManifest): Promise<boolean> {
  const { db, runtime } = bot;
  const sealer = await bot.sealer();
  if (!sealer) return false;
  const sealed = await sealer.seal(SETTING, JSON.stringify(made));
  const row = { sealed, installations: [], isRefused: false };
  return claimSetting(db, SETTING, row, { before: 0, now: runtime.now() });
}

/** Forgets the app here; at GitHub it stays until its owner deletes it. */
export async function forgetApp({ db }: Pick<Bot, 'db'>): Promise<void> {
  await deleteSetting(db, SETTING).run();
}

/**
 * Asks GitHub where the app is installed and whether it takes its key, and writes down what is
 * another than before, sealed with the newest key; one call.
 *
 * @returns as {@link madeApp} finds it now; `isAway`: GitHub did not answer, so it is as told last
 */
export async function lookAtApp(
  bot: Bot,
): Promise<{ readonly app: MadeApp | 'shut' | null; readonly isAway: boolean }> {
  const { db, runtime, config, read } = bot;
  const app = await madeApp(bot);
  if (app === null || app === 'shut') return { app, isAway: false };
  const options = { runtime, apiUrl: read(githubSettings).apiUrl, contact: config.contact };
  const told = await installationsOf(options, app);
  if (!told.ok && !isRefused(told)) return { app, isAway: true };
  const { sealed } = app;
  const row = told.ok
    ? { sealed, installations: told.value, isRefused: false }
    : { sealed, installations: app.installations, isRefused: true };
  const isOther = JSON.stringify(row) !== app.kept;
  if (isOther) await swapSetting(db, SETTING, app.kept, row, runtime.now());
  const seen = { ...app, ...row };
  apps.set(bot, Promise.resolve(seen));
  return { app: seen, isAway: false };
}

/** Why the app cannot be used; `null` when it can, or none was made. */
export function wrongOf(app: MadeApp | 'shut' | null): 'app-shut' | 'app-refused' | null {
  if (app === 'shut') return 'app-shut';
  return app?.isRefused ? 'app-refused' : null;
}

/** Whether the app was made, but is installed nowhere yet. */
export function isIdle(app: MadeApp | 'shut' | null): boolean {
  return app !== null && app !== 'shut' && app.installations.length === 0;
}

/**
 * The parts of the bot that the app switches on, as `/healthz` names them; one that cannot be used is
 * on as well, and among the troubles.
 */
export async function githubStates(bot: Bot): Promise<Readonly<Record<string, FeatureState>>> {
  const app = await madeApp(bot);
  if (app === null) return {};
  return {
    'github-webhook': { state: 'on' },
    ...((wrongOf(app) !== null || !isIdle(app)) && { repositories: { state: 'on' } }),
  };
}
