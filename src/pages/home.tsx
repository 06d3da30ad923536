import type { Context } from 'hono';
import type { Bot } from '../bot/context.ts';
import type {
  Feature,
  FrontPage,
  FrontPagePart,
  FrontPageReader,
  Sayable,
} from '../bot/feature.ts';
import { createRoutes, type Routes } from '../bot/http.ts';
import { newsText } from '../bot/notice/newsTexts.ts';
import type { MeetingPlace } from '../bot/platform.ts';
import { meetingPlaces } from '../bot/receive.ts';
import { errorCode, log } from '../lib/log.ts';
import type { Text } from '../lib/text.ts';
import { dayOf, type Language } from '../lib/time.ts';
import { missingPage } from '../ui/admin/confirm.tsx';
import { languageOf, say } from '../ui/language.ts';
import { Card, Layout, Qr, type QrModules, qrModules, Row } from '../ui/parts.tsx';
import { securePages } from '../ui/secure.ts';

const texts = {
  title: { ko: '소식을 날라 드려요', en: 'Tidings, carried to you' },
  lead: {
    ko: '기다리던 소식을 늘 쓰던 채팅에서 받아 보세요. 빠짐없이, 한 번씩만.',
    en: 'The news you wait for, in the chat you already use. None missed, each told once.',
  },
  alarms: { ko: '이렇게 와요', en: 'What you get' },
  source: { ko: '소스 코드', en: 'Source code' },
  where: { ko: '여기서 만나요', en: 'Where to find me' },
  code: { ko: '휴대폰으로 여는 QR 코드: {name}', en: 'QR code for your phone: {name}' },
  talk: { ko: '이렇게 말을 걸어 보세요', en: 'What you can say' },
  nowhere: {
    ko: '아직 말을 걸 곳이 없어요. 이 봇의 주인이라면 이렇게 시작해 보세요.',
    en: 'There is nowhere to talk to me yet. If I am your bot, begin like this.',
  },
  setUp: { ko: '열쇠 넣기', en: 'Hand over the keys' },
  setUpHow: {
    ko: '컴퓨터에서 npm run setup: 채널마다 필요한 것만 묻고, 어디서 찾는지 알려 드려요.',
    en: 'On your computer, npm run setup: asks only for what each channel needs, and says where it is.',
  },
  deploy: { ko: '다시 올리기', en: 'Deploy again' },
  deployHow: { ko: '컴퓨터에서 npm run deploy', en: 'On your computer, npm run deploy' },
  connect: { ko: '채널 이어 주기', en: 'Connect the channels' },
  connectHow: { ko: '주인의 화면에서 버튼 하나씩', en: 'A button each, on your own pages' },
  missing: { ko: '여기에는 아무것도 없어요', en: 'There is nothing here' },
  missingText: {
    ko: '주소가 바뀌었거나 잘못 적힌 것 같아요. 처음 화면에서 다시 찾아보세요.',
    en: 'The address may have changed or have a typo. Try again from the front page.',
  },
} as const satisfies Record<string, Text>;

const sayLink: Sayable = {
  say: { ko: '연결', en: 'login' },
  gives: { ko: '소식을 카카오톡으로 받기', en: 'news by KakaoTalk' },
};
const sayHelp: Sayable = {
  say: { ko: '도움말', en: 'help' },
  gives: { ko: '할 수 있는 말', en: 'what can be said' },
};

/** `/`: what the bot does, where people find it and what they can say to it. Only what is on. */
export function homeRoute(features: readonly Feature[]): Routes {
  const routes = createRoutes();
  const parts = features.flatMap(({ frontPage }) => frontPage ?? []);
  const pages = securePages(undefined, (bot) => ({
    pictures: parts.flatMap(({ pictures }) => pictures?.(bot) ?? []),
    scripts: true,
  }));
  routes.get('/', pages, async (context) => {
    const language = languageOf(context);
    const bot = context.get('bot');
    const today = dayOf(bot.runtime.now(), bot.config.timeZone);
    const [everywhere, ...shown] = await Promise.all([
      meetingPlaces(bot),
      ...parts.map((part) => shownOf(part, bot, { language, today })),
    ]);
    // What people come to do stands before what they come to look at.
    const takers = shown.filter((part) => part.takesChannels);
    const others = shown.filter((part) => !part.takesChannels);
    const places = everywhere.filter(({ chat }) => takers.length > 0 || chat?.hook === undefined);
    const sayable = [
      ...shown.flatMap((part) => part.sayable),
      ...(places.some(({ channel }) => channel === 'kakaotalk') ? [sayLink] : []),
      sayHelp,
    ];
    return context.html(
      <Layout
        language={language}
        title={say(texts.title, language)}
        menu={<span class="spacer" />}
        path="/"
        head={parts.map(({ head }) => head)}
        foot={
          bot.config.sourceUrl && (
            <a class="quiet" href={bot.config.sourceUrl}>
              {say(texts.source, language)}
            </a>
          )
        }
      >
        <div class="stack">
          <div>
            <h1>{say(texts.title, language)}</h1>
            <p class="lead">{say(texts.lead, language)}</p>
          </div>
          <Chats places={places} language={language} />
          <Alarms parts={shown} places={places} zone={bot.config.timeZone} language={language} />
        </div>
        {takers.map(({ section }) => section)}
        {others.map(({ section }) => section)}
        <div class="two">
          <Card title={say(texts.where, language)}>
            {!places.some(isTalkedIn) && <FirstSteps language={language} />}
            <ul class="rows">
              {places.map((place) => (
                <Where place={place} origin={bot.publicUrl} language={language} />
              ))}
            </ul>
          </Card>
          <Card title={say(texts.talk, language)}>
            <ul class="rows">
              {sayable.map((entry) => (
                <Row title={say(entry.say, language)} lines={[say(entry.gives, language)]} />
              ))}
            </ul>
          </Card>
        </div>
      </Layout>,
    );
  });
  return routes;
}

/** What a feature shows; nothing when storage does not tell whether it is on. */
async function shownOf(part: FrontPage, bot: Bot, reader: FrontPageReader): Promise<FrontPagePart> {
  try {
    return await part.read(bot, reader);
  } catch (cause) {
    log('storage-failed', { code: errorCode(cause) });
    return { lead: null, sayable: [], section: null };
  }
}

/** A button for each channel that is begun at an address. */
function Chats({ places, language }: { places: readonly MeetingPlace[]; language: Language }) {
  const links = oneEach(places).flatMap(({ chat, link, title }) => {
    const url = chat?.sayUrl?.(say(sayHelp.say, language)) ?? link?.url;
    return url === undefined ? [] : [{ url, title }];
  });
  return (
    links.length > 0 && (
      <div class="actions">
        {links.map(({ url, title }) => (
          <a class="button primary" href={url}>
            {say(title, language)}
          </a>
        ))}
      </div>
    )
  );
}

/** News of each feature as it arrives, in turn on each channel there is. */
function Alarms({
  parts,
  places,
  zone,
  language,
}: {
  parts: readonly FrontPagePart[];
  places: readonly MeetingPlace[];
  /** IANA name. */
  zone: string;
  language: Language;
}) {
  const channels = oneEach(places.filter(({ chat }) => chat !== undefined));
  const told = parts.flatMap(({ lead, sample }) => (lead ? [{ lead, sample }] : []));
  const alarms = told.filter(({ sample }) => sample);
  return (
    <>
      {alarms.length > 0 && (
        <ul class="alarms" aria-label={say(texts.alarms, language)}>
          {alarms.map(({ lead, sample }, index) => {
            const place = channels[index % channels.length];
            const news = sample && newsText(sample, zone);
            return (
              <li>
                <figure>
                  <div class={`bubble ${place?.channel ?? ''}`}>
                    {place && <small>{say(place.title, language)}</small>}
                    <strong>{news?.head}</strong>
                    {news?.lines.map((line) => (
                      <span>{line}</span>
                    ))}
                    {news?.link && <em>{news.link.label}</em>}
                  </div>
                  <figcaption class="soft">{say(lead, language)}</figcaption>
                </figure>
              </li>
            );
          })}
        </ul>
      )}
      {told
        .filter(({ sample }) => !sample)
        .map(({ lead }) => (
          <p class="soft">{say(lead, language)}</p>
        ))}
    </>
  );
}

/** Of several accounts on one channel the first stands for all. */
function oneEach(places: readonly MeetingPlace[]): MeetingPlace[] {
  const byChannel = Map.groupBy(places, ({ channel }) => channel);
  return [...byChannel.values()].flatMap(([place]) => place ?? []);
}

function Where({
  place,
  origin,
  language,
}: {
  place: MeetingPlace;
  /** Where this Worker is reached. */
  origin: string | null;
  language: Language;
}) {
  const { title, about, link } = place;
  const isLogin = place.chat === undefined;
  const label = say(isLogin && link ? link.text : title, language);
  return (
    <Row
      title={say(title, language)}
      lines={[
        ...(about ? [say(about, language)] : []),
        ...(link
          ? [
              <a class={isLogin ? 'button' : undefined} href={link.url}>
                {say(link.text, language)}
              </a>,
            ]
          : []),
      ]}
    >
      {link && URL.canParse(link.url, origin ?? undefined) && (
        <Qr
          modules={drawnOnce(new URL(link.url, origin ?? undefined).href)}
          label={say(texts.code, language, { name: label })}
        />
      )}
    </Row>
  );
}

/** The codes of where the bot is met, the same for everybody: drawing them took half of the page's CPU. */
const drawn = new Map<string, QrModules>();
/** An address may be asked for under any name: what is remembered stays small. */
const MOST_DRAWN = 20;

function drawnOnce(url: string): QrModules {
  const modules = drawn.get(url) ?? qrModules(url);
  if (drawn.size >= MOST_DRAWN) drawn.clear();
  drawn.set(url, modules);
  return modules;
}

/** True where people talk to the bot; a webhook's address only hears it. */
function isTalkedIn({ chat }: MeetingPlace): boolean {
  return chat !== undefined && chat.hook === undefined;
}

/** What the owner of a bot without keys does first; people only read that it is not ready. */
function FirstSteps({ language }: { language: Language }) {
  return (
    <>
      <p>{say(texts.nowhere, language)}</p>
      <ul class="rows">
        <Row title={say(texts.setUp, language)} lines={[say(texts.setUpHow, language)]} />
        <Row title={say(texts.deploy, language)} lines={[say(texts.deployHow, language)]} />
        <Row
          title={<a href="/admin">{say(texts.connect, language)}</a>}
          lines={[say(texts.connectHow, language)]}
        />
      </ul>
    </>
  );
}

/** The answer to a browser that asks for what is not there; a program gets JSON. */
export function notFoundPage(context: Context): Response | Promise<Response> {
  return missingPage(context, { title: texts.missing, text: texts.missingText });
}
