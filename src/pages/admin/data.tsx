import { Hono } from 'hono';
import * as v from 'valibot';
import { eraseEverybody, eraseEverything } from '../../bot/forgetting.ts';
import { channelIds } from '../../bot/platform.ts';
import { isKeyOf } from '../../lib/text.ts';
import { minuteOf } from '../../lib/time.ts';
import { backup } from '../../store/backup.ts';
import { backupFile } from '../../store/backupFile.ts';
import { restore } from '../../store/restore.ts';
import { goOn } from '../../ui/admin/flash.ts';
import { proved } from '../../ui/admin/guard.tsx';
import { adminPage, clockOf } from '../../ui/admin/page.tsx';
import type { AdminContext, AdminEnv } from '../../ui/admin/types.ts';
import { say, type Text } from '../../ui/language.ts';
import { Card } from '../../ui/parts.tsx';

const texts = {
  title: { ko: '데이터', en: 'Data' },
  lead: {
    ko: '봇이 아는 것을 파일로 받고, 다시 넣고, 지워요.',
    en: 'Take what the bot knows as a file, put it back, or delete it.',
  },
  export: { ko: '내보내기', en: 'Export' },
  exportText: {
    ko: '설정, 사람, 지켜보는 저장소, 피드, 올린 작품과 공연, 카카오 로그인 상태를 JSON 파일 하나로 받아요. 토큰과 나눈 말은 들어 있지 않지만 사람들의 주소가 있으니 안전한 곳에 두세요.',
    en: 'Settings, people, watched repositories, feeds, announced titles and productions, and the state of Kakao logins as one JSON file. It holds no token and nothing that was said, but people’s addresses: keep it safe.',
  },
  download: { ko: '파일 받기', en: 'Download' },
  import: { ko: '가져오기', en: 'Import' },
  importText: {
    ko: '파일에 있고 여기에 없는 것만 넣어요. 이미 있는 것은 그대로 두니 두 번 가져와도 괜찮아요. 새 카카오 로그인은 다시 로그인해야 이어져요. 10MB까지 받아요.',
    en: 'What the file has and the bot lacks is added; what is there stays, so importing twice does no harm. Imported Kakao logins have to log in again. Up to 10 MB.',
  },
  file: { ko: '내보낸 파일', en: 'Exported file' },
  send: { ko: '가져오기', en: 'Import' },
  danger: { ko: '위험한 일', en: 'Danger zone' },
  dangerText: {
    ko: '되돌릴 수 없어요. 먼저 파일로 내보내 두세요.',
    en: 'None of this can be undone. Export first.',
  },
  word: { ko: '하려면 ‘{word}’라고 적어 주세요.', en: 'To do it, type “{word}”.' },
  back: { ko: '그만두기', en: 'Leave it' },
} as const satisfies Record<string, Text>;

/** What can be deleted at once, by the name in its address. */
const erasures = {
  people: {
    title: { ko: '모든 사람 잊기', en: 'Forget all people' },
    warning: {
      ko: '모든 사람과 그들이 지켜보는 것, 설정, 보내지 않은 소식을 지우고 카카오 로그인을 끝내요. 저장소 목록과 작품, 봇의 계정은 남아요.',
      en: 'Everybody, their watches, settings and unsent news are deleted, and their Kakao logins are ended. Repositories, titles and the bot’s accounts stay.',
    },
    word: { ko: '모두 잊기', en: 'forget all' },
  },
  everything: {
    title: { ko: '모두 지우기', en: 'Delete everything' },
    warning: {
      ko: '사람, 저장소, 작품, 설정을 모두 지우고 봇의 X 계정 연결도 끊어요. 올린 작품도 잊으니 다시 올릴 수 있어요. 비밀 값과 실행 기록, 한도 계산은 남고, 포스터는 30일 안에 사라져요.',
      en: 'People, repositories, titles and settings are deleted and the bot’s X accounts logged out. What was posted is forgotten too and may be posted again. Secrets, runs and counts of limits stay; posters go within 30 days.',
    },
    word: { ko: '모두 지우기', en: 'delete everything' },
  },
} as const satisfies Record<string, Readonly<Record<'title' | 'warning' | 'word', Text>>>;

const PAGE = '/admin/data';

/** `/admin/data`: all that is the owner's as a file, back from it, and out of the world. */
function dataPage(context: AdminContext): Response | Promise<Response> {
  const language = context.get('language');
  const { csrf } = context.get('session');
  return adminPage(
    context,
    { title: texts.title, lead: texts.lead, under: PAGE },
    <>
      <Card title={say(texts.export, language)}>
        <p>{say(texts.exportText, language)}</p>
        <div class="actions">
          <a class="button primary" href={`${PAGE}/soshik.json`} download>
            {say(texts.download, language)}
          </a>
        </div>
      </Card>
      <Card title={say(texts.import, language)}>
        <p>{say(texts.importText, language)}</p>
        <form method="post" action={`${PAGE}/import`} enctype="multipart/form-data" class="stack">
          <input type="hidden" name="csrf" value={csrf} />
          <label class="field">
            {say(texts.file, language)}
            <input type="file" name="file" accept=".json,application/json" required />
          </label>
          <div class="actions">
            <button type="submit">{say(texts.send, language)}</button>
          </div>
        </form>
      </Card>
      <Card title={say(texts.danger, language)} lead={say(texts.dangerText, language)}>
        <div class="actions">
          {Object.entries(erasures).map(([id, { title }]) => (
            <a class="button danger" href={`${PAGE}/erase/${id}`}>
              {say(title, language)}
            </a>
          ))}
        </div>
      </Card>
    </>,
  );
}

/** Asks before a lot is deleted: the owner types a word. */
function erasePage(context: AdminContext, id: keyof typeof erasures): Response | Promise<Response> {
  const language = context.get('language');
  const { title, warning, word } = erasures[id];
  return adminPage(
    context,
    { title, under: PAGE },
    <section class="card">
      <p>{say(warning, language)}</p>
      <form method="post" action={`${PAGE}/erase/${id}`} class="stack">
        <input type="hidden" name="csrf" value={context.get('session').csrf} />
        <label class="field">
          {say(texts.word, language, { word: say(word, language) })}
          <input name="word" autocomplete="off" required />
        </label>
        <div class="actions">
          <button type="submit" class="danger">
            {say(title, language)}
          </button>
          <a class="button" href={PAGE}>
            {say(texts.back, language)}
          </a>
        </div>
      </form>
    </section>,
  );
}

/** `/admin/data`: export, import, and deleting it all. */
export function dataRoutes(): Hono<AdminEnv> {
  const routes = new Hono<AdminEnv>();

  routes.get('/', dataPage);
  routes.use('/soshik.json', proved(PAGE));
  routes.use('/erase/*', proved(PAGE));

  routes.get('/soshik.json', (context) => {
    const { db } = context.get('bot');
    const { now, zone } = clockOf(context);
    const pieces = backup(db, new Date(now).toISOString());
    const file = new ReadableStream<string>({
      async pull(controller) {
        const { done, value } = await pieces.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
    });
    const name = `soshik-${minuteOf(now, zone).replace(/\D+/g, '-')}.json`;
    return context.body(file.pipeThrough(new TextEncoderStream()), 200, {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': `attachment; filename="${name}"`,
    });
  });

  routes.get('/import', (context) => context.redirect(PAGE, 303));
  routes.post('/import', importFile);

  routes.get('/erase/:what{[a-z]{1,20}}', (context) => {
    const what = context.req.param('what');
    return isKeyOf(erasures, what) ? erasePage(context, what) : context.redirect(PAGE, 303);
  });
  routes.post('/erase/:what{[a-z]{1,20}}', async (context) => {
    const what = context.req.param('what');
    if (!isKeyOf(erasures, what)) return context.redirect(PAGE, 303);
    const typed = (context.get('form').get('word') ?? '').normalize('NFKC').trim().toLowerCase();
    if (!Object.values(erasures[what].word).some((word) => word === typed)) {
      return goOn(context, PAGE, { key: 'wrong-word' });
    }
    const erase = { people: eraseEverybody, everything: eraseEverything }[what];
    await erase(context.get('bot'));
    return goOn(context, PAGE, { key: 'forgotten' });
  });

  return routes;
}

async function importFile(context: AdminContext): Promise<Response> {
  const { db, runtime } = context.get('bot');
  const text = context.get('form').get('file') ?? '';
  if (text === '') return goOn(context, PAGE, { key: 'import-no-file' });
  const parsed = v.safeParse(backupFile(channelIds(context.get('bot'))), text);
  if (!parsed.success) {
    const where = v.getDotPath(parsed.issues[0]) ?? 'JSON';
    return goOn(context, PAGE, { key: 'import-failed', values: { where } });
  }
  const written = await restore(db, parsed.output, runtime.now());
  const isNews = Object.values(written).some((count) => count > 0);
  return goOn(context, PAGE, { key: isNews ? 'imported' : 'import-nothing', values: written });
}
