import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { experimental_readRawConfig } from 'wrangler';
import { loadBook } from '../loadBook.ts';
import { type OwnerSettings, readOwnerSettings } from '../ownerSettings.ts';
import { Stop } from '../stop.ts';
import {
  type Ids,
  type Plan,
  planOf,
  resolvedConfig,
  type WranglerFile,
  wranglerFile,
} from './plan.ts';

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
