import { rmSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import * as v from 'valibot';
import type { OwnerSettings } from '../settingsFile.ts';
import { openTerminal, Stop } from '../terminal.ts';
import { runWrangler } from '../wrangler.ts';
import { type OpenAccount, openAccount } from './account.ts';
import { type Api, ApiError, createSteps } from './api.ts';
import type { Ids, Plan } from './plan.ts';
import { openProject, type Project, type ProjectOptions } from './project.ts';
import { ensureResources, pendingMigrations } from './resources.ts';

const answer = v.object({ subdomain: v.nullish(v.string()) });

/** Cloudflare's number for an account without a workers.dev subdomain. */
const NONE = 10_007;
const FORM = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * The account's name under workers.dev, at which its Workers answer. A person is asked for one when
 * there is none; `null` when the token may not look.
 */
async function ensureSubdomain(api: Api, account: string): Promise<string | null> {
  try {
    const { subdomain } = await api.get(`${account}/workers/subdomain`, answer);
    if (subdomain) return subdomain;
  } catch (cause) {
    if (!(cause instanceof ApiError)) throw cause;
    if (cause.code === null) throw cause;
    if (cause.code !== NONE) return null;
  }
  if (process.stdin.isTTY) return await register(api, account);
  throw new Stop(
    '계정에 workers.dev 주소가 아직 없어요. dash.cloudflare.com > Workers & Pages를 한 번 열어 정하거나, 터미널에서 npm run deploy를 실행해 주세요.',
    'The account has no workers.dev subdomain yet: open dash.cloudflare.com > Workers & Pages once, or run npm run deploy in a terminal.',
  );
}

async function register(api: Api, account: string): Promise<string> {
  const terminal = openTerminal();
  try {
    for (;;) {
      const wanted = await terminal.ask(
        '이 계정의 워커 주소를 정해 주세요: https://<워커>.<이것>.workers.dev / Choose the subdomain: ',
      );
      if (!FORM.test(wanted)) {
        terminal.say('소문자, 숫자, -만 돼요. / Small letters, digits and "-" only.');
        continue;
      }
      try {
        await api.send('PUT', `${account}/workers/subdomain`, { subdomain: wanted }, answer);
        return wanted;
      } catch (cause) {
        if (!(cause instanceof ApiError) || cause.code === null) throw cause;
        terminal.say(`${cause.message} (${cause.code})`);
      }
    }
  } finally {
    terminal.close();
  }
}

export interface DeployOptions extends ProjectOptions {
  readonly isDryRun: boolean;
}

/** What was deployed. */
export interface Deployed {
  /** Where the Worker answers; `null` when that could not be found out. */
  readonly origin: string | null;
  readonly worker: string;
}

/**
 * Creates what is missing by name, migrates, then deploys with the owner's secrets in the same
 * upload. Every step can be run again; the version before goes on running until the new one is taken.
 *
 * @returns `null` for a dry run
 */
export async function deploy(options: DeployOptions): Promise<Deployed | null> {
  const { say } = options;
  const project = await openProject(options);
  const { plan, owner } = project;
  if (options.isDryRun) {
    await dryRun(project, options);
    return null;
  }
  const step = createSteps(say);
  const account = await step('로그인', 'log in', () => openAccount(project, options));
  const subdomain = await step('주소', 'address', () => ensureSubdomain(account.api, account.path));
  const ids = await step('저장소와 큐 만들기', 'create storage and queues', () =>
    ensureResources(account.api, account.path, plan, (name, isNew) =>
      say(isNew ? `  + ${name}` : `  = ${name} (있어요 / there)`),
    ),
  );
  await project.writeConfig(ids, account.id);
  await step('데이터베이스 표', 'database tables', () => migrate(project, account, ids, say));
  if (owner.vars['OWNER_MAIL']) {
    say(
      '\n  OWNER_MAIL이 있어서 메일 바인딩도 올려요. 받지 않으면 Email Routing을 켜거나 OWNER_MAIL을 비워 주세요.\n' +
        '  OWNER_MAIL is set, so a binding for mail goes along: if it is refused, turn on Email Routing or blank OWNER_MAIL.',
    );
  }
  await step('워커 올리기', 'deploy the Worker', () =>
    withSecretsFile(owner.secrets, (secrets) =>
      account.wrangler(['deploy', ...(secrets === null ? [] : ['--secrets-file', secrets])]),
    ),
  );
  const publicUrl = owner.vars['PUBLIC_URL'];
  const origin =
    publicUrl ?? (subdomain === null ? null : `https://${plan.worker}.${subdomain}.workers.dev`);
  return { origin, worker: plan.worker };
}

async function dryRun(project: Project, { say, show }: DeployOptions): Promise<void> {
  await project.writeConfig(null, null);
  showPlan(project.plan, project.owner, say);
  const { ok } = await runWrangler(['deploy', '--dry-run', '--config', project.configFile], {
    cwd: project.root,
    show,
  });
  if (!ok) throw new Stop('묶음을 만들지 못했어요.', 'The bundle could not be built.');
}

function showPlan(plan: Plan, owner: OwnerSettings, say: (line: string) => void): void {
  say(`계획 / plan: ${plan.worker}`);
  for (const title of plan.namespaces.values()) say(`- KV ${title}`);
  for (const name of plan.databases.values()) say(`- D1 ${name}, 표 / tables`);
  for (const queue of plan.queues) say(`- Queue ${queue}`);
  say(`- Worker ${plan.worker}`);
  if (owner.vars['OWNER_MAIL']) say('- send_email MAIL: Email Routing');
  say(`- 비밀값 / secrets: ${namesOf(owner.secrets)}`);
  say(`- 변수 / vars: ${namesOf(owner.vars)}`);
}

function namesOf(values: Readonly<Record<string, string>>): string {
  return Object.keys(values).join(', ') || '-';
}

async function migrate(
  { file, root }: Project,
  { api, path, wrangler }: OpenAccount,
  ids: Ids,
  say: (line: string) => void,
): Promise<void> {
  for (const { binding, migrations_dir: folder } of file.d1_databases) {
    const database = `${path}/d1/database/${ids.databases.get(binding)}`;
    const pending = await pendingMigrations(api, database, resolve(root, folder));
    for (const name of pending) say(`  + ${name}`);
    if (pending.length === 0) say('  = 새것이 없어요 / nothing new');
    else await wrangler(['d1', 'migrations', 'apply', binding, '--remote']);
  }
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
