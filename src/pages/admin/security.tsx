import { type Context, Hono } from 'hono';
import { base64url, sha256Hex } from '../../lib/encoding.ts';
import { DAY_MS } from '../../lib/time.ts';
import {
  type ApiKey,
  addApiKey,
  dropApiKey,
  listApiKeys,
  MOST_API_KEYS,
} from '../../store/ownerLogin.ts';
import { LOGIN_PATH, proved } from '../../ui/admin/guard.tsx';
import { adminPage, clockOf, type OwnerAt } from '../../ui/admin/page.tsx';
import type { ListedSession } from '../../ui/admin/session.ts';
import type { AdminContext, AdminEnv } from '../../ui/admin/types.ts';
import { say, type Text } from '../../ui/language.ts';
import { Act, Badge, Card, Qr, qrModules, Row, Time } from '../../ui/parts.tsx';
import { beginFactor, endFactor, takeCode, wantsCode } from './secondFactor.ts';

const texts = {
  title: { ko: '보안', en: 'Security' },
  lead: {
    ko: '누가 들어와 있는지 보고, 두 번째 확인과 API 열쇠를 정해요.',
    en: 'See who is logged in, and set up a second factor and keys of the API.',
  },
  sessions: { ko: '로그인한 곳', en: 'Where you are logged in' },
  sessionsText: {
    ko: '한 시간 동안 아무것도 하지 않으면 저절로 로그아웃돼요.',
    en: 'After an hour without doing anything you are logged out.',
  },
  unknown: { ko: '알 수 없는 브라우저', en: 'Unknown browser' },
  here: { ko: '여기', en: 'Here' },
  seen: { ko: '마지막으로 쓴 때', en: 'last used' },
  end: { ko: '로그아웃', en: 'Log out' },
  endAll: { ko: '모든 곳에서 로그아웃', en: 'Log out everywhere' },
  factor: { ko: '두 번째 확인', en: 'Second factor' },
  factorOff: {
    ko: '꺼져 있어요. 켜면 로그인할 때 비밀번호와 함께 인증 앱의 여섯 자리 숫자를 넣어요.',
    en: 'Off. Once it is on, logging in takes six digits of an authenticator app beside the password.',
  },
  factorOn: {
    ko: '켜져 있어요. 앱을 잃어버렸다면 .prod.vars에서 ADMIN_PASSWORD를 바꾸고 npm run deploy를 해 주세요. 그러면 꺼져요.',
    en: 'On. If you lose the app, change ADMIN_PASSWORD in .prod.vars and run npm run deploy: that switches it off.',
  },
  scan: {
    ko: '인증 앱으로 이 그림을 찍거나 글자를 옮겨 적고, 앱이 보여 주는 숫자를 넣어 주세요.',
    en: 'Scan this with an authenticator app, or type the letters there, and enter the digits it shows.',
  },
  qr: { ko: '인증 앱에 넣을 QR 코드', en: 'QR code for an authenticator app' },
  code: { ko: '여섯 자리 숫자', en: 'Six digits' },
  on: { ko: '켜기', en: 'Turn on' },
  off: { ko: '끄기', en: 'Turn off' },
  wrongCode: {
    ko: '숫자가 맞지 않아요. 처음부터 다시 해 주세요.',
    en: 'These were not the digits. Please start again.',
  },
  keys: { ko: 'API 열쇠', en: 'Keys of the API' },
  keysText: {
    ko: 'API_KEY 말고도 프로그램마다 따로 열쇠를 줄 수 있어요. 정한 날이 지나면 저절로 끝나요.',
    en: 'Beside API_KEY each program can have a key of its own, which ends by itself on a day you choose.',
  },
  name: { ko: '이름', en: 'Name' },
  scope: { ko: '할 수 있는 일', en: 'What it may do' },
  read: { ko: '보기만', en: 'look only' },
  write: { ko: '보고 바꾸기', en: 'look and change' },
  days: { ko: '며칠 동안', en: 'For how many days' },
  make: { ko: '열쇠 만들기', en: 'Make a key' },
  newKey: {
    ko: '새 열쇠예요. 지금만 보이니 옮겨 적어 두세요',
    en: 'The new key, shown this once: keep it now',
  },
  tooMany: { ko: '열쇠는 {count}개까지 둘 수 있어요.', en: 'There can be {count} keys at most.' },
  noKeys: { ko: '아직 없어요.', en: 'None yet.' },
  until: { ko: '끝나는 때', en: 'ends' },
  over: { ko: '끝남', en: 'Over' },
  used: { ko: '마지막으로 쓴 때', en: 'last used' },
  drop: { ko: '지우기', en: 'Delete' },
} as const satisfies Record<string, Text>;

const PAGE = '/admin/security';
const LONGEST_NAME = 60;
const MOST_DAYS = 366;

/** What was just made, and is shown this once. */
interface Shown {
  readonly secret?: string;
  readonly key?: string;
  readonly problem?: Text;
}

/** `/admin/security`: sessions, the second factor, keys of the API. */
export function securityRoutes(): Hono<AdminEnv> {
  const routes = new Hono<AdminEnv>();
  routes.get('/', (context) => securityPage(context, {}));

  routes.post('/sessions/:id{[0-9a-f]{64}}/end', async (context) => {
    await context.get('sessions').end(context.req.param('id'));
    return context.redirect(PAGE, 303);
  });
  routes.post('/sessions/end', async (context) => {
    await context.get('sessions').endAll();
    return context.redirect(`${LOGIN_PATH}?out`, 303);
  });

  routes.use('/factor/*', proved(PAGE));
  routes.post('/factor/begin', async (context) => {
    const secret = await beginFactor(context);
    return securityPage(context, secret === null ? {} : { secret });
  });
  routes.post('/factor/on', async (context) => {
    const isRight = await takeCode(context, context.get('form').get('code') ?? '');
    return isRight ? toPage(context) : securityPage(context, { problem: texts.wrongCode });
  });
  routes.post('/factor/off', async (context) => {
    await endFactor(context);
    return toPage(context);
  });

  routes.use('/keys/*', proved(PAGE));
  routes.post('/keys/make', makeKey);
  routes.post('/keys/:id{\\d{1,15}}/drop', async (context) => {
    await dropApiKey(context.get('bot').db, Number(context.req.param('id')));
    return toPage(context);
  });
  // What was asked for again by an address alone.
  for (const path of ['/factor/*', '/keys/*', '/sessions/*']) routes.get(path, toPage);
  return routes;
}

function toPage(context: Context): Response {
  return context.redirect(PAGE, 303);
}

async function makeKey(context: AdminContext): Promise<Response> {
  const { db, runtime } = context.get('bot');
  const form = context.get('form');
  const name = (form.get('name') ?? '').normalize('NFC').trim().slice(0, LONGEST_NAME);
  const days = Math.min(MOST_DAYS, Math.max(1, Math.floor(Number(form.get('days')) || 90)));
  const scope = form.get('scope') === 'write' ? 'write' : 'read';
  const key = `soshik_${base64url(runtime.randomBytes(32))}`;
  const now = runtime.now();
  const kept = { hash: await sha256Hex(key), name, scope, expiresAt: now + days * DAY_MS } as const;
  return securityPage(
    context,
    (await addApiKey(db, kept, now)) ? { key } : { problem: texts.tooMany },
  );
}

async function securityPage(context: AdminContext, shown: Shown): Promise<Response> {
  const at = clockOf(context);
  const { language } = at;
  const session = context.get('session');
  const [sessions, keys, isOn] = await Promise.all([
    context.get('sessions').list(session),
    listApiKeys(context.get('bot').db),
    wantsCode(context),
  ]);
  const { csrf } = session;
  return adminPage(
    context,
    { title: texts.title, lead: texts.lead, under: PAGE },
    <div class="two">
      <div>
        {shown.problem && (
          <p class="card verdict bad" role="alert">
            {say(shown.problem, language, { count: MOST_API_KEYS })}
          </p>
        )}
        <Card title={say(texts.sessions, language)} lead={say(texts.sessionsText, language)}>
          <ul class="rows">
            {sessions.map((one) => (
              <SessionRow session={one} csrf={csrf} at={at} />
            ))}
          </ul>
          <Act to={`${PAGE}/sessions/end`} csrf={csrf} text={say(texts.endAll, language)} />
        </Card>
        <Factor isOn={isOn} secret={shown.secret ?? null} csrf={csrf} at={at} />
      </div>
      <Card title={say(texts.keys, language)} lead={say(texts.keysText, language)}>
        {shown.key !== undefined && (
          <p class="verdict ok" role="status">
            {say(texts.newKey, language)}: <code>{shown.key}</code>
          </p>
        )}
        {keys.length === 0 ? (
          <p class="empty">{say(texts.noKeys, language)}</p>
        ) : (
          <ul class="rows">
            {keys.map((key) => (
              <KeyRow apiKey={key} csrf={csrf} at={at} />
            ))}
          </ul>
        )}
        <form method="post" action={`${PAGE}/keys/make`} class="stack">
          <input type="hidden" name="csrf" value={csrf} />
          <label class="field">
            {say(texts.name, language)}
            <input name="name" maxlength={LONGEST_NAME} required />
          </label>
          <label class="field">
            {say(texts.scope, language)}
            <select name="scope">
              <option value="read">{say(texts.read, language)}</option>
              <option value="write">{say(texts.write, language)}</option>
            </select>
          </label>
          <label class="field">
            {say(texts.days, language)}
            <input type="number" name="days" min="1" max={MOST_DAYS} value="90" required />
          </label>
          <button type="submit">{say(texts.make, language)}</button>
        </form>
      </Card>
    </div>,
  );
}

interface RowProps {
  readonly csrf: string;
  readonly at: OwnerAt;
}

function SessionRow({ session, csrf, at }: RowProps & { readonly session: ListedSession }) {
  const { language } = at;
  const { id, about, seenAt, isThis } = session;
  return (
    <Row
      title={about === '' ? say(texts.unknown, language) : about}
      lines={[
        <>
          {say(texts.seen, language)} <Time {...at} at={seenAt} />
        </>,
      ]}
    >
      {isThis ? (
        <Badge state="ok" language={language} text={texts.here} />
      ) : (
        <Act to={`${PAGE}/sessions/${id}/end`} csrf={csrf} text={say(texts.end, language)} />
      )}
    </Row>
  );
}

function Factor({
  isOn,
  secret,
  csrf,
  at: { language },
}: RowProps & { readonly isOn: boolean; readonly secret: string | null }) {
  if (secret !== null) {
    const uri = `otpauth://totp/soshik?secret=${secret}&issuer=soshik`;
    return (
      <Card title={say(texts.factor, language)}>
        <p>{say(texts.scan, language)}</p>
        <Qr modules={qrModules(uri)} label={say(texts.qr, language)} />
        <p>
          <code>{secret}</code>
        </p>
        <form method="post" action={`${PAGE}/factor/on`} class="stack">
          <input type="hidden" name="csrf" value={csrf} />
          <label class="field">
            {say(texts.code, language)}
            <input name="code" inputmode="numeric" autocomplete="one-time-code" required />
          </label>
          <button type="submit" class="primary">
            {say(texts.on, language)}
          </button>
        </form>
      </Card>
    );
  }
  const [to, text] = isOn ? ['off', texts.off] : ['begin', texts.on];
  return (
    <Card title={say(texts.factor, language)}>
      <p>{say(isOn ? texts.factorOn : texts.factorOff, language)}</p>
      <Act to={`${PAGE}/factor/${to}`} csrf={csrf} text={say(text ?? texts.on, language)} />
    </Card>
  );
}

function KeyRow({ apiKey, csrf, at }: RowProps & { readonly apiKey: ApiKey }) {
  const { language } = at;
  const { id, name, scope, expiresAt, usedAt } = apiKey;
  return (
    <Row
      title={name}
      lines={[
        <>
          {say(texts[scope], language)} · {say(texts.until, language)}{' '}
          <Time {...at} at={expiresAt} /> {usedAt !== null && say(texts.used, language)}{' '}
          {usedAt !== null && <Time {...at} at={usedAt} />}
        </>,
      ]}
    >
      {expiresAt <= at.now && <Badge state="off" language={language} text={texts.over} />}
      <Act to={`${PAGE}/keys/${id}/drop`} csrf={csrf} text={say(texts.drop, language)} />
    </Row>
  );
}
