import { Hono } from 'hono';
import { startJob } from '../../../bot/jobs/start.ts';
import { jobsOf } from '../../../bot/jobs/table.ts';
import type { Job } from '../../../bot/jobs/types.ts';
import { MINUTE_MS } from '../../../lib/time.ts';
import { confirmPage } from '../../../ui/admin/confirm.tsx';
import { goOn } from '../../../ui/admin/flash.ts';
import { clockOf } from '../../../ui/admin/page.tsx';
import type { AdminContext, AdminEnv } from '../../../ui/admin/types.ts';
import { jobsPage } from './page.tsx';
import { jobsState } from './state.ts';
import { texts } from './texts.ts';

const PAGE = '/admin/jobs';
const RUN = '/:id{[a-z-]{1,30}}/run/:slot{\\d{1,15}}';
/** A run takes its page's time for its own, so a page may not be older. */
const PAGE_LIVES_MS = 15 * MINUTE_MS;

/** `/admin/jobs`: what goes on, also as JSON for the page's script, and runs out of turn. */
export function jobsRoutes(): Hono<AdminEnv> {
  const routes = new Hono<AdminEnv>();

  routes.get('/', jobsPage);
  routes.get('/state.json', answerState);

  routes.get(RUN, (context) => {
    const id = context.req.param('id');
    const warning = jobOf(context, id)?.warning;
    if (!warning) return context.redirect(PAGE, 303);
    return confirmPage(context, {
      title: texts.question,
      warning,
      yes: texts.run,
      under: PAGE,
    });
  });

  routes.post(RUN, async (context) => {
    const bot = context.get('bot');
    const id = context.req.param('id');
    const job = jobOf(context, id);
    if (!job) return goOn(context, PAGE, { key: 'not-found' });
    const slot = Number(context.req.param('slot'));
    const age = bot.runtime.now() - slot;
    if (age < 0 || age > PAGE_LIVES_MS) return goOn(context, PAGE, { key: 'page-old' });
    const done = await startJob(bot, id, slot);
    if (context.req.header('accept') === 'application/json') return answerState(context);
    const values = { name: job.name[context.get('language')] };
    return goOn(context, PAGE, { key: flashKeys[done], values });
  });

  return routes;
}

function jobOf(context: AdminContext, id: string): Job | undefined {
  return jobsOf(context.get('bot')).find((job) => job.id === id);
}

const flashKeys = {
  started: 'job-started',
  already: 'job-started-already',
  failed: 'job-failed',
} as const;

async function answerState(context: AdminContext): Promise<Response> {
  return context.json(await jobsState(context.get('bot'), clockOf(context)));
}
