import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import { shownAddress } from '../../bot/channels.ts';
import type { Bot } from '../../bot/context.ts';
import type { Language } from '../../lib/time.ts';
import { readPerson } from '../../store/people.ts';
import { noticePage } from '../../ui/admin/confirm.tsx';
import { languageOf, say, type Text } from '../../ui/language.ts';
import { Layout } from '../../ui/layout.tsx';
import { Act, Card } from '../../ui/parts.tsx';
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
          channel={asking.channel}
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
  const names = { twitter: texts.twitter, telegram: texts.telegram, kakao: texts.kakao };
  const known = Object.entries(names).find(([name]) => name === channel);
  const name = say(known?.[1] ?? texts.chat, language);
  return (
    <Card
      title={say(texts.tieTitle, language)}
      lead={say(texts.tieText, language, { channel: name, chat })}
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
        <Go to="/login/kakao">{say(texts.login, language)}</Go>
      </section>
    </Layout>,
  );
}

/** A link of another site must not begin a login by itself. */
export function askPage(context: Context, url: string): Page {
  const { pathname, search } = new URL(url);
  return notice(context, texts.ask, texts.askText, 403, {
    to: `${pathname}${search}`,
    text: texts.login,
  });
}

export function otherAddressPage(context: Context, url: string): Page {
  return notice(context, texts.otherAddress, texts.otherAddressText, 400, {
    to: url,
    text: texts.login,
  });
}

export function foreignPage(context: Context): Page {
  return notice(context, texts.foreign, texts.foreignText, 403, {
    to: NEWS_PATH,
    text: texts.again,
  });
}

const statuses = {
  'not-configured': 503,
  configuration: 502,
  cancelled: 400,
  'no-consent': 403,
  expired: 400,
  'not-this-browser': 403,
  'link-expired': 400,
  'link-used': 400,
  unavailable: 502,
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
    : texts[reason === 'cancelled' ? 'cancelled' : 'failed'];
  const to = query === '' ? '/login/kakao' : `/login/kakao?${query}`;
  const next = { to, text: isConsent ? texts.agree : texts.again };
  return notice(
    context,
    title,
    kakaoFailureTexts[reason],
    statuses[reason],
    next,
    FOR_OWNER.has(reason) && detail !== '' && (
      <p>
        <code>{detail}</code>
      </p>
    ),
  );
}

function notice(
  context: Context,
  title: Text,
  text: Text,
  status: 400 | 403 | 502 | 503,
  next: { readonly to: string; readonly text: Text },
  more?: Child,
): Page {
  return noticePage(context, {
    title,
    text,
    status,
    path: NEWS_PATH,
    children: (
      <>
        {more}
        <Go to={next.to}>{say(next.text, languageOf(context))}</Go>
      </>
    ),
  });
}

/** A link, not a form: what a form may lead to is limited to our own pages. */
function Go({ to, children }: { readonly to: string; readonly children?: Child }) {
  return (
    <div class="actions">
      <a class="button" href={to}>
        {children}
      </a>
    </div>
  );
}
