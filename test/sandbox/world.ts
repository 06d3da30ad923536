import { type CanteenSandbox, createCanteen } from './canteen.ts';
import { type CatfactSandbox, createCatfact } from './catfact.ts';
import { createClock, type SandboxClock } from './clock.ts';
import { createDiscord, type DiscordSandbox } from './discord/sandbox.ts';
import { createFaults, type Faults, underFault } from './faults.ts';
import { createFeeds, type FeedsSandbox } from './feeds/sandbox.ts';
import { createGitHub, type GitHubSandbox } from './github/sandbox.ts';
import { createKakao, type KakaoSandbox } from './kakao/sandbox.ts';
import { createKopis, type KopisSandbox } from './kopis/sandbox.ts';
import { createNeis, type NeisSandbox } from './neis.ts';
import { createNetflix, type NetflixSandbox } from './netflix.ts';
import { defaultImageBase, freshRows } from './netflix-rows.ts';
import { createDrawnPosters, createPictureHost, type Poster } from './pictures.ts';
import { sandboxSecrets } from './secrets.ts';
import { createSlack, type SlackSandbox } from './slack/sandbox.ts';
import { createTelegram, type TelegramSandbox } from './telegram/sandbox.ts';
import { createTmdb, type TmdbSandbox } from './tmdb.ts';
import { freshSeries } from './tmdb-rows.ts';
import { createX, type XSandbox } from './x/sandbox.ts';

export type { NetflixRow } from './netflix-rows.ts';
export { sandboxAppBearer, sandboxSecrets } from './secrets.ts';

export interface WorldOptions {
  /** Start of the world's clock, epoch milliseconds. */
  readonly startAt: number;
  /** True: the clock runs with real time. Default: it stands still until moved. */
  readonly ticking?: boolean;
  /** Where posters of Netflix titles are served. */
  readonly imageBase?: string;
  /** Where posters of KOPIS are said to be; default: KOPIS itself. */
  readonly kopisPosterBase?: string;
  /** Bytes of the poster of a Netflix or TMDB id; default: a small drawn PNG, another for each. */
  readonly poster?: Poster;
  /** Text of GitHub's published GraphQL schema; default: the part that the sandbox answers. */
  readonly githubSchema?: () => Promise<string> | string;
}

export interface RecordedRequest {
  /** Epoch milliseconds of the world's clock. */
  readonly at: number;
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** What the caller was told; null when no answer reached it. */
  readonly status: number | null;
}

/** The internet as the Worker sees it, on your own machine. */
export interface World {
  readonly clock: SandboxClock;
  /** Like `fetch`: an unknown host rejects with TypeError, as a failed connection does. */
  fetch(request: Request): Promise<Response>;
  /** Every request that was made, oldest first. */
  readonly requests: RecordedRequest[];
  readonly faults: Faults;
  readonly x: XSandbox;
  readonly netflix: NetflixSandbox;
  readonly tmdb: TmdbSandbox;
  readonly catfact: CatfactSandbox;
  readonly kakao: KakaoSandbox;
  readonly telegram: TelegramSandbox;
  readonly github: GitHubSandbox;
  readonly neis: NeisSandbox;
  readonly canteen: CanteenSandbox;
  readonly kopis: KopisSandbox;
  readonly feeds: FeedsSandbox;
  readonly discord: DiscordSandbox;
  readonly slack: SlackSandbox;
}

type Host = (request: Request) => Promise<Response>;

export function createWorld(options: WorldOptions): World {
  const imageBase = options.imageBase ?? defaultImageBase;
  const clock = createClock(options.startAt, options.ticking ?? false);
  const faults = createFaults();
  const rows = freshRows(options.startAt, imageBase);
  const x = createX(clock);
  const netflix = createNetflix(rows);
  const tmdb = createTmdb(sandboxSecrets.TMDB_TOKEN, freshSeries(options.startAt, rows));
  const catfact = createCatfact();
  const kakao = createKakao(clock);
  const telegram = createTelegram(clock, sandboxSecrets.TELEGRAM_BOT_TOKEN);
  const github = createGitHub(clock, {
    token: sandboxSecrets.GITHUB_TOKEN,
    ...(options.githubSchema && { schema: options.githubSchema }),
  });
  const neis = createNeis(clock);
  const canteen = createCanteen();
  const kopis = createKopis(clock, options.kopisPosterBase);
  const feeds = createFeeds(clock);
  const discord = createDiscord(clock);
  const slack = createSlack(clock);
  const pictures = createPictureHost(options.poster ?? createDrawnPosters());
  const hosts = new Map<string, Host>([
    [new URL(defaultImageBase).host, pictures],
    [new URL(imageBase).host, pictures],
    ['image.tmdb.org', pictures],
    ['api.x.com', x.handle],
    ['x.com', x.handleWeb],
    ['about.netflix.com', netflix.handle],
    ['api.themoviedb.org', tmdb.handle],
    ['catfact.ninja', catfact.handle],
    ['kauth.kakao.com', kakao.handleAuth],
    ['kapi.kakao.com', kakao.handle],
    ['bot-api.kakao.com', kakao.handleBot],
    ['api.telegram.org', telegram.handle],
    ['api.github.com', github.handle],
    ['github.com', github.handleWeb],
    ['open.neis.go.kr', neis.handle],
    ['canteen.example', canteen.handle],
    ['www.kopis.or.kr', kopis.handle],
    ['news.example', feeds.handle],
    ['discord.com', discord.handle],
    ['hooks.slack.com', slack.handle],
  ]);
  const requests: { -readonly [Key in keyof RecordedRequest]: RecordedRequest[Key] }[] = [];

  return {
    clock,
    requests,
    faults,
    x: x.sandbox,
    netflix: netflix.sandbox,
    tmdb: tmdb.sandbox,
    catfact: catfact.sandbox,
    kakao: kakao.sandbox,
    telegram: telegram.sandbox,
    github: github.sandbox,
    neis: neis.sandbox,
    canteen: canteen.sandbox,
    kopis: kopis.sandbox,
    feeds: feeds.sandbox,
    discord: discord.sandbox,
    slack: slack.sandbox,
    async fetch(request) {
      request.signal.throwIfAborted();
      const { method, url } = request;
      const body = new Uint8Array(await request.arrayBuffer());
      const headers = Object.fromEntries(request.headers);
      const record = { at: clock.now(), method, url, headers, body, status: null };
      const entry = requests[requests.push(record) - 1];
      const carryOut = async () => {
        const host = hosts.get(new URL(url).host);
        if (!host) throw new TypeError(`fetch failed: the sandbox has no host for ${url}`);
        return await host(new Request(url, { method, headers, body: body.length ? body : null }));
      };
      const fault = faults.take(request);
      const response = await (fault ? underFault(fault, request.signal, carryOut) : carryOut());
      if (entry) entry.status = response.status;
      return response;
    },
  };
}
