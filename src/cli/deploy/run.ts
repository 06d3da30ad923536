import { randomUUID } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import * as v from 'valibot';
import { experimental_readRawConfig } from 'wrangler';
import { loadBook } from '../loadBook.ts';
import { type OwnerSettings, readOwnerSettings } from '../ownerSettings.ts';
import { Stop } from '../stop.ts';
import { runWrangler } from '../wrangler.ts';
import { adviceFor, codeIn } from './advice.ts';
import { type Api, ApiError, createApi } from './api.ts';
import type { DeployArgs } from './args.ts';
import { chooseAccount, readCredentials } from './login.ts';
import { pendingMigrations } from './migrations.ts';
import {
  type Ids,
  type Plan,
  planOf,
  resolvedConfig,
  type WranglerFile,
  wranglerFile,
} from './plan.ts';
import { ensureResources } from './resources.ts';
import { ensureSubdomain } from './subdomain.ts';

export interface DeployOptions extends DeployArgs {
  /** Folder of wrangler.toml. */
  readonly root: string;
  /** Where the resolved config is written; it can be lost. */
  readonly folder: string;
  /** Where the owner's `.prod.vars` lies. */
  readonly ownerFolder: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly say: (line: string) => void;
  /** Takes what wrangler prints. */
  readonly show: (text: string) => void;
}

/** What was deployed. */
export interface Deployed {
  /** Where the Worker answers; `null` when that could not be found out. */
  readonly origin: string | null;
  readonly worker: string;
}

const API_URL = 'https://api.cloudflare.com/client/v4';

/**
 * Creates what is missing by name, migrates, then deploys with the owner's secrets in the same
 * upload. Every step can be run again; the version before goes on running until the new one is taken.
 *
 * @returns `null` for a dry run
 */
export async function deploy(options: DeployOptions): Promise<Deployed | null> {
  const { root, folder, environment, say } = options;
  const config = experimental_readRawConfig({ config: join(root, 'wrangler.toml') }).rawConfig;
  const file = v.parse(wranglerFile, config);
  const plan = planOf(file, options.name ?? file.name);
  const owner = await readOwner(options, plan, file);
  const configFile = join(folder, `${plan.worker}.json`);
  const write = async (ids: Ids | null, accountId: string | null) => {
    const vars = owner.vars;
    const resolved = resolvedConfig(file, { root, plan, ids, accountId, vars });
    await mkdir(folder, { recursive: true });
    // Renamed into place: a run that is broken off leaves no half a config.
    const draft = join(folder, `${randomUUID()}.tmp`);
    await writeFile(draft, JSON.stringify(resolved, null, 2));
    await rename(draft, configFile);
  };

  if (options.isDryRun) {
    await write(null, null);
    showPlan(plan, owner, say);
    const { ok } = await runWrangler(['deploy', '--dry-run', '--config', configFile], {
      cwd: root,
      show: options.show,
    });
    if (!ok) throw new Stop('묶음을 만들지 못했어요.', 'The bundle could not be built.');
    return null;
  }

  const step = createSteps(say);
  const { api, accountId } = await step('로그인', 'log in', async () => {
    const url = environment['CLOUDFLARE_API_BASE_URL'] ?? API_URL;
    const client = createApi(url, await readCredentials(root, environment));
    const named = environment['CLOUDFLARE_ACCOUNT_ID']?.trim() || owner.accountId;
    return {
      api: client,
      accountId: await chooseAccount(client, named ?? file.account_id ?? null),
    };
  });
  const account = `/accounts/${accountId}`;
  const subdomain = await step('주소', 'address', () => ensureSubdomain(api, account));
  const ids = await step('저장소와 큐 만들기', 'create storage and queues', () =>
    ensureResources(api, account, plan, (name, isNew) =>
      say(isNew ? `  + ${name}` : `  = ${name} (있어요 / there)`),
    ),
  );
  await write(ids, accountId);
  const wrangler = async (args: readonly string[]) => {
    const run = await runWrangler([...args, '--config', configFile], {
      cwd: root,
      environment: { CLOUDFLARE_ACCOUNT_ID: accountId },
      show: options.show,
    });
    if (!run.ok) throw new WranglerError(args, codeIn(run.words));
  };
  await step('데이터베이스 표', 'database tables', () =>
    migrate(api, account, ids, file, root, wrangler, say),
  );
  await step('워커 올리기', 'deploy the Worker', () =>
    withSecretsFile(owner.secrets, (secrets) =>
      wrangler(['deploy', ...(secrets === null ? [] : ['--secrets-file', secrets])]),
    ),
  );
  const publicUrl = owner.vars['PUBLIC_URL'];
  const origin =
    publicUrl ?? (subdomain === null ? null : `https://${plan.worker}.${subdomain}.workers.dev`);
  return { origin, worker: plan.worker };
}

/** wrangler did not do what it was asked; it has said why. */
class WranglerError extends Error {
  override readonly name = 'WranglerError';
  readonly code: number | undefined;

  constructor(args: readonly string[], code: number | undefined) {
    super(`wrangler ${args.filter((arg) => /^[a-z0-9]+$/i.test(arg)).join(' ')}`);
    this.code = code;
  }
}

/** The owner's file for this bot, sorted and checked; nothing where there is none. */
async function readOwner(
  { root, ownerFolder, say }: DeployOptions,
  plan: Plan,
  file: WranglerFile,
): Promise<OwnerSettings> {
  const { settings: known } = await loadBook(root);
  // A var edited in wrangler.toml is meant, though .prod.vars is its place.
  const edited = Object.fromEntries(
    Object.entries(file.vars).filter(([name, value]) =>
      known.some((setting) => setting.name === name && setting.fallback !== value),
    ),
  );
  const own = join(ownerFolder, `.prod.vars.${plan.worker}`);
  const shared = join(ownerFolder, '.prod.vars');
  const path = existsSync(own) ? own : shared;
  if (!existsSync(path)) {
    say(
      '.prod.vars가 없어요. 비밀값은 있던 그대로예요 (npm run setup). / No .prod.vars: secrets stay as they are.',
    );
    return { secrets: {}, vars: edited, accountId: null };
  }
  if (path === shared && plan.worker !== file.name) {
    say(
      `! ${plan.worker}도 .prod.vars의 열쇠를 써요. 따로 쓰려면 .prod.vars.${plan.worker}를 만들어 주세요.\n` +
        `  ${plan.worker} gets the keys of .prod.vars too; for keys of its own write .prod.vars.${plan.worker}.`,
    );
  }
  const { settings, problems } = readOwnerSettings(await readFile(path, 'utf8'), known);
  if (problems.length === 0) return { ...settings, vars: { ...edited, ...settings.vars } };
  throw new Stop(
    `${path}를 고쳐 주세요. 아직 아무것도 보내지 않았어요.\n${problems.map(({ ko }) => `- ${ko}`).join('\n')}`,
    `Mend it first; nothing was sent.\n${problems.map(({ en }) => `- ${en}`).join('\n')}`,
  );
}

function showPlan(plan: Plan, owner: OwnerSettings, say: (line: string) => void): void {
  say(`계획 / plan: ${plan.worker}`);
  for (const title of plan.namespaces.values()) say(`- KV ${title}`);
  for (const name of plan.databases.values()) say(`- D1 ${name}, 표 / tables`);
  for (const queue of plan.queues) say(`- Queue ${queue}`);
  say(`- Worker ${plan.worker}`);
  say(`- 비밀값 / secrets: ${namesOf(owner.secrets)}`);
  say(`- 변수 / vars: ${namesOf(owner.vars)}`);
}

function namesOf(values: Readonly<Record<string, string>>): string {
  return Object.keys(values).join(', ') || '-';
}

async function migrate(
  api: Api,
  account: string,
  ids: Ids,
  file: WranglerFile,
  root: string,
  wrangler: (args: readonly string[]) => Promise<void>,
  say: (line: string) => void,
): Promise<void> {
  for (const { binding, migrations_dir: folder } of file.d1_databases) {
    const database = `${account}/d1/database/${ids.databases.get(binding)}`;
    const pending = await pendingMigrations(api, database, resolve(root, folder));
    for (const name of pending) say(`  + ${name}`);
    if (pending.length === 0) say('  = 새것이 없어요 / nothing new');
    else await wrangler(['d1', 'migrations', 'apply', binding, '--remote']);
  }
}

/** Numbers the steps; one that fails says which it was, what Cloudflare said and what to do. */
function createSteps(say: (line: string) => void) {
  let count = 0;
  return async <Result>(ko: string, en: string, work: () => Promise<Result>): Promise<Result> => {
    count += 1;
    say(`\n▶ ${count}. ${ko} / ${en}`);
    try {
      return await work();
    } catch (cause) {
      if (cause instanceof ApiError) throw stopped(count, ko, en, cause, cause.code, cause.call);
      if (cause instanceof WranglerError) {
        throw stopped(count, ko, en, cause, cause.code, cause.message);
      }
      throw cause;
    }
  };
}

function stopped(
  count: number,
  ko: string,
  en: string,
  cause: Error,
  code: number | null | undefined,
  call: string,
): Stop {
  const advice = adviceFor(code === undefined ? 0 : code);
  const said = cause instanceof ApiError ? `${cause.message}, ` : '';
  const number = typeof code === 'number' ? `${said}code ${code}, ${call}` : `${said}${call}`;
  return new Stop(
    `${count}. ${ko}에서 멈췄어요 (${number}).\n${advice.ko}\n고친 뒤 npm run deploy를 다시 실행해 주세요. 끝난 단계는 그대로 두고 이어서 해요.`,
    `Stopped at ${count}. ${en}.\n${advice.en}\nThen run npm run deploy again: finished steps are left alone.`,
    { cause },
  );
}

/**
 * Hands the secrets over as JSON, which wrangler reads as it is (in a file of another form it would
 * replace what looks like `$NAME`): readable by this person only, and gone afterwards, however the
 * command ends.
 */
async function withSecretsFile<Result>(
  secrets: Readonly<Record<string, string>>,
  work: (path: string | null) => Promise<Result>,
): Promise<Result> {
  if (Object.keys(secrets).length === 0) return await work(null);
  const folder = await mkdtemp(join(tmpdir(), 'soshik-deploy-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const broken = () => {
    remove();
    process.exit(130);
  };
  process.once('SIGINT', broken);
  process.once('SIGTERM', broken);
  try {
    const path = join(folder, 'secrets.json');
    await writeFile(path, JSON.stringify(secrets), { mode: 0o600 });
    return await work(path);
  } finally {
    process.off('SIGINT', broken);
    process.off('SIGTERM', broken);
    remove();
  }
}
