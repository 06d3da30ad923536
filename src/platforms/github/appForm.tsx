import type { Bot } from '../../bot/context.ts';
import type { CardView } from '../../bot/platform.ts';
import { base64url, hex, sha256Hex } from '../../lib/encoding.ts';
import { HOUR_MS } from '../../lib/time.ts';
import { claimSetting, forgetSettings } from '../../store/settings.ts';
import { goOn } from '../../ui/admin/flash.ts';
import { adminPage } from '../../ui/admin/page.tsx';
import type { AdminContext } from '../../ui/admin/types.ts';
import { say, type Text } from '../../ui/language.ts';
import { githubSettings } from './settings.ts';

const PAGE = '/admin/channels';
const HERE = `${PAGE}/github`;

const texts = {
  make: { ko: 'GitHub App 만들기', en: 'Make a GitHub App' },
  makeText: {
    ko: '누르고 GitHub에서 확인하면 열쇠와 웹훅 비밀 값이 여기 저절로 놓여요. 그 앱을 설치한 저장소의 소식은 바로 와요.',
    en: 'Press, confirm at GitHub, and the keys and the webhook’s secret are here by themselves. News of the repositories it is installed on comes at once.',
  },
  organization: { ko: '조직의 앱이라면 조직 이름', en: 'For an app of an organization, its name' },
  next: { ko: '다음', en: 'Next' },
  makeThere: {
    ko: '조직 {name}의 앱이 돼요. GitHub에서 그 조직의 앱을 관리할 수 있는 사람이 눌러 주세요.',
    en: 'It will be an app of the organization {name}. Press as somebody who manages its apps at GitHub.',
  },
} as const satisfies Record<string, Text>;

/** GitHub lets all steps take an hour (docs/platforms/github.md, App). */
const STATE_MS = HOUR_MS;
const USED = 'github-app-used:';

/** What GitHub brings back: good for this session, once. */
async function stateFor(bot: Bot, csrf: string): Promise<string | null> {
  const signer = await bot.signer();
  const text = `${base64url(bot.runtime.randomBytes(12))} ${await sha256Hex(csrf)}`;
  return (await signer?.sign('github-app', text, bot.runtime.now() + STATE_MS)) ?? null;
}

/** Whether a way back is this session’s, and was not gone before. */
export async function takeState(bot: Bot, csrf: string, state: string): Promise<boolean> {
  const verified = await (await bot.signer())?.verify('github-app', state);
  if (!verified?.ok) return false;
  const [nonce = '', session] = verified.value.text.split(' ');
  if (session !== (await sha256Hex(csrf))) return false;
  return claimSetting(bot.db, USED + nonce, 0, { before: 0, now: bot.runtime.now() });
}

/** Statement: forgets which states were used; by then they are too old. */
export function forgetStates(db: D1Database, now: number): D1PreparedStatement {
  return forgetSettings(db, USED, now - STATE_MS);
}

/** What the app is to be; the owner may change its name on GitHub's page. */
function manifestOf({ runtime }: Bot, origin: string): string {
  return JSON.stringify({
    name: `soshik-${hex(runtime.randomBytes(3))}`,
    url: origin,
    hook_attributes: { url: `${origin}/webhook/github`, active: true },
    redirect_url: `${origin}${HERE}/made`,
    setup_url: `${origin}${PAGE}`,
    public: false,
    default_permissions: { contents: 'read', metadata: 'read' },
    default_events: ['push', 'create', 'delete', 'release', 'repository'],
  });
}

/** The button that takes the owner to GitHub's page; none where the settings name an app. */
export async function makeForm(bot: Bot, { csrf, origin, language }: CardView) {
  const { app } = bot.read(githubSettings);
  const state = app === null ? await stateFor(bot, csrf) : null;
  if (state === null) return null;
  return (
    <>
      <p class="soft">{say(texts.makeText, language)}</p>
      <ToGitHub bot={bot} origin={origin} language={language} owner="" state={state} />
      <form class="stack" method="get" action={`${HERE}/organization`}>
        <label class="field">
          {say(texts.organization, language)}
          <input name="name" maxlength={39} autocapitalize="off" autocomplete="off" />
        </label>
        <button type="submit">{say(texts.next, language)}</button>
      </form>
    </>
  );
}

interface ToGitHubProps extends Pick<CardView, 'origin' | 'language'> {
  readonly bot: Bot;
  /** Path of the owner's settings at GitHub; blank: the person's own. */
  readonly owner: string;
  readonly state: string;
}

function ToGitHub({ bot, origin, language, owner, state }: ToGitHubProps) {
  const { webUrl } = bot.read(githubSettings);
  return (
    <form
      class="actions"
      method="post"
      action={`${webUrl}${owner}/settings/apps/new?state=${state}`}
    >
      <input type="hidden" name="manifest" value={manifestOf(bot, origin)} />
      <button type="submit">{say(texts.make, language)}</button>
    </form>
  );
}

/** The page with the button that makes an app of an organization. */
export async function makeThere(context: AdminContext): Promise<Response> {
  const bot = context.get('bot');
  const language = context.get('language');
  const name = (context.req.query('name') ?? '').trim();
  // Nobody named is the person themselves.
  if (name === '') return context.redirect(PAGE, 303);
  if (!isLogin(name)) return goOn(context, PAGE, { key: 'github/no-organization' });
  const { app } = bot.read(githubSettings);
  const state = app === null ? await stateFor(bot, context.get('session').csrf) : null;
  if (state === null) return context.redirect(PAGE, 303);
  const origin = bot.publicUrl ?? new URL(context.req.url).origin;
  return adminPage(
    context,
    { title: texts.make, under: PAGE },
    <section class="card">
      <p>{say(texts.makeThere, language, { name })}</p>
      <ToGitHub
        bot={bot}
        origin={origin}
        language={language}
        owner={`/organizations/${name}`}
        state={state}
      />
    </section>,
  );
}

/** Letters, digits and single hyphens in between (docs/platforms/github.md, App). */
function isLogin(name: string): boolean {
  return name.length <= 39 && /^[a-z\d]+(?:-[a-z\d]+)*$/i.test(name);
}
