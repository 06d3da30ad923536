import type { Bot } from '../../bot/context.ts';
import type { Job } from '../../bot/jobs/job.ts';
import { jobsOf } from '../../bot/jobs/table.ts';
import type { Todo as PlatformTodo } from '../../bot/platform.ts';
import { deadDeliveries, openDeliveries } from '../../store/deliveryList.ts';
import { type OwnerNews, readOwnerNews } from '../../store/incidents.ts';
import { latestRuns, type Run } from '../../store/runs.ts';
import { FeatureRow, featureName, pageOf, reasonOf } from '../../ui/admin/features.tsx';
import { adminPage, clockOf, type OwnerAt } from '../../ui/admin/page.tsx';
import type { AdminContext } from '../../ui/admin/types.ts';
import { say, type Text } from '../../ui/language.ts';
import { Act, Badge, Card, Row, Time } from '../../ui/parts.tsx';
import { type Health, readHealth } from '../health.ts';
import { DeliveryRows } from './deliveries/page.tsx';
import { countsText, runBadges, texts } from './runTexts.ts';

const LISTED = 20;

/** `/admin`: one look says whether all is well, and if not, what to do. */
export async function overviewPage(context: AdminContext): Promise<Response> {
  const bot = context.get('bot');
  const { db } = bot;
  const jobs = jobsOf(bot);
  const language = context.get('language');
  const { csrf } = context.get('session');
  const at = clockOf(context);
  const [health, ofPlatforms, news, runs, waiting, dead] = await Promise.all([
    readHealth(bot),
    Promise.all(bot.platforms.flatMap(({ todos }) => (todos ? [todos(bot)] : []))),
    readOwnerNews(db, { limit: LISTED, unseen: true }),
    latestRuns(
      db,
      jobs.map(({ id }) => id),
    ),
    openDeliveries(db, LISTED),
    deadDeliveries(db, LISTED),
  ]);
  return adminPage(
    context,
    { title: texts.title, under: '/admin' },
    <>
      <Verdict todos={todosOf({ health, ofPlatforms: ofPlatforms.flat(), news }, at)} at={at} />
      <div class="two">
        <div>
          <News bot={bot} news={news} at={at} csrf={csrf} />
          <Card title={say(texts.dead, language)} id="dead">
            <DeliveryRows
              deliveries={dead}
              total={health.deliveries?.dead ?? 0}
              empty={texts.noDead}
              csrf={csrf}
              at={at}
            />
          </Card>
          <Card title={say(texts.deliveries, language)}>
            <DeliveryRows
              deliveries={waiting}
              total={health.deliveries?.waiting ?? 0}
              empty={texts.nothingWaiting}
              csrf={csrf}
              at={at}
            />
          </Card>
          <Runs jobs={jobs} runs={runs} at={at} />
        </div>
        <div>
          <Features features={health.features} at={at} />
        </div>
      </div>
    </>,
  );
}

interface ListedTodo {
  readonly text: string;
  readonly to: string;
}

function todosOf(
  {
    health,
    ofPlatforms,
    news,
  }: {
    readonly health: Health;
    readonly ofPlatforms: readonly PlatformTodo[];
    readonly news: readonly OwnerNews[];
  },
  at: OwnerAt,
): ListedTodo[] {
  const { language } = at;
  const todo = (
    text: Text,
    to: string,
    values: Readonly<Record<string, string | number>> = {},
  ) => ({
    text: say(text, language, values),
    to,
  });
  const failing = Object.entries(health.features).flatMap(([id, feature]) =>
    feature.state === 'failing' ? [{ id, reason: feature.reason }] : [],
  );
  return [
    ...ofPlatforms.map(({ text, values, page }) => todo(text, page, values)),
    ...failing.map(({ id, reason }) =>
      todo(texts.todoFailing, pageOf(id, at), {
        name: featureName(id, at),
        reason: reasonOf(id, reason, at),
      }),
    ),
    ...(health.deliveries?.dead
      ? [todo(texts.todoDead, '#dead', { count: health.deliveries.dead })]
      : []),
    ...(health.events?.failed
      ? [todo(texts.todoEvents, '/admin/events', { count: health.events.failed })]
      : []),
    ...(news.length > 0 ? [todo(texts.todoNews, '#news', { count: news.length })] : []),
  ];
}

function Verdict({ todos: list, at }: { todos: readonly ListedTodo[]; at: OwnerAt }) {
  if (list.length === 0) {
    return (
      <section class="card verdict ok">
        <h2>{say(texts.allWell, at.language)}</h2>
        <p class="soft">{say(texts.allWellText, at.language)}</p>
      </section>
    );
  }
  return (
    <section class="card verdict bad">
      <h2>{say(texts.todo, at.language, { count: list.length })}</h2>
      <ul class="rows">
        {list.map(({ text, to }) => (
          <li>
            <a href={to}>{text}</a>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What a piece of news says, in the words of the room that tells it. */
function newsTextOf({ platforms, features }: Bot, news: OwnerNews): Text | null {
  for (const { newsText } of [...platforms, ...features]) {
    const text = newsText?.(news) ?? null;
    if (text !== null) return text;
  }
  return null;
}

function News({
  bot,
  news,
  at,
  csrf,
}: {
  bot: Bot;
  news: readonly OwnerNews[];
  at: OwnerAt;
  csrf: string;
}) {
  const [newest] = news;
  return (
    <section class="card" id="news">
      <h2>{say(texts.news, at.language)}</h2>
      {newest === undefined ? (
        <p class="empty">{say(texts.noNews, at.language)}</p>
      ) : (
        <>
          <ul class="rows">
            {news.map((one) => (
              <li>
                <div class="what">
                  <p>{newsTextOf(bot, one)?.[at.language] ?? one.kind}</p>
                  <small>
                    <Time at={one.at} {...at} />
                  </small>
                </div>
              </li>
            ))}
          </ul>
          <Act
            to={`/admin/news/${newest.id}/seen`}
            csrf={csrf}
            text={say(texts.seen, at.language)}
          />
        </>
      )}
    </section>
  );
}

function Features({ features, at }: { features: Health['features']; at: OwnerAt }) {
  return (
    <Card title={say(texts.features, at.language)}>
      <ul class="rows">
        {Object.entries(features).map(([id, feature]) => (
          <FeatureRow id={id} feature={feature} at={at} />
        ))}
      </ul>
    </Card>
  );
}

function Runs({ jobs, runs, at }: { jobs: readonly Job[]; runs: readonly Run[]; at: OwnerAt }) {
  return (
    <Card title={say(texts.runs, at.language)}>
      {runs.length === 0 && <p class="empty">{say(texts.noRuns, at.language)}</p>}
      <ul class="rows">
        {runs.map((run) => {
          const job = jobs.find(({ id }) => id === run.job);
          return (
            <Row
              title={job?.name[at.language] ?? run.job}
              lines={[
                <Time at={run.startedAt} {...at} />,
                countsText(job, run, at.language),
                ...(run.reason === null ? [] : [run.reason]),
              ]}
            >
              <Badge {...runBadges[run.state]} language={at.language} />
            </Row>
          );
        })}
      </ul>
    </Card>
  );
}
