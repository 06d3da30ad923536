import type { MiddlewareHandler } from 'hono';
import type { Bot } from '../../bot/context.ts';
import type { Finding } from '../../bot/platform.ts';
import { adminPage, clockOf, type OwnerAt } from '../../ui/admin/page.tsx';
import type { AdminContext, AdminEnv } from '../../ui/admin/types.ts';
import { say, type Text } from '../../ui/language.ts';
import { Badge } from '../../ui/parts.tsx';
import { retryAfter } from '../door.ts';
import { tryPassword } from './login.tsx';

const texts = {
  title: { ko: '점검', en: 'Check-up' },
  lead: {
    ko: 'X와 연결된 모든 것을 지금 살펴본 결과예요. 비밀 값은 지문만 보여요.',
    en: 'Everything between the bot and X, looked at just now. Secrets show as fingerprints only.',
  },
  well: { ko: '모두 좋아요', en: 'Everything is fine' },
  notWell: { ko: '고칠 것이 {count}가지 있어요', en: 'To be mended: {count}' },
  todo: { ko: '할 일', en: 'What to do' },
  again: { ko: '다시 살펴보기', en: 'Check again' },
} as const satisfies Record<string, Text>;

const order: readonly Finding['state'][] = ['bad', 'warn', 'ok', 'off'];

/** `/admin/doctor`: what was found, the worst first, each with what to do. */
export async function doctorPage(context: AdminContext): Promise<Response> {
  const findings = await findingsOf(context.get('bot'));
  const at = clockOf(context);
  const { language } = at;
  const bad = findings.filter(({ state }) => state === 'bad').length;
  const warn = findings.filter(({ state }) => state === 'warn').length;
  return adminPage(
    context,
    { title: texts.title, lead: texts.lead, under: '/admin/doctor' },
    <>
      <section class={`card verdict ${bad > 0 ? 'bad' : warn > 0 ? 'warn' : 'ok'}`}>
        <h2>
          {bad + warn === 0
            ? say(texts.well, language)
            : say(texts.notWell, language, { count: bad + warn })}
        </h2>
        <div class="actions">
          <a class="button" href="/admin/doctor">
            {say(texts.again, language)}
          </a>
        </div>
      </section>
      <section class="card">
        <ul class="rows">
          {findings
            .toSorted((one, other) => order.indexOf(one.state) - order.indexOf(other.state))
            .map((finding) => (
              <li>
                <div class="what">
                  <strong>{finding[language]}</strong>
                  {finding.todo && (
                    <p>
                      {say(texts.todo, language)}: {finding.todo[language]}
                    </p>
                  )}
                  {finding.facts && <Facts facts={finding.facts} at={at} />}
                </div>
                <Badge state={finding.state} language={language} />
              </li>
            ))}
        </ul>
      </section>
    </>,
  );
}

/** What each platform finds of itself. */
async function findingsOf(bot: Bot): Promise<readonly Finding[]> {
  const found = await Promise.all(
    bot.platforms.flatMap(({ doctor }) => (doctor ? [doctor(bot)] : [])),
  );
  return found.flat();
}

function Facts({ facts, at }: { facts: Readonly<Record<string, string>>; at: OwnerAt }) {
  const names = new Map(at.platforms.flatMap(({ factNames = {} }) => Object.entries(factNames)));
  return (
    <small>
      {Object.entries(facts).map(([name, value], index) => (
        <>
          {index > 0 && ' · '}
          {names.get(name)?.[at.language] ?? name} <code>{value}</code>
        </>
      ))}
    </small>
  );
}

/** `/admin/doctor.json`: the same as JSON. */
export async function doctorJson(context: AdminContext): Promise<Response> {
  const findings = await findingsOf(context.get('bot'));
  return context.json({ findings });
}

/**
 * Lets a program in that sends `Authorization: Bearer <ADMIN_PASSWORD>`; anybody else goes on to
 * the guard. Wrong passwords count as tries to log in; a right one forgets them only where it is the
 * whole proof.
 */
export function bearerDoctor(): MiddlewareHandler<AdminEnv> {
  return async (context, next) => {
    const [, typed] = /^Bearer (.+)$/i.exec(context.req.header('authorization') ?? '') ?? [];
    if (typed === undefined) return await next();
    const tried = await tryPassword(context, typed);
    if (tried === 'right') return await doctorJson(context);
    if (tried === 'wrong') return context.json({ error: 'wrong password' }, 401);
    return context.json({ error: 'too many wrong passwords' }, 429, retryAfter(tried));
  };
}
