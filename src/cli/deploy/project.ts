import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import * as v from 'valibot';
import { experimental_readRawConfig } from 'wrangler';
import { loadBook } from '../loadBook.ts';
import { type OwnerSettings, readOwnerSettings } from '../settingsFile.ts';
import { Stop } from '../terminal.ts';
import {
  type Ids,
  type Plan,
  planOf,
  resolvedConfig,
  type WranglerFile,
  wranglerFile,
} from './plan.ts';

interface DeployArgs {
  /** The Worker's name; `null`: the one of wrangler.toml. */
  readonly name: string | null;
  readonly isDryRun: boolean;
}

/** A queue is called `<name>-deliveries-dlq`, and has 63 letters at the most. */
const MOST_NAME_LETTERS = 48;

const USAGE = 'npm run deploy -- [--name soshik-staging] [--dry-run]';

/** Reads the command's words; one that is not known is refused, never passed on. */
export function readDeployArgs(args: readonly string[]): DeployArgs {
  let read: { name?: string | undefined; 'dry-run'?: boolean | undefined };
  try {
    read = parseArgs({
      args: [...args],
      options: { name: { type: 'string' }, 'dry-run': { type: 'boolean' } },
    }).values;
  } catch (cause) {
    const words = cause instanceof Error ? cause.message : String(cause);
    throw new Stop(`이 말은 몰라요: ${words}\n쓰는 법: ${USAGE}`, `usage: ${USAGE}`, { cause });
  }
  if (read.name !== undefined) checkName(read.name);
  return { name: read.name ?? null, isDryRun: read['dry-run'] ?? false };
}

/** Refuses a name that Cloudflare would refuse halfway through. */
export function checkName(name: string): void {
  if (name.length <= MOST_NAME_LETTERS && /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(name)) return;
  throw new Stop(
    `워커 이름 "${name}"은 쓸 수 없어요. 소문자, 숫자, -로 ${MOST_NAME_LETTERS}자까지예요.`,
    `"${name}" cannot be a Worker's name: up to ${MOST_NAME_LETTERS} small letters, digits and "-".`,
  );
}

export interface ProjectOptions {
  /** The Worker's name; `null`: the one of wrangler.toml. */
  readonly name: string | null;
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

/** One bot as this clone describes it, before anybody is asked. */
export interface Project {
  readonly root: string;
  readonly file: WranglerFile;
  readonly plan: Plan;
  readonly owner: OwnerSettings;
  /** wrangler.toml as this bot's own, for wrangler's `--config`. */
  readonly configFile: string;
  readonly writeConfig: (ids: Ids | null, accountId: string | null) => Promise<void>;
}

/** Reads wrangler.toml and the owner's settings, and checks both. */
export async function openProject(options: ProjectOptions): Promise<Project> {
  const { root, folder } = options;
  const config = experimental_readRawConfig({ config: join(root, 'wrangler.toml') }).rawConfig;
  const file = v.parse(wranglerFile, config);
  const plan = planOf(file, options.name ?? file.name);
  const owner = await readOwner(options, plan, file);
  const configFile = join(folder, `${plan.worker}.json`);
  return {
    root,
    file,
    plan,
    owner,
    configFile,
    async writeConfig(ids, accountId) {
      const resolved = resolvedConfig(file, { root, plan, ids, accountId, vars: owner.vars });
      await mkdir(folder, { recursive: true });
      // Renamed into place: a run that is broken off leaves no half a config.
      const draft = join(folder, `${randomUUID()}.tmp`);
      await writeFile(draft, JSON.stringify(resolved, null, 2));
      await rename(draft, configFile);
    },
  };
}

/** The owner's file for this bot, sorted and checked; nothing where there is none. */
async function readOwner(
  { root, ownerFolder, say }: ProjectOptions,
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
