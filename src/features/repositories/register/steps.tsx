import type { FrontPage, Sayable } from '../../../bot/feature.ts';
import type { RepositoryNotice } from '../../../bot/notice/notice.ts';
import { chatPlaces } from '../../../bot/receive.ts';
import { unreachable } from '../../../lib/result.ts';
import { HOUR_MS, type Language } from '../../../lib/time.ts';
import { say } from '../../../ui/language.ts';
import { Qr, qrModules, Row } from '../../../ui/parts.tsx';
import { isWatching } from '../watching/find.ts';
import { type Card, queryOf, readChoice } from './choice.ts';
import { Choosing } from './choosing.tsx';
import type { PageCode } from './code.ts';
import { HookForm, wishedFields } from './hookPages.tsx';
import { ListForm } from './listPages.tsx';
import {
  AVATARS,
  Door,
  REGISTER_PATH,
  REGISTER_SCRIPT,
  type StepProps,
  Way,
  Words,
} from './parts.tsx';
import {
  codeWords,
  kakaoCode,
  settingWords,
  stepNames,
  stepTitles,
  texts,
  type Wanted,
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

/** A commit as it is told. */
function sampleOf(now: number, language: Language): RepositoryNotice {
  const url = 'https://github.com/hana/garden';
  const message = { ko: '물 주는 시간을 아침으로 옮김', en: 'Water the garden in the morning' };
  const commit = { sha: '7f3a9c2', at: now - HOUR_MS, author: 'hana', body: '', url };
  return {
    kind: 'commits',
    language,
    nickname: { ko: '정원', en: 'garden' }[language],
    repository: 'hana/garden',
    branch: 'main',
    change: 'pushed',
    commits: [{ ...commit, message: message[language] }],
    total: 1,
    compareUrl: url,
  };
}

/** On the front page: the first step of registering; the others take its place, pictures and all. */
export const registration: FrontPage = {
  pictures: () => [AVATARS],
  head: REGISTER_SCRIPT,
  read: async (bot, { language, today }) => {
    if (!(await isWatching(bot))) return { lead: null, sayable: [], section: null };
    const places = await chatPlaces(bot);
    const choice = readChoice(new URLSearchParams());
    return {
      lead: LEAD,
      sayable,
      takesChannels: true,
      sample: sampleOf(bot.runtime.now(), language),
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
      <p class="soft" role="status" data-busy={say(texts.checking, language)} />
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
      return (
        <>
          <Address {...props} channel={view.channel} />
          <ListForm channel={view.channel} token={props.token} language={props.language} />
        </>
      );
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
  // Whoever comes back finds what they chose: also for another address, where it makes sense.
  const blank = { channel: '', token: '', address: '' };
  const chosenBefore = choice.again ? [...new URLSearchParams(queryOf(choice, blank))] : [];
  return (
    <form class="stack" action={REGISTER_PATH}>
      <input type="hidden" name="channel" value={channel} />
      <input type="hidden" name="token" value={token} />
      {chosenBefore.map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
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

/** How to finish it where one chats: by a code that holds it all. */
function Finish(
  props: StepProps & { card: Card; channel: string; wanted: Wanted; code: PageCode | null },
) {
  const { channel, wanted, places, language, code, choice } = props;
  const here = places.filter((place) => place.channel === channel);
  const { chat } = here[0] ?? {};
  if (chat?.hook || code === null) {
    const wished = wishedFields(wanted, language);
    return chat?.hook && <HookForm {...props} hook={chat.hook} wished={wished} />;
  }
  const again = (
    <a class="button" href={REGISTER_PATH}>
      {say(texts.again, language)}
    </a>
  );
  if (code.isDone) {
    return (
      <>
        <p class="lead" role="status">
          {say(texts.done, language, { name: wanted.nickname })}
        </p>
        <p>{again}</p>
      </>
    );
  }
  const settings = settingWords(wanted, language);
  return (
    <>
      <div class="finish" data-ticket={code.ticket}>
        <section>
          <h3>{say(texts.byCode, language)}</h3>
          {chat && <p class="soft">{say(chat.send, language)}</p>}
          <Words text={codeWords(code.code, language)} language={language} />
          <p class="soft">{say(texts.codeLead, language)}</p>
          {here.map((place) => (
            <Door place={place} code={code.code} language={language} />
          ))}
        </section>
        {chat?.readsCodes && (
          <section>
            <h3>{say(texts.scan, language)}</h3>
            <p class="soft">{say(texts.kakaoScan, language)}</p>
            <Qr
              modules={qrModules(kakaoCode(wanted))}
              label={say(texts.kakaoCode, language, { name: wanted.nickname })}
            />
            {settings !== null && (
              <>
                <p class="soft">{say(texts.thenSay, language)}</p>
                <Words text={settings} language={language} />
              </>
            )}
          </section>
        )}
      </div>
      <noscript>
        <a href={`${REGISTER_PATH}?${queryOf(choice, {})}`}>{say(texts.look, language)}</a>
      </noscript>
      <Way back={`${REGISTER_PATH}?${queryOf(choice, { again: true })}`} language={language}>
        {again}
      </Way>
    </>
  );
}
