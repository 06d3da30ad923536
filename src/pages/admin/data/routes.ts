import { Hono } from 'hono';
import * as v from 'valibot';
import { eraseEverybody, eraseEverything } from '../../../bot/forgetting.ts';
import { channelIds } from '../../../bot/platform.ts';
import { isKeyOf } from '../../../lib/text.ts';
import { minuteOf } from '../../../lib/time.ts';
import { backup } from '../../../store/backup.ts';
import { backupFile } from '../../../store/backupFile.ts';
import { restore } from '../../../store/restore.ts';
import { goOn } from '../../../ui/admin/flash.ts';
import { proved } from '../../../ui/admin/guard.tsx';
import { clockOf } from '../../../ui/admin/page.tsx';
import type { AdminContext, AdminEnv } from '../../../ui/admin/types.ts';
import { dataPage, erasePage, erasures } from './page.tsx';

const PAGE = '/admin/data';

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
