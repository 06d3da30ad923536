import type { Context } from 'hono';
import type { Bot } from '../../bot/context.ts';
import { channelInfo, shownAddress } from '../../bot/platform.ts';
import type { Language } from '../../lib/time.ts';
import { readPerson } from '../../store/people.ts';
import { languageOf, say } from '../../ui/language.ts';
import { loginPage, loginStatuses, loginTexts } from '../../ui/login.tsx';
import { Act, Card, Layout } from '../../ui/parts.tsx';
import type { KakaoLoginFailure, KakaoLoginRefusal } from './login.ts';
import { type KakaoSession, kakaoFailureTexts, kakaoTexts as texts } from './loginTexts.ts';
import { isKakaoTopicOn, tiedChannels } from './store/kakaoTies.ts';

/** Where the language switch of these pages leads: asking for `/login/kakao` would log in. */
const NEWS_PATH = '/login/kakao/news';

type Page = Response | Promise<Response>;

/** What happens next, what the person hears of, and the ways out. */
export async function newsPage(
  context: Context,
  ctx: Bot,
  session: KakaoSession,
): Promise<Response> {
  const { db } = ctx;
  const language = languageOf(context);
  const isMenuOn = await isKakaoTopicOn(db, session.id, 'menu');
  const isTied = (await tiedChannels(db, session.id)).length > 0;
  const asking = session.link && (await readPerson(db, session.link.person));
  const { csrf } = session;
  return context.html(
    <Layout language={language} title={say(texts.title, language)} path={NEWS_PATH}>
      <div>
        <h1>{say(texts.title, language)}</h1>
        <p class="lead">{say(isTied ? texts.connected : texts.nobodyYet, language)}</p>
      </div>
      {asking && (
        <Tie
          channel={channelInfo(ctx, asking.channel)?.name[language] ?? say(texts.chat, language)}
          chat={shownAddress(ctx, asking)}
          csrf={csrf}
          language={language}
        />
      )}
      {isTied && <News isMenuOn={isMenuOn} csrf={csrf} language={language} />}
      <Card title={say(texts.leave, language)} lead={say(texts.leaveText, language)}>
        <div class="actions">
          <Act to="/login/kakao/logout" csrf={csrf} text={say(texts.logout, language)} />
          <Act
            to="/login/kakao/unlink"
            csrf={csrf}
            text={say(texts.unlink, language)}
            kind="danger"
          />
        </div>
      </Card>
    </Layout>,
  );
}

interface PartProps {
  readonly csrf: string;
  readonly language: Language;
}

function Tie({
  channel,
  chat,
  csrf,
  language,
}: PartProps & { readonly channel: string; readonly chat: string }) {
  return (
    <Card
      title={say(texts.tieTitle, language)}
      lead={say(texts.tieText, language, { channel, chat })}
    >
      <div class="actions">
        <Act to="/login/kakao/tie" csrf={csrf} text={say(texts.tie, language)} kind="primary" />
      </div>
    </Card>
  );
}

function News({ isMenuOn, csrf, language }: PartProps & { readonly isMenuOn: boolean }) {
  return (
    <Card title={say(texts.news, language)} lead={say(texts.repositories, language)}>
      <ul class="rows">
        <li>
          <div class="what">
            <strong>{say(texts.menu, language)}</strong>
            <small>{say(isMenuOn ? texts.menuOn : texts.menuOff, language)}</small>
          </div>
          <form method="post" action={NEWS_PATH}>
            <input type="hidden" name="csrf" value={csrf} />
            <input type="hidden" name="menu" value={isMenuOn ? 'off' : 'on'} />
            <button type="submit" class={isMenuOn ? 'quiet' : 'primary'}>
              {say(isMenuOn ? texts.turnOff : texts.turnOn, language)}
            </button>
          </form>
        </li>
      </ul>
    </Card>
  );
}

/** For a browser in which nobody is logged in; `?left=` tells what leaving did. */
export function loggedOutPage(context: Context): Page {
  const language = languageOf(context);
  const left = context.req.query('left');
  const [title, text] =
    left === undefined
      ? [texts.ended, texts.endedText]
      : [texts.left, left === 'here' ? texts.leftHere : texts.leftText];
  return context.html(
    <Layout language={language} title={say(title, language)} path={NEWS_PATH}>
      <section class="card narrow">
        <h1>{say(title, language)}</h1>
        <p>{say(text, language)}</p>
        <div class="actions">
          <a class="button" href="/login/kakao">
            {say(texts.login, language)}
          </a>
        </div>
      </section>
    </Layout>,
  );
}

/** A link of another site must not begin a login by itself. */
export function askPage(context: Context): Page {
  const { pathname, search } = new URL(context.req.url);
  const next = { to: `${pathname}${search}`, text: texts.login };
  const { askedByOther: text } = loginTexts;
  return loginPage(context, { title: texts.ask, text, status: 403, path: NEWS_PATH, next });
}

export function otherAddressPage(context: Context, to: string): Page {
  return loginPage(context, {
    title: loginTexts.otherAddress,
    text: texts.otherAddressText,
    status: 400,
    path: NEWS_PATH,
    next: { to, text: texts.login },
  });
}

export function foreignPage(context: Context): Page {
  const { foreign: title, foreignText: text, again } = texts;
  const next = { to: NEWS_PATH, text: again };
  return loginPage(context, { title, text, status: 403, path: NEWS_PATH, next });
}

const statuses = {
  ...loginStatuses,
  configuration: 502,
  'no-consent': 403,
  'link-expired': 400,
  'link-used': 400,
} as const satisfies Record<KakaoLoginFailure, number>;

/** Failures whose detail names something the owner can mend. */
const FOR_OWNER = new Set<KakaoLoginFailure>(['not-configured', 'configuration']);

/** A page for each way a login can fail, with what to do about it. */
export function failurePage(
  context: Context,
  { reason, detail, query = '' }: KakaoLoginRefusal,
): Page {
  const isConsent = reason === 'no-consent';
  const title = isConsent
    ? texts.consentNeeded
    : loginTexts[reason === 'cancelled' ? 'cancelled' : 'failed'];
  return loginPage(context, {
    title,
    text: kakaoFailureTexts[reason],
    status: statuses[reason],
    path: NEWS_PATH,
    ...(FOR_OWNER.has(reason) && detail !== '' && { detail: <code>{detail}</code> }),
    next: {
      to: query === '' ? '/login/kakao' : `/login/kakao?${query}`,
      text: isConsent ? texts.agree : texts.again,
    },
  });
}
