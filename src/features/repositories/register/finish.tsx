import type { Language } from '../../../lib/time.ts';
import { say, type Text } from '../../../ui/language.ts';
import { Qr } from '../../../ui/qr.tsx';
import type { Card } from './cards.ts';
import type { ChannelId } from './choice.ts';
import { REGISTER_PATH, type StepProps } from './parts.tsx';
import { texts } from './texts.ts';
import { kakaoCode, settingWords, telegramLink, type Wanted, watchWords } from './words.ts';

const sayTexts: Readonly<Record<ChannelId, Text>> = {
  kakao: texts.kakaoSay,
  telegram: texts.telegramSay,
  twitter: texts.twitterSay,
};

/** How to finish it where one chats: by a code or link, or by words. */
export function Finish(props: StepProps & { card: Card; channel: ChannelId; wanted: Wanted }) {
  const { channel, wanted, places, language } = props;
  const settings = settingWords(wanted, language);
  return (
    <>
      <div class="finish">
        {channel === 'kakao' && <KakaoCode {...props} />}
        {channel === 'telegram' && places.telegram !== null && (
          <TelegramLink {...props} bot={places.telegram} />
        )}
        <section>
          <h3>{say(texts.say, language)}</h3>
          <p class="soft">{say(sayTexts[channel], language)}</p>
          {channel === 'twitter' && (
            <p>
              {places.accounts.map(({ name, url }) => (
                <a href={url}>{`@${name}`}</a>
              ))}
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

function KakaoCode({ wanted, language }: { wanted: Wanted; language: Language }) {
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

function TelegramLink({ bot, card, language }: { bot: string; card: Card; language: Language }) {
  const link = telegramLink(bot, card.id);
  return (
    <section>
      <h3>{say(texts.scan, language)}</h3>
      <p class="soft">{say(texts.telegramScan, language)}</p>
      <p>
        <a class="button primary" href={link}>
          {say(texts.telegramOpen, language)}
        </a>
      </p>
      <Qr text={link} label={say(texts.telegramCode, language)} />
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
