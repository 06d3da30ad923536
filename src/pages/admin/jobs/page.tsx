import { Hono } from 'hono';
import type { Bot } from '../../../bot/context.ts';
import { type Job, nextSlot } from '../../../bot/jobs/job.ts';
import { startJob } from '../../../bot/jobs/run.ts';
import { jobsOf } from '../../../bot/jobs/table.ts';
import { withCommas } from '../../../lib/text.ts';
import { MINUTE_MS, SECOND_MS } from '../../../lib/time.ts';
import { PROGRESS_TO, type RunProgress, runProgress } from '../../../store/runCounts.ts';
import { latestRuns, type Run } from '../../../store/runs.ts';
import { confirmPage } from '../../../ui/admin/confirm.tsx';
import { goOn } from '../../../ui/admin/flash.ts';
import { adminPage, clockOf } from '../../../ui/admin/page.tsx';
import type { AdminContext, AdminEnv } from '../../../ui/admin/types.ts';
import { say, type Text } from '../../../ui/language.ts';
import {
  Act,
  type At,
  Card,
  JOBS_SCRIPT_PATH,
  type State,
  Time,
  timeText,
} from '../../../ui/parts.tsx';
import { countsText, runBadges } from '../runTexts.ts';

const texts = {
  title: { ko: '할 일', en: 'Jobs' },
  lead: {
    ko: '봇이 때맞춰 하는 일이에요. 지금 해도 같은 소식을 두 번 보내지 않아요.',
    en: 'What the bot does by the clock. Running one now tells nothing twice.',
  },
  list: { ko: '할 일 {count}가지', en: 'Jobs: {count}' },
  next: { ko: '다음', en: 'Next' },
  never: { ko: '아직 한 적이 없어요.', en: 'It has not run yet.' },
  last: { ko: '지난번', en: 'Last' },
  seconds: { ko: '{count}초 걸림', en: 'took {count} s' },
  sent: { ko: '보냄 {done} / {total}', en: 'sent {done} of {total}' },
  progress: { ko: '보낸 것', en: 'Sent' },
  waiting: { ko: '아직 안 함', en: 'Not yet' },
  run: { ko: '지금 하기', en: 'Run now' },
  refresh: { ko: '새로 보기', en: 'Refresh' },
  offline: {
    ko: '지금 모습을 가져오지 못했어요. 연결을 확인해 주세요. 곧 다시 해 볼게요.',
    en: 'The present state could not be fetched. Check the connection; trying again soon.',
  },
  question: { ko: '지금 할까요?', en: 'Run it now?' },
} as const satisfies Record<string, Text>;

/** How a job is, in the reader's language: shown by the page, and by its script while it is open. */
interface JobState {
  readonly id: string;
  readonly badge: { readonly state: State; readonly text: string };
  /** What its last run did. */
  readonly lines: string;
  /** Messages sent of those its last run wrote; `total` is 0 when it wrote none. */
  readonly done: number;
  readonly total: number;
}

interface JobsState {
  /** Names a press: the same twice starts one run. */
  readonly slot: number;
  /** Whether something goes on, so that looking again soon is worth while. */
  readonly isActive: boolean;
  readonly jobs: readonly JobState[];
}

/** How all jobs are now. */
async function jobsState(bot: Bot, at: At): Promise<JobsState> {
  const { db } = bot;
  const jobs = jobsOf(bot);
  const runs = await latestRuns(
    db,
    jobs.map(({ id }) => id),
  );
  const progress = await runProgress(db, runs.map(nameOf));
  const hasWaiting = [...progress.values()].some(({ waiting }) => waiting > 0);
  return {
    slot: at.now,
    isActive: hasWaiting || runs.some(({ state }) => state === 'running'),
    jobs: jobs.flatMap((job) => {
      const { id, schedule } = job;
      const run = runs.find((one) => one.job === id);
      // What only the owner starts is of interest once it was started.
      if (run) return [stateOf(job, run, progress.get(nameOf(run)), at)];
      return schedule === null ? [] : [untouched(id, at)];
    }),
  };
}

function nameOf({ job, slot }: Run): string {
  return `${job}@${slot}`;
}

function untouched(id: string, { language }: At): JobState {
  const badge = { state: 'off', text: say(texts.waiting, language) } as const;
  return { id, badge, lines: say(texts.never, language), done: 0, total: 0 };
}

function stateOf(
  job: Job,
  run: Run,
  { total, waiting }: RunProgress = NO_PROGRESS,
  at: At,
): JobState {
  const { language } = at;
  const { state, text } = runBadges[run.state];
  const done = total - waiting;
  const seconds = Math.round(((run.finishedAt ?? at.now) - run.startedAt) / SECOND_MS);
  const shown = total >= PROGRESS_TO ? `${withCommas(total)}+` : withCommas(total);
  return {
    id: run.job,
    badge: { state, text: say(text, language) },
    lines: [
      `${say(texts.last, language)} ${timeText(run.startedAt, at)}`,
      say(texts.seconds, language, { count: withCommas(seconds) }),
      ...(total > 0 ? [say(texts.sent, language, { done: withCommas(done), total: shown })] : []),
      countsText(job, run, language),
      run.reason ?? '',
    ]
      .filter((part) => part !== '')
      .join(' · '),
    done,
    total,
  };
}

const NO_PROGRESS = { total: 0, waiting: 0 };

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

/** `/admin/jobs`: when each job runs next, what its last run did, and a button to run it now. */
export async function jobsPage(context: AdminContext): Promise<Response> {
  const at = clockOf(context);
  const { language } = at;
  const { csrf } = context.get('session');
  const bot = context.get('bot');
  const jobs = jobsOf(bot);
  const { slot, jobs: states } = await jobsState(bot, at);
  return adminPage(
    context,
    { title: texts.title, lead: texts.lead, under: '/admin/jobs' },
    <Card title={say(texts.list, language, { count: states.length })}>
      <p id="live-note" role="status" data-offline={say(texts.offline, language)} />
      <ul class="rows" data-live="/admin/jobs/state.json">
        {states.map((state) => (
          <JobRow
            job={jobs.find(({ id }) => id === state.id)}
            state={state}
            slot={slot}
            csrf={csrf}
            at={at}
          />
        ))}
      </ul>
      <div class="actions">
        <a class="button" href="/admin/jobs">
          {say(texts.refresh, language)}
        </a>
      </div>
      <script src={JOBS_SCRIPT_PATH} defer />
    </Card>,
  );
}

function JobRow({
  job,
  state: { id, badge, lines, done, total },
  slot,
  csrf,
  at,
}: {
  job: Job | undefined;
  state: JobState;
  slot: number;
  csrf: string;
  at: At;
}) {
  const { language } = at;
  const schedule = job?.schedule ?? null;
  const to = `/admin/jobs/${id}/run/${slot}`;
  return (
    <li data-job={id}>
      <div class="what">
        <strong>{job?.name[language] ?? id}</strong>
        {schedule !== null && (
          <small>
            {say(texts.next, language)} <Time at={nextSlot(schedule, at.now)} {...at} />
          </small>
        )}
        <small data-lines="">{lines}</small>
        <progress
          value={done}
          max={Math.max(1, total)}
          hidden={total === 0}
          aria-label={say(texts.progress, language)}
        />
      </div>
      <span class={`badge ${badge.state}`}>{badge.text}</span>
      {job?.warning ? (
        <a class="button" href={to}>
          {say(texts.run, language)}
        </a>
      ) : (
        <Act to={to} csrf={csrf} text={say(texts.run, language)} />
      )}
    </li>
  );
}
