import type { Context } from 'hono';
import type { Asked, Proved } from '../../../bot/hooks/proof.ts';
import type { RoomEnv } from '../../../bot/http.ts';
import type { HookInfo } from '../../../bot/platform.ts';
import type { Language } from '../../../lib/time.ts';
import { languageOf, say, type Text } from '../../../ui/language.ts';
import { DEFAULT_OPTIONS } from '../store/options.ts';
import { optionWordsFor } from '../watching/options.ts';
import { aPage, REGISTER_PATH } from './parts.tsx';
import { texts, type Wanted } from './words.ts';

export const hookTexts = {
  address: { ko: '웹훅 주소', en: 'Webhook address' },
  secret: {
    ko: '이 주소는 비밀번호와 같아요. 암호화해서 간직하고 누구에게도 보여 주지 않아요.',
    en: 'This address is like a password: it is kept encrypted and shown to nobody.',
  },
  send: { ko: '확인 코드 보내기', en: 'Send a code' },
  code: { ko: '확인 코드', en: 'Code' },
  codeLead: {
    ko: '그 채널에 코드 여섯 자리를 보냈어요. 하루 안에 여기에 넣어 주세요.',
    en: 'A code of six digits was sent to the channel. Enter it here within a day.',
  },
  enter: { ko: '등록 마치기', en: 'Finish' },
  done: {
    ko: '등록했어요. 이제 새 소식이 그 채널로 가요.',
    en: 'Registered. News goes to the channel from now on.',
  },
  notAnAddress: {
    ko: '그 웹훅의 주소가 아니에요. 복사한 그대로 붙여 넣어 주세요.',
    en: 'That is no address of such a webhook. Paste it just as you copied it.',
  },
  stale: {
    ko: '너무 오래 열려 있던 페이지예요. 처음부터 다시 해 주세요.',
    en: 'This page was open for too long. Please begin again.',
  },
  busy: {
    ko: '지금은 너무 많이 물어보고 있어요. 10분 뒤에 다시 해 주세요.',
    en: 'That is too much at once. Please try again in ten minutes.',
  },
} as const satisfies Record<string, Text>;

/** Why an address got no code. */
export const askProblems = {
  'too-many': {
    ko: '그 주소로 코드를 세 번 보냈지만 돌아오지 않았어요. 더 보내지 않아요.',
    en: 'Three codes were sent to this address and none came back. No more are sent.',
  },
  gone: {
    ko: '그 웹훅은 이제 없어요. 새로 만들어 주세요.',
    en: 'This webhook is not there any more. Please make a new one.',
  },
  wait: {
    ko: '그 주소는 잠시 쉬어야 해요. 조금 뒤에 다시 해 주세요.',
    en: 'This address has to rest for a while. Please try again later.',
  },
  failed: {
    ko: '그 주소가 메시지를 받지 않았어요. 조금 뒤에 다시 해 주세요.',
    en: 'The address did not take the message. Please try again in a while.',
  },
  off: {
    ko: '지금은 쓸 수 없어요. 봇 주인이 TOKEN_KEY를 넣어야 해요.',
    en: 'This is off until the owner of this bot sets TOKEN_KEY.',
  },
} as const satisfies Record<Exclude<Asked['kind'], 'sent' | 'open' | 'proved'>, Text>;

/** Why a code does not count. */
export const codeProblems = {
  wrong: { ko: '코드가 달라요. 다시 넣어 주세요.', en: 'The code is wrong. Please try again.' },
  over: {
    ko: '코드가 끝났어요. 처음부터 다시 해 주세요.',
    en: 'The code is over. Please begin again.',
  },
  unknown: {
    ko: '그 주소를 몰라요. 처음부터 다시 해 주세요.',
    en: 'This address is not known. Please begin again.',
  },
} as const satisfies Record<Exclude<Proved['kind'], 'proved'>, Text>;

/** A branch that is to be watched, as fields of the form. */
export function wishedFields(
  { owner, name, branch, nickname, options }: Wanted,
  language: Language,
): Readonly<Record<string, string>> {
  return {
    repository: `${owner}/${name}`,
    branch,
    nickname,
    options: optionWordsFor(options, language, DEFAULT_OPTIONS) ?? '',
  };
}

/** A form that sends a code to an address; it is posted, so that the address gets into no log. */
export function HookForm({
  hook,
  channel,
  wished,
  token,
  language,
}: {
  hook: HookInfo;
  channel: string;
  /** What is to be watched, as fields. */
  wished: Readonly<Record<string, string>>;
  token: string;
  language: Language;
}) {
  const hidden = { channel, token, ...wished };
  return (
    <form class="stack" method="post" action={`${REGISTER_PATH}/hook`}>
      {Object.entries(hidden).map(([field, value]) => (
        <input type="hidden" name={field} value={value} />
      ))}
      <label class="field">
        {say(hookTexts.address, language)}
        <small>{say(hook.where, language)}</small>
        <input
          name="hook"
          type="password"
          placeholder={hook.example}
          autocomplete="off"
          maxlength={500}
          required
        />
        <small>{say(hookTexts.secret, language)}</small>
      </label>
      <div class="actions">
        <button type="submit" class="primary">
          {say(hookTexts.send, language)}
        </button>
      </div>
    </form>
  );
}

/** A page that tells one thing, and takes the code where one was sent. */
export function hookPage(
  context: Context<RoomEnv>,
  text: Text,
  {
    ask,
    status = 200,
  }: {
    readonly ask?: { readonly channel: string; readonly key: string; readonly token: string };
    readonly status?: 200 | 400 | 429;
  } = {},
): Response | Promise<Response> {
  const language = languageOf(context);
  const title = say(texts.title, language);
  return aPage(context, {
    title,
    status,
    children: (
      <>
        <p role={status === 200 ? 'status' : 'alert'}>{say(text, language)}</p>
        {ask && (
          <form class="stack" method="post" action={`${REGISTER_PATH}/code`}>
            {Object.entries(ask).map(([field, value]) => (
              <input type="hidden" name={field} value={value} />
            ))}
            <label class="field">
              {say(hookTexts.code, language)}
              <input
                name="code"
                inputmode="numeric"
                autocomplete="one-time-code"
                maxlength={20}
                required
              />
            </label>
            <div class="actions">
              <button type="submit" class="primary">
                {say(hookTexts.enter, language)}
              </button>
            </div>
          </form>
        )}
      </>
    ),
  });
}
