import { runWrangler } from '../wrangler.ts';
import { codeIn } from './advice.ts';
import { type Api, createApi } from './api.ts';
import { chooseAccount, readCredentials } from './login.ts';
import type { Project, ProjectOptions } from './project.ts';
import { WranglerError } from './steps.ts';

const API_URL = 'https://api.cloudflare.com/client/v4';

/** The account a bot lives in, and the two ways to act on it. */
export interface OpenAccount {
  readonly id: string;
  /** `/accounts/<id>` */
  readonly path: string;
  readonly api: Api;
  /** Runs wrangler with this bot's config. */
  readonly wrangler: (args: readonly string[]) => Promise<void>;
}

/** Logs in and finds the account. */
export async function openAccount(
  { root, file, owner, configFile }: Project,
  { environment, show }: ProjectOptions,
): Promise<OpenAccount> {
  const url = environment['CLOUDFLARE_API_BASE_URL'] ?? API_URL;
  const api = createApi(url, await readCredentials(root, environment));
  const named = environment['CLOUDFLARE_ACCOUNT_ID']?.trim() || owner.accountId;
  const id = await chooseAccount(api, named ?? file.account_id ?? null);
  return {
    id,
    path: `/accounts/${id}`,
    api,
    async wrangler(args) {
      const run = await runWrangler([...args, '--config', configFile], {
        cwd: root,
        environment: { CLOUDFLARE_ACCOUNT_ID: id },
        show,
      });
      if (!run.ok) throw new WranglerError(args, codeIn(run.words));
    },
  };
}
