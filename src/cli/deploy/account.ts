import * as v from 'valibot';
import { choose, openTerminal, Stop } from '../terminal.ts';
import { runWrangler, runWranglerForPerson } from '../wrangler.ts';
import { type Api, codeIn, createApi, WranglerError } from './api.ts';
import type { Project, ProjectOptions } from './project.ts';

const tokenAnswer = v.pipe(
  v.string(),
  v.parseJson(),
  v.variant('type', [
    v.object({ type: v.literal('api_token'), token: v.string() }),
    v.object({ type: v.literal('oauth'), token: v.string() }),
    v.object({ type: v.literal('api_key'), key: v.string(), email: v.string() }),
  ]),
);

/**
 * What proves to Cloudflare who is deploying: `CLOUDFLARE_API_TOKEN`, or wrangler's own login, which
 * wrangler keeps and renews. A person at a terminal who is not logged in is taken to the login.
 */
async function readCredentials(
  cwd: string,
  environment: NodeJS.ProcessEnv,
): Promise<Record<string, string>> {
  const token = environment['CLOUDFLARE_API_TOKEN']?.trim();
  if (token) return { authorization: `Bearer ${token}` };
  const first = await askWrangler(cwd);
  if (first) return first;
  if (process.stdin.isTTY) {
    console.log('Cloudflare에 로그인해요. / Logging in to Cloudflare.');
    if (await runWranglerForPerson(['login'], cwd)) {
      const second = await askWrangler(cwd);
      if (second) return second;
    }
  }
  throw new Stop(
    'Cloudflare에 로그인하지 않았어요. npx wrangler login 을 실행하거나, CI에서는 CLOUDFLARE_API_TOKEN을 넣어 주세요.',
    'Not logged in to Cloudflare: run npx wrangler login, or set CLOUDFLARE_API_TOKEN in CI.',
  );
}

async function askWrangler(cwd: string): Promise<Record<string, string> | null> {
  const { words } = await runWrangler(['auth', 'token', '--json'], { cwd });
  const answer = v.safeParse(tokenAnswer, words.slice(words.indexOf('{')));
  if (!answer.success) return null;
  return answer.output.type === 'api_key'
    ? { 'x-auth-key': answer.output.key, 'x-auth-email': answer.output.email }
    : { authorization: `Bearer ${answer.output.token}` };
}

/** The account to deploy to: the one that was named, the only one, or the one the person chooses. */
async function chooseAccount(api: Api, named: string | null): Promise<string> {
  if (named !== null) return named;
  const accounts = await api.list('/accounts', v.object({ id: v.string(), name: v.string() }));
  const [only] = accounts;
  if (only && accounts.length === 1) return only.id;
  if (accounts.length > 1 && process.stdin.isTTY) {
    const terminal = openTerminal();
    const chosen = await choose(
      terminal,
      '어느 계정에 올릴까요? / Which account?',
      accounts.map(({ id, name }) => ({ value: id, label: `${name} (${id})` })),
    ).finally(terminal.close);
    console.log(
      `다음부터 묻지 않게 하려면 .prod.vars에 CLOUDFLARE_ACCOUNT_ID=${chosen} 을 적어 주세요.\n` +
        `To be asked no more, write CLOUDFLARE_ACCOUNT_ID=${chosen} into .prod.vars.`,
    );
    return chosen;
  }
  const list = accounts.map(({ id, name }) => `- ${id} ${name}`).join('\n');
  throw accounts.length === 0
    ? new Stop(
        'Cloudflare 계정이 하나도 보이지 않아요. 토큰의 권한을 보거나 CLOUDFLARE_ACCOUNT_ID를 넣어 주세요.',
        'No Cloudflare account can be seen: look at the rights of the token, or set CLOUDFLARE_ACCOUNT_ID.',
      )
    : new Stop(
        `계정이 여럿이에요. 하나를 골라 .prod.vars나 환경 변수에 CLOUDFLARE_ACCOUNT_ID로 적어 주세요.\n${list}`,
        'There are several accounts: name one as CLOUDFLARE_ACCOUNT_ID in .prod.vars or the environment.',
      );
}

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
