import type { FrontPage, Sayable } from '../../../bot/feature.ts';
import { chatPlaces } from '../../../bot/receive.ts';
import { unreachable } from '../../../lib/result.ts';
import type { Language } from '../../../lib/time.ts';
import { say } from '../../../ui/language.ts';
import { Qr, Row } from '../../../ui/parts.tsx';
import { isWatching } from '../watching/find.ts';
import { type Card, readChoice } from './choice.ts';
import { Choosing } from './choosing.tsx';
import { HookForm } from './hookPages.tsx';
import { AVATARS, REGISTER_PATH, REGISTER_SCRIPT, type StepProps, Way } from './parts.tsx';
import {
  kakaoCode,
  settingWords,
  stepNames,
  stepTitles,
  texts,
  type Wanted,
  watchWords,
} from './words.ts';

const LEAD = {
  ko: '지켜보는 GitHub 저장소의 새 커밋과 릴리스를 한 번씩 알려 드려요.',
  en: 'I tell you each new commit and release of the GitHub repositories you watch, once.',
} as const;
const sayable: readonly Sayable[] = [
  {
    say: { ko: '구독 owner/name', en: 'watch owner/name' },
    gives: { ko: '저장소 지켜보기', en: 'news of a repository' },
  },
  {
    say: { ko: '목록 · 상태 1 · 해제 1', en: 'list · status 1 · unwatch 1' },
    gives: { ko: '지켜보는 저장소', en: 'the repositories you watch' },
  },
];

/** On the front page: the first step of registering; the others take its place, pictures and all. */
export const registration: FrontPage = {
  pictures: () => [AVATARS],
  head: REGISTER_SCRIPT,
  read: async (bot, { language, today }) => {
    if (!isWatching(bot)) return { lead: null, sayable: [], section: null };
    const places = await chatPlaces(bot);
    const choice = readChoice(new URLSearchParams());
    return {
      lead: LEAD,
      sayable,
      takesChannels: true,
      section: (
        <Registration
          view={{ step: 1 }}
          choice={choice}
          places={places}
          token=""
          today={today}
          language={language}
        />
      ),
    };
  },
};

/**
 * The step somebody is at. Each is a page of its own; the page's script puts the next one in this
 * one's place.
 */
export function Registration(props: StepProps) {
  const { view, language } = props;
  return (
    <section class="card" id="register" data-failed={say(texts.failed, language)}>
      <p class="soft">{say(texts.title, language)}</p>
      <h2 tabindex={-1}>{say(stepTitles[view.step - 1] ?? texts.title, language)}</h2>
      <ol class="steps" aria-label={say(texts.stepsLabel, language)}>
        {stepNames.map((name, index) => (
          <li aria-current={index + 1 === view.step ? 'step' : undefined}>{say(name, language)}</li>
        ))}
      </ol>
      <p class="problem" role="alert">
        {'problem' in view && view.problem}
      </p>
      <Step {...props} />
      {view.step === 1 && (
        <p class="soft">
          <a href="/repos">{say(texts.watched, language)}</a>
        </p>
      )}
    </section>
  );
}

function Step(props: StepProps) {
  const { view } = props;
  switch (view.step) {
    case 1:
      return <Channels {...props} />;
    case 2:
      return <Address {...props} channel={view.channel} />;
    case 3:
      return <Choosing {...props} {...view} />;
    case 4:
      return <Finish {...props} {...view} />;
    default:
      return unreachable(view);
  }
}

function Channels({ choice, places, language }: StepProps) {
  if (places.length === 0) return <p class="empty">{say(texts.nowhere, language)}</p>;
  const { address } = choice;
  // Of several accounts on one channel the first stands for all.
  const byChannel = Map.groupBy(places, ({ channel }) => channel);
  return (
    <>
      <p class="soft">{say(texts.lead, language)}</p>
      <ul class="rows">
        {[...byChannel].map(([channel, [place]]) => {
          if (!place) return null;
          const query = new URLSearchParams({ channel, ...(address !== '' && { address }) });
          const title = say(place.title, language);
          return (
            <Row title={title} lines={[say(place.chat.how, language)]}>
              <a
                class="button"
                href={`${REGISTER_PATH}?${query.toString()}`}
                aria-label={`${say(texts.next, language)}: ${title}`}
              >
                {say(texts.next, language)}
              </a>
            </Row>
          );
        })}
      </ul>
    </>
  );
}

function Address({ channel, choice, token, language }: StepProps & { channel: string }) {
  return (
    <form class="stack" action={REGISTER_PATH}>
      <input type="hidden" name="channel" value={channel} />
      <input type="hidden" name="token" value={token} />
      <label class="field">
        {say(texts.address, language)}
        <small>{say(texts.addressLead, language)}</small>
        <input
          name="address"
          value={choice.address}
          placeholder="github.com/owner/name"
          inputmode="url"
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          maxlength={300}
          required
        />
      </label>
      <Way back={REGISTER_PATH} language={language}>
        <button type="submit" class="primary">
          {say(texts.check, language)}
        </button>
      </Way>
    </form>
  );
}

/** How to finish it where one chats: by a code or link, or by words. */
function Finish(props: StepProps & { card: Card; channel: string; wanted: Wanted }) {
  const { channel, card, wanted, places, language } = props;
  const here = places.filter((place) => place.channel === channel);
  const { chat } = here[0] ?? {};
  const settings = settingWords(wanted, language);
  if (chat?.hook) return <HookForm {...props} hook={chat.hook} />;
  return (
    <>
      <div class="finish">
        {chat?.readsCodes && <Code wanted={wanted} language={language} />}
        {chat?.startUrl && <StartLink url={chat.startUrl(String(card.id))} language={language} />}
        <section>
          <h3>{say(texts.say, language)}</h3>
          {chat && <p class="soft">{say(chat.send, language)}</p>}
          {chat?.startUrl === undefined && (
            <p>
              {here.map(({ link }) => link && <a href={link.url}>{say(link.text, language)}</a>)}
            </p>
          )}
          <Words text={watchWords(wanted, language)} language={language} />
          {settings !== null && (
            <>
              <p class="soft">{say(texts.thenSay, language)}</p>
              <Words text={settings} language={language} />
            </>
          )}
        </section>
      </div>
      <p>
        <a class="button" href={REGISTER_PATH}>
          {say(texts.again, language)}
        </a>
      </p>
    </>
  );
}

function Code({ wanted, language }: { wanted: Wanted; language: Language }) {
  return (
    <section>
      <h3>{say(texts.scan, language)}</h3>
      <p class="soft">{say(texts.kakaoScan, language)}</p>
      <Qr
        text={kakaoCode(wanted)}
        label={say(texts.kakaoCode, language, { name: wanted.nickname })}
      />
    </section>
  );
}

function StartLink({ url, language }: { url: string; language: Language }) {
  return (
    <section>
      <h3>{say(texts.scan, language)}</h3>
      <p class="soft">{say(texts.telegramScan, language)}</p>
      <p>
        <a class="button primary" href={url}>
          {say(texts.telegramOpen, language)}
        </a>
      </p>
      <Qr text={url} label={say(texts.telegramCode, language)} />
    </section>
  );
}

/** What to send, and a button that copies it where scripts run. */
function Words({ text, language }: { text: string; language: Language }) {
  return (
    <p class="words">
      <code>{text}</code>
      <button type="button" hidden data-copied={say(texts.copied, language)}>
        {say(texts.copy, language)}
      </button>
    </p>
  );
}
