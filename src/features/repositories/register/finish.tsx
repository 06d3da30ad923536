import type { Language } from '../../../lib/time.ts';
import { say } from '../../../ui/language.ts';
import { Qr } from '../../../ui/qr.tsx';
import type { Card } from './cards.ts';
import { HookForm } from './hookPages.tsx';
import { REGISTER_PATH, type StepProps } from './parts.tsx';
import { texts } from './texts.ts';
import { kakaoCode, settingWords, type Wanted, watchWords } from './words.ts';

/** How to finish it where one chats: by a code or link, or by words. */
export function Finish(props: StepProps & { card: Card; channel: string; wanted: Wanted }) {
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
