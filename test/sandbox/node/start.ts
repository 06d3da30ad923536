import { closeSync, openSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { freshKakaoApp } from '../kakao/app-settings.ts';
import { sandboxSecrets } from '../world.ts';
import { keepStorageInMemory } from './memory.ts';
import { connectAsOwner } from './owner.ts';
import { end, exitOf, isPortFree, startScript } from './processes.ts';
import { type SandboxServer, startSandboxServer } from './server.ts';

const root = resolve(import.meta.dirname, '../../..');
const port = Number(process.env['PORT'] ?? 8787);
const sandboxPort = Number(process.env['SANDBOX_PORT'] ?? port + 1);
const workerUrl = `http://127.0.0.1:${port}`;
/** As people type it into a browser, whose cookies know no other name. */
const publicUrl = `http://localhost:${port}`;
const sandboxUrl = `http://127.0.0.1:${sandboxPort}`;
keepStorageInMemory();
const folder = resolve(tmpdir(), `soshik-sandbox-${port}`);
const START_MS = 90_000;

/** A new owner's bot: no account is connected and X knows no webhook yet. */
const isFresh = process.env['SANDBOX_FRESH'] === '1';
const ADMIN_PASSWORD = 'sandbox-password';

/** Every var and secret of the sandbox's Worker. */
const settings: Readonly<Record<string, string>> = {
  ...sandboxSecrets,
  ...(isFresh && { TWITTER_ACCESS_TOKEN: '', TWITTER_ACCESS_TOKEN_SECRET: '' }),
  ADMIN_PASSWORD,
  // A key of 32 zero bytes: fake, as all secrets of the sandbox are.
  TOKEN_KEY: Buffer.alloc(32).toString('base64'),
  TWITTER_USER_ID: '',
  PUBLIC_URL: publicUrl,
  SANDBOX_URL: sandboxUrl,
  TWITTER_API_URL: `${sandboxUrl}/x`,
  TWITTER_WEB_URL: `${sandboxUrl}/x-web`,
  NETFLIX_PAGE_URL: `${sandboxUrl}/netflix/ko/new-to-watch`,
  TMDB_API_URL: `${sandboxUrl}/tmdb/3`,
  CATFACT_API_URL: `${sandboxUrl}/catfact`,
  POSTER_HOSTS: `127.0.0.1:${sandboxPort}`,
  TRUSTED_HOSTS: `127.0.0.1:${sandboxPort}`,
  KAKAO_AUTH_URL: `${sandboxUrl}/kakao-auth`,
  KAKAO_API_URL: `${sandboxUrl}/kakao-api`,
  KAKAO_BOT_URL: `${sandboxUrl}/kakao-bot`,
  KAKAO_BOT_ID: freshKakaoApp([]).bot.id,
  KAKAO_EVENT_NAME: 'news',
  TELEGRAM_API_URL: `${sandboxUrl}/telegram`,
  GITHUB_API_URL: `${sandboxUrl}/github`,
  GITHUB_WEB_URL: `${sandboxUrl}/github-web`,
  NEIS_API_URL: `${sandboxUrl}/neis`,
  MENU_SCHOOL: 'B10:7010113',
  KOPIS_API_URL: `${sandboxUrl}/kopis/openApi/restful`,
  DISCORD_API_URL: `${sandboxUrl}/discord`,
  SLACK_API_URL: `${sandboxUrl}/slack`,
};

/** A failure whose words are for the person at the terminal. */
class StartError extends Error {
  override readonly name = 'StartError';
}

async function main(stop: AbortSignal): Promise<void> {
  for (const wanted of [port, sandboxPort]) {
    if (!Number.isInteger(wanted) || wanted < 1 || wanted > 65_535) {
      throw new StartError(
        'PORT와 SANDBOX_PORT는 1부터 65535까지의 수예요. / PORT and SANDBOX_PORT are numbers from 1 to 65535.',
      );
    }
    if (await isPortFree(wanted)) continue;
    throw new StartError(
      `포트 ${wanted}번을 다른 프로그램이 쓰고 있어요. 그 프로그램을 끄거나 PORT=9000 npm start 처럼 다른 포트를 골라 주세요.\n` +
        `Port ${wanted} is in use. End that program or choose another port: PORT=9000 npm start`,
    );
  }
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  console.log('소식 놀이터를 준비하고 있어요… / Preparing the soshik sandbox…');

  const envFile = resolve(folder, 'settings.env');
  const lines = Object.entries(settings).map(([name, value]) => `${name}='${value}'`);
  await writeFile(envFile, `${lines.join('\n')}\n`);

  const logFile = resolve(folder, 'wrangler.log');
  const output = openSync(logFile, 'a');
  const wrangler = (...parameters: string[]) =>
    startScript(
      resolve(
        createRequire(import.meta.url).resolve('wrangler/package.json'),
        '../bin/wrangler.js',
      ),
      [...parameters, '--persist-to', folder, '--env-file', envFile],
      { cwd: root, env: wranglerEnvironment(), output },
    );

  const children = [];
  let server: SandboxServer | null = null;
  try {
    const migrate = wrangler('d1', 'execute', 'DB', '--local', '--yes', '--file', await schema());
    children.push(migrate);
    if ((await Promise.race([exitOf(migrate), aborted(stop)])) !== 0) {
      throw new StartError(await lastWords(logFile));
    }
    server = await startSandboxServer({ port: sandboxPort, workerUrl, publicUrl, isFresh });
    const worker = wrangler(
      'dev',
      'test/sandbox/worker.ts',
      '--ip=127.0.0.1',
      `--port=${port}`,
      // Wrangler looks for a free one before it listens, and another sandbox finds the same.
      '--inspector-port=0',
      '--show-interactive-dev-session=false',
    );
    children.push(worker);
    const death = exitOf(worker).then(async () => {
      throw new StartError(await lastWords(logFile));
    });
    const comesUp = isAnswering(stop)
      .then(server.connect)
      .then(() => (isFresh ? undefined : connectAsOwner(publicUrl, ADMIN_PASSWORD)))
      .catch(async (cause: unknown) => {
        const words = cause instanceof Error ? cause.message : String(cause);
        throw new StartError(`${words}\n${await lastWords(logFile)}`, { cause });
      });
    await Promise.race([comesUp, death, aborted(stop)]);
    console.log(
      `브라우저에서 ${publicUrl}/sandbox 를 여세요. 끝내려면 Ctrl+C / Open ${publicUrl}/sandbox (Ctrl+C ends it)`,
    );
    console.log(
      `관리 페이지 / owner’s pages: ${publicUrl}/admin (비밀번호 / password: ${ADMIN_PASSWORD})`,
    );
    await Promise.race([death, aborted(stop)]);
  } finally {
    await Promise.all(children.map(end));
    await server?.close();
    closeSync(output);
  }
}

/**
 * All migrations as one file: for each of them `wrangler d1 migrations apply` would start a runtime of
 * its own, and nobody asks a database that lives as long as the sandbox what it has had.
 */
async function schema(): Promise<string> {
  const migrations = resolve(root, 'src/store/migrations');
  const names = (await readdir(migrations)).filter((name) => name.endsWith('.sql')).toSorted();
  const texts = await Promise.all(names.map((name) => readFile(resolve(migrations, name), 'utf8')));
  const file = resolve(folder, 'schema.sql');
  await writeFile(file, texts.join('\n'));
  return file;
}

/**
 * Nothing of the developer's own setup reaches the Worker: `--env-file` replaces `.dev.vars` and
 * `.env`, and the shell's variables stay outside.
 */
function wranglerEnvironment(): NodeJS.ProcessEnv {
  return {
    ...process.env,
    CLOUDFLARE_INCLUDE_PROCESS_ENV: 'false',
    CLOUDFLARE_LOAD_DEV_VARS_FROM_DOT_ENV: 'true',
    CLOUDFLARE_ENV: '',
    WRANGLER_SEND_METRICS: 'false',
    WRANGLER_HIDE_BANNER: 'true',
    WRANGLER_LOG_PATH: resolve(folder, 'logs'),
    WRANGLER_REGISTRY_PATH: resolve(folder, 'registry'),
    NO_COLOR: '1',
  };
}

async function aborted(stop: AbortSignal): Promise<never> {
  return await new Promise((_, reject) => {
    if (stop.aborted) reject(stop.reason);
    stop.addEventListener('abort', () => reject(stop.reason));
  });
}

async function isAnswering(stop: AbortSignal): Promise<void> {
  const until = Date.now() + START_MS;
  while (!stop.aborted && Date.now() < until) {
    const status = await fetch(`${workerUrl}/healthz`, { signal: AbortSignal.timeout(5000) }).then(
      (response) => response.status,
      () => null,
    );
    if (status === 200) return;
    await new Promise((next) => setTimeout(next, 250));
  }
  throw new Error('봇이 켜지지 않았어요. / The Worker did not come up.');
}

/** The end of wrangler's log, under a sentence that says what it is. */
async function lastWords(logFile: string): Promise<string> {
  const text = await readFile(logFile, 'utf8');
  const tail = text.trim().split('\n').slice(-25).join('\n');
  return `wrangler가 끝으로 한 말이에요. / The last words of wrangler:\n\n${tail}`;
}

// The page's scripts are TypeScript; Node tells each user that its way to strip types is new.
process.removeAllListeners('warning');
process.on('warning', (warning) => {
  if (warning.name !== 'ExperimentalWarning') console.warn(warning);
});

const stop = new AbortController();
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(name, () => stop.abort(name));
}
try {
  await main(stop.signal);
} catch (error) {
  if (stop.signal.aborted) {
    await rm(folder, { recursive: true, force: true });
    console.log('놀이터를 정리했어요. / The sandbox is closed.');
  } else {
    console.error(error instanceof StartError ? error.message : error);
    process.exitCode = 1;
  }
}
