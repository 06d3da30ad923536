import type { Bot } from '../../../bot/context.ts';
import { unreachable } from '../../../lib/result.ts';
import { DAY_MS, MINUTE_MS } from '../../../lib/time.ts';
import { type Account, readAccounts } from '../../../store/accounts.ts';
import type { AccountStatus } from '../../../store/tokenEntries.ts';
import { createCaller } from '../api/answer.ts';
import { me } from '../api/common.ts';
import { keeperKey } from '../bearer.ts';
import { credentialsOf } from '../caller.ts';
import { failedCall, webhookFailureTexts } from '../failure.ts';
import { SCOPES } from '../login.ts';
import { xSettings } from '../settings.ts';
import { eventTypesOf, subscriptions } from '../subscriptions.ts';
import { knownWebhook } from '../webhook.ts';
import { type Facts, type Finding, fingerprint, setSecret } from './budgets.ts';

/** Each account: its login, what it allows, how old it is, and its subscriptions. */
export async function examineAccounts(ctx: Bot): Promise<Finding[]> {
  const accounts = await readAccounts(ctx.db, 'twitter');
  const isStaticAlone = !accounts.some(({ id }) => id === ctx.read(xSettings).static?.userId);
  const statics = isStaticAlone ? await staticKeys(ctx, accounts.length > 0) : [];
  const logins = await Promise.all(accounts.map((account) => login(ctx, account)));
  return [...statics, ...logins.flat(), ...(await subscribed(ctx, accounts))];
}

/** The keys among the Worker's secrets, as long as no login has taken their place. */
async function staticKeys(ctx: Bot, hasOthers: boolean): Promise<Finding[]> {
  const id = 'static-keys';
  const { static: keys } = ctx.read(xSettings);
  if (!keys) {
    if (hasOthers) return [];
    return [
      {
        id,
        state: 'bad',
        ko: '연결된 X 계정이 없어요.',
        en: 'No X account is connected.',
        todo: {
          ko: '관리 화면의 X 페이지에서 로그인해 주세요.',
          en: 'Log in on the X page of /admin.',
        },
      },
    ];
  }
  const { userId, ...credentials } = keys;
  const { runtime } = ctx;
  const twitter = ctx.read(xSettings);
  const user = await me(createCaller({ runtime, apiUrl: twitter.apiUrl, credentials }));
  const facts = {
    account: userId,
    token: await fingerprint(keys.token),
    secret: await fingerprint(keys.tokenSecret),
  };
  if (!user.ok) return [loginFailing(id, failedCall(user, 'account').reason, userId, facts, true)];
  const isOwner = user.value.id === userId;
  return [
    {
      id,
      state: isOwner ? 'ok' : 'bad',
      ko: isOwner
        ? `비밀값에 넣은 키로 @${user.value.username} 계정이 말해요.`
        : `비밀값의 키는 @${user.value.username} 계정의 것인데 TWITTER_USER_ID는 다른 계정이에요.`,
      en: isOwner
        ? `@${user.value.username} speaks by the keys among the secrets.`
        : `The keys among the secrets belong to @${user.value.username}, TWITTER_USER_ID names another account.`,
      todo: isOwner ? null : setSecret('TWITTER_USER_ID', 'TWITTER_ACCESS_TOKEN'),
      facts,
    },
  ];
}

async function login(ctx: Bot, account: Account): Promise<Finding[]> {
  const { runtime } = ctx;
  const twitter = ctx.read(xSettings);
  const { id: userId, username } = account;
  const id = `login:${userId}`;
  const status = await ctx.keeperOf(keeperKey(userId)).status();
  const facts = factsOf(account, status, runtime.now());
  const held = await credentialsOf(ctx, userId);
  if (!held.ok) {
    const reason = held.reason === 'retry' ? 'unavailable' : 'log-in-again';
    return [loginFailing(id, reason, `@${username}`, { ...facts, detail: held.detail })];
  }
  const { credentials } = held;
  const user = await me(createCaller({ runtime, apiUrl: twitter.apiUrl, credentials }));
  if (!user.ok) {
    return [loginFailing(id, failedCall(user, 'account').reason, `@${username}`, facts)];
  }
  const fine: Finding = {
    id,
    state: 'ok',
    ko: `@${username} 계정의 로그인이 통해요.`,
    en: `The login of @${username} works.`,
    todo: null,
    facts,
  };
  return [fine, ...scopesOf(account, status)];
}

function scopesOf({ id, username }: Account, status: AccountStatus): Finding[] {
  const granted = status.kind === 'known' ? status.login : null;
  if (granted?.kind !== 'oauth2') return [];
  const missing = SCOPES.filter((scope) => !granted.scopes.includes(scope));
  const list = missing.join(', ');
  const isFine = missing.length === 0;
  return [
    {
      id: `scopes:${id}`,
      state: isFine ? 'ok' : 'bad',
      ko: isFine
        ? `@${username} 계정이 필요한 것을 모두 허락했어요.`
        : `@${username} 계정이 허락하지 않은 것이 있어요: ${list}`,
      en: isFine
        ? `@${username} granted all that is needed.`
        : `@${username} has not granted: ${list}`,
      todo: isFine
        ? null
        : {
            ko: 'X 앱의 권한을 "읽기, 쓰기, 메시지"로 바꾸고 이 계정으로 다시 로그인해 주세요.',
            en: 'Let the app read, write and use direct messages at X, then log this account in again.',
          },
      facts: { granted: granted.scopes.join(' ') },
    },
  ];
}

/** Subscriptions of every account that has to have some. */
async function subscribed(ctx: Bot, accounts: readonly Account[]): Promise<Finding[]> {
  const webhook = await knownWebhook(ctx);
  if (!webhook || accounts.length === 0) return [];
  const listed = await subscriptions(ctx);
  if (!listed.ok) {
    return [
      {
        id: 'subscriptions',
        state: 'warn',
        ko: `구독을 알아보지 못했어요 (${listed.reason}).`,
        en: `Subscriptions could not be found out (${listed.reason}).`,
        todo: webhookFailureTexts[listed.reason],
      },
    ];
  }
  return accounts.map(({ id, username, eventTypes }) => {
    const wanted = eventTypesOf(eventTypes);
    const missing = wanted.filter(
      (type) =>
        !listed.value.some(
          (one) => one.account === id && one.type === type && one.webhookId === webhook.id,
        ),
    );
    const isFine = missing.length === 0;
    return {
      id: `subscriptions:${id}`,
      state: isFine ? 'ok' : 'bad',
      ko: isFine
        ? `@${username} 계정의 구독 ${wanted.length}개가 모두 있어요.`
        : `@${username} 계정의 구독이 없어요: ${missing.join(', ')}`,
      en: isFine
        ? `All ${wanted.length} subscriptions of @${username} are there.`
        : `Subscriptions of @${username} are missing: ${missing.join(', ')}`,
      todo: isFine
        ? null
        : {
            ko: '관리 화면의 X 계정 페이지에서 "받을 준비 마치기"를 눌러 주세요.',
            en: 'Press "Finish setting up" on the X page of /admin.',
          },
    };
  });
}

function loginFailing(
  id: string,
  reason: keyof typeof webhookFailureTexts,
  name: string,
  facts: Facts,
  isStatic = false,
): Finding {
  const isPassing = reason === 'unavailable' || reason === 'rate-limited';
  return {
    id,
    state: isPassing ? 'warn' : 'bad',
    ko: isPassing
      ? `${name} 계정의 로그인이 통하는지 지금은 알 수 없어요.`
      : `${name} 계정의 로그인이 통하지 않아요.`,
    en: isPassing
      ? `Whether the login of ${name} works cannot be told right now.`
      : `The login of ${name} does not work.`,
    todo:
      isStatic && !isPassing
        ? setSecret('TWITTER_ACCESS_TOKEN', 'TWITTER_ACCESS_TOKEN_SECRET')
        : webhookFailureTexts[reason],
    facts,
  };
}

/** Ages and ends of a login. */
function factsOf(account: Account, status: AccountStatus, now: number): Facts {
  const facts = { kind: account.kind, connectedDays: days(now - account.connectedAt) };
  switch (status.kind) {
    case 'unknown':
      return facts;
    case 'known': {
      const endsAt = status.login?.refreshExpiresAt ?? null;
      return {
        ...facts,
        loginDays: days(now - status.loggedInAt),
        tokenMinutes: String(Math.floor((now - status.renewedAt) / MINUTE_MS)),
        ...(endsAt !== null && { endsInDays: days(endsAt - now) }),
      };
    }
    default:
      return unreachable(status);
  }
}

function days(ms: number): string {
  return String(Math.floor(ms / DAY_MS));
}
