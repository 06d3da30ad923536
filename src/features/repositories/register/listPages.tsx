import type { Context } from 'hono';
import { LONGEST_LIST } from '../../../bot/api.ts';
import { createRoutes, type RoomEnv, type Routes, sourceAt } from '../../../bot/http.ts';
import { type ChatPlace, chatPlaces } from '../../../bot/receive.ts';
import { base64url } from '../../../lib/encoding.ts';
import type { Language } from '../../../lib/time.ts';
import { MOST_WATCHES } from '../../../store/watchRules.ts';
import { languageOf, say, type Text } from '../../../ui/language.ts';
import { securePages } from '../../../ui/secure.ts';
import { listLine, listTexts, pastedLines, soughtLines } from '../talk/listTexts.ts';
import { watchProblems } from '../talk/texts.ts';
import { namesOf, namesWanted, seekMany } from '../watching/many.ts';
import { readPasted } from '../watching/pasted.ts';
import { codeFor } from './code.ts';
import { HookForm, hookTexts } from './hookPages.tsx';
import { aPage, Door, REGISTER_PATH, REGISTER_SCRIPT, Words } from './parts.tsx';
import { pageToken, readForm, toWaitMs, waitText } from './view.ts';
import { codeWords, texts } from './words.ts';

const words = {
  title: { ko: '여러 개 붙여넣기', en: 'Paste many' },
  list: { ko: '저장소 목록', en: 'List of repositories' },
  listLead: {
    ko: '주소를 한 줄에 하나씩, 또는 package.json이나 requirements.txt를 그대로 붙여 넣으세요.',
    en: 'Addresses, one a line, or a package.json or requirements.txt as it is.',
  },
  stars: { ko: '또는 별표를 볼 GitHub 아이디', en: 'Or an account at GitHub whose stars you mean' },
  look: { ko: '찾아보기', en: 'Look them up' },
  promise: {
    ko: '새 릴리스만 알려 드려요. 등록한 뒤 5분 안에 ‘되돌리기’로 되돌릴 수 있어요.',
    en: 'You will be told of new releases only. Say “undo” within five minutes to take it back.',
  },
} as const satisfies Record<string, Text>;

/** A list, and the page it was on; in UTF-8, and percent-encoded. */
const MOST_BYTES = 300_000;

/** Beside the one address: a whole list. */
export function ListForm({
  channel,
  token,
  language,
}: {
  channel: string;
  token: string;
  language: Language;
}) {
  return (
    <details>
      <summary>{say(words.title, language)}</summary>
      <form class="stack" method="post" action={`${REGISTER_PATH}/list`}>
        <input type="hidden" name="channel" value={channel} />
        <input type="hidden" name="token" value={token} />
        <label class="field">
          {say(words.list, language)}
          <small>{say(words.listLead, language)}</small>
          <textarea name="list" rows={6} maxlength={LONGEST_LIST} spellcheck={false} />
        </label>
        <label class="field">
          {say(words.stars, language)}
          <input name="stars" maxlength={39} autocomplete="off" autocapitalize="none" />
        </label>
        <div class="actions">
          <button type="submit" class="primary">
            {say(words.look, language)}
          </button>
        </div>
      </form>
    </details>
  );
}

/** `POST /register/list`: what of a list can be watched, and the code that does it. */
export function listRoutes(): Routes {
  const routes = createRoutes();
  routes.post(
    '/list',
    securePages(undefined, () => ({ scripts: true })),
    async (context) => {
      const bot = context.get('bot');
      const language = languageOf(context);
      const form = await readForm(context, MOST_BYTES);
      if (form === null) return page(context, [say(hookTexts.stale, language)]);
      const places = (await chatPlaces(bot)).filter(
        ({ channel }) => channel === form.get('channel'),
      );
      const [place] = places;
      if (!place) return page(context, [say(hookTexts.stale, language)]);
      const [source, around] = await Promise.all([
        sourceAt(context.req.raw),
        sourceAt(context.req.raw, true),
      ]);
      const waitMs = await toWaitMs(bot, { source, around });
      const example = `${language === 'ko' ? '구독' : 'watch'} owner/name`;
      if (waitMs > 0) return page(context, [waitText(waitMs, example, language)], { status: 429 });

      const pasted = readPasted((form.get('list') ?? '').slice(0, LONGEST_LIST));
      const login = (form.get('stars') ?? '').trim();
      const wanted = await namesWanted(bot, { pasted, login });
      if (!wanted.ok) {
        const { reason } = wanted;
        const isAccount = reason === 'no-account';
        const text = isAccount
          ? say(listTexts.noAccount, language, { login })
          : watchProblems[reason][language]();
        return page(context, [text]);
      }
      // Who it is for is known when the code is said.
      const sought = await seekMany(bot, { id: 0 }, wanted.value);
      if (!sought.ok) return page(context, [watchProblems[sought.reason][language]()]);
      const { found, left } = sought.value;
      const list = namesOf(found);
      const isFull = left.length > 0;
      const lines = [
        list.length > 0
          ? listLine(listTexts.found, list, language, MOST_WATCHES)
          : say(listTexts.none, language),
        ...soughtLines(sought.value, language),
        ...pastedLines(pasted, language),
        ...(isFull
          ? [say(listTexts.full, language, { most: MOST_WATCHES, count: left.length })]
          : []),
      ];
      if (list.length === 0) return page(context, lines);
      const wish = { address: '', branch: '', nickname: '', options: '', list };
      if (place.chat.hook) return page(context, lines, { places, list });
      const code = await codeFor(bot, wish, base64url(bot.runtime.randomBytes(16)), source);
      return code.ok
        ? page(context, lines, { places, code: code.value.code })
        : page(context, [waitText(code.waitMs, example, language)], { status: 429 });
    },
  );
  return routes;
}

/** A page that tells what was found, and how to go on. */
async function page(
  context: Context<RoomEnv>,
  lines: readonly string[],
  {
    places = [],
    code,
    list,
    status,
  }: {
    readonly places?: readonly ChatPlace[];
    readonly code?: string;
    readonly list?: readonly string[];
    readonly status?: 429;
  } = {},
): Promise<Response> {
  const language = languageOf(context);
  const title = say(words.title, language);
  const [place] = places;
  const hook = place?.chat.hook;
  const isGood = code !== undefined || list !== undefined;
  return aPage(context, {
    title,
    status: status ?? (isGood ? 200 : 400),
    head: REGISTER_SCRIPT,
    children: (
      <>
        {lines.map((line) => (
          <p role={isGood ? undefined : 'alert'}>{line}</p>
        ))}
        {isGood && <p class="soft">{say(words.promise, language)}</p>}
        {code !== undefined && (
          <div class="finish">
            <section>
              <h2>{say(texts.byCode, language)}</h2>
              {place && <p class="soft">{say(place.chat.send, language)}</p>}
              <Words text={codeWords(code, language)} language={language} />
              <p class="soft">{say(texts.codeLead, language)}</p>
              {places.map((one) => (
                <Door place={one} code={code} language={language} />
              ))}
            </section>
          </div>
        )}
        {place && hook && list && (
          <HookForm
            hook={hook}
            channel={place.channel}
            wished={{ list: list.join(' ') }}
            token={await pageToken(context.get('bot'))}
            language={language}
          />
        )}
      </>
    ),
  });
}
