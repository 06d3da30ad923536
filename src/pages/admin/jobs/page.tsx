import { nextSlot } from '../../../bot/jobs/schedule.ts';
import { jobsOf } from '../../../bot/jobs/table.ts';
import type { Job } from '../../../bot/jobs/types.ts';
import { adminPage, clockOf } from '../../../ui/admin/page.tsx';
import type { AdminContext } from '../../../ui/admin/types.ts';
import { JOBS_SCRIPT_PATH } from '../../../ui/files.ts';
import { say } from '../../../ui/language.ts';
import { Act, type At, Card, Time } from '../../../ui/parts.tsx';
import { type JobState, jobsState } from './state.ts';
import { texts } from './texts.ts';

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
