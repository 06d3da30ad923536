import { resolve } from 'node:path';
import { convertV4MiniflareOptions, Miniflare } from 'miniflare';
import {
  unstable_readConfig as configOf,
  unstable_getMiniflareWorkerOptions as optionsOf,
} from 'wrangler';
import { bundleWorker, migratedDatabase } from '../../cloudflare/worker.ts';
import { freshKakaoApp } from '../kakao/app-settings.ts';
import { sandboxSecrets } from '../world.ts';
import { keepStorageInMemory } from './memory.ts';
import { connectAsOwner } from './owner.ts';
import { isPortFree } from './port.ts';
import { type SandboxServer, startSandboxServer } from './server.ts';

const root = resolve(import.meta.dirname, '../../..');
const port = Number(process.env['PORT'] ?? 8787);
const sandboxPort = Number(process.env['SANDBOX_PORT'] ?? port + 1);
const workerUrl = `http://127.0.0.1:${port}`;
/** As people type it into a browser, whose cookies know no other name. */
const publicUrl = `http://localhost:${port}`;
const sandboxUrl = `http://127.0.0.1:${sandboxPort}`;
keepStorageInMemory();

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
  console.log('소식 놀이터를 준비하고 있어요… / Preparing the soshik sandbox…');

  let worker: Miniflare | null = null;
  let server: SandboxServer | null = null;
  try {
    server = await startSandboxServer({ port: sandboxPort, workerUrl, publicUrl, isFresh });
    worker = await startWorker();
    await server.connect();
    if (!isFresh) await connectAsOwner(publicUrl, ADMIN_PASSWORD);
    console.log(
      `브라우저에서 ${publicUrl}/sandbox 를 여세요. 끝내려면 Ctrl+C / Open ${publicUrl}/sandbox (Ctrl+C ends it)`,
    );
    console.log(
      `관리 페이지 / owner’s pages: ${publicUrl}/admin (비밀번호 / password: ${ADMIN_PASSWORD})`,
    );
    await aborted(stop);
  } finally {
    await worker?.dispose();
    await server?.close();
  }
}

/**
 * The Worker as wrangler.toml describes it, in Cloudflare's own runtime. Nothing of the developer's
 * own setup reaches it: its vars are those of the file, not of `.dev.vars` or `.env`.
 */
async function startWorker(): Promise<Miniflare> {
  // Wrangler would say that it uses a developer's secrets.
  process.env['WRANGLER_LOG'] ??= 'error';
  const config = configOf({ config: resolve(root, 'wrangler.toml') });
  const contents = await bundleWorker(root, 'test/sandbox/worker.ts');
  const worker = new Miniflare(
    convertV4MiniflareOptions({
      ...optionsOf(config).workerOptions,
      modules: [{ type: 'ESModule', path: 'worker.js', contents }],
      bindings: { ...config.vars, ...settings },
      host: '127.0.0.1',
      port,
      unsafeTriggerHandlers: true,
      // What goes well is on the page.
      handleStructuredLogs: ({ level, message }) => {
        if (['warn', 'error'].includes(level)) console.error(message);
      },
    }),
  );
  await worker.ready;
  await migratedDatabase(worker, root);
  return worker;
}

async function aborted(stop: AbortSignal): Promise<never> {
  return await new Promise((_, reject) => {
    if (stop.aborted) reject(stop.reason);
    stop.addEventListener('abort', () => reject(stop.reason));
  });
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
// The runtime's own listener ends the process as soon as a signal comes.
process.once('exit', () => {
  if (!stop.signal.aborted) return;
  console.log('놀이터를 정리했어요. / The sandbox is closed.');
  process.exitCode = 0;
});
try {
  await main(stop.signal);
} catch (error) {
  if (!stop.signal.aborted) {
    console.error(error instanceof StartError ? error.message : error);
    process.exitCode = 1;
  }
}
