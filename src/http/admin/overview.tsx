import { newsText } from '../../accounts/twitter/news.ts';
import type { FeatureState } from '../../bot/config.ts';
import { jobs } from '../../bot/jobs/table.ts';
import { type Account, readAccounts } from '../../store/accounts.ts';
import { deadDeliveries, openDeliveries } from '../../store/deliveryList.ts';
import { type OwnerNews, readOwnerNews } from '../../store/ownerNews.ts';
import { latestRuns, type Run } from '../../store/runs.ts';
import { type Health, readHealth } from '../health.ts';
import { say, type Text } from '../ui/language.ts';
import { Act, type At, Badge, Card, count, Row, Time } from '../ui/parts.tsx';
import { DeliveryRows } from './deliveries.tsx';
import { countNames, featureNames, jobNames, secretSources, texts } from './overviewTexts.ts';
import { adminPage, clockOf } from './page.tsx';
import type { AdminContext } from './types.ts';

const LISTED = 20;

/** `/admin`: one look says whether all is well, and if not, what to do. */
export async function overviewPage(context: AdminContext): Promise<Response> {
  const { db } = context.get('bot');
  const language = context.get('language');
  const { csrf } = context.get('session');
  const at = clockOf(context);
  const [health, accounts, news, runs, waiting, dead] = await Promise.all([
    readHealth(context.get('bot')),
    readAccounts(db, 'twitter'),
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
      <Verdict todos={todos(health, accounts, news, at)} at={at} />
      <div class="two">
        <div>
          <News news={news} at={at} csrf={csrf} />
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
        </div>
        <div>
          <Features features={health.features} at={at} />
          <Runs runs={runs} at={at} />
        </div>
      </div>
    </>,
  );
}

interface Todo {
  readonly text: string;
  readonly to: string;
}

function todos(
  health: Health,
  accounts: readonly Account[],
  news: readonly OwnerNews[],
  { language }: At,
): Todo[] {
  const todo = (
    text: Text,
    to: string,
    values: Readonly<Record<string, string | number>> = {},
  ) => ({
    text: say(text, language, values),
    to,
  });
  const hasAccount = accounts.length > 0 || health.features['twitter-account']?.state === 'on';
  const failing = Object.entries(health.features).flatMap(([id, feature]) =>
    feature.state === 'failing' ? [{ id, reason: feature.reason }] : [],
  );
  return [
    ...(hasAccount ? [] : [todo(texts.todoConnect, '/admin/twitter')]),
    ...accounts
      .filter(({ state }) => state === 'log-in-again')
      .map(({ username }) => todo(texts.todoAgain, '/admin/twitter', { name: username })),
    ...failing.map(({ id, reason }) =>
      todo(texts.todoFailing, '/admin/doctor', { name: nameOf(id, language), reason }),
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

function Verdict({ todos: list, at }: { todos: readonly Todo[]; at: At }) {
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

function News({ news, at, csrf }: { news: readonly OwnerNews[]; at: At; csrf: string }) {
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
                  <p>{newsText(one)?.[at.language] ?? one.kind}</p>
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

function Features({ features, at }: { features: Health['features']; at: At }) {
  return (
    <Card title={say(texts.features, at.language)}>
      <ul class="rows">
        {Object.entries(features).map(([id, feature]) => (
          <Row
            title={nameOf(id, at.language)}
            lines={[
              // Logging in is the easier way; the keys are the other.
              ...(id === 'twitter-account' && feature.state === 'off'
                ? [<a href="/admin/twitter">{say(texts.logIn, at.language)}</a>]
                : []),
              ...explain(feature, at),
            ]}
          >
            <Badge {...badges[feature.state]} language={at.language} />
          </Row>
        ))}
      </ul>
    </Card>
  );
}

const badges = {
  on: { state: 'ok', text: texts.on },
  off: { state: 'off', text: texts.off },
  failing: { state: 'bad', text: texts.failing },
} as const;

function explain(feature: FeatureState, { language }: At) {
  if (feature.state === 'on') return [];
  if (feature.state === 'failing') return [feature.reason];
  const bySource = Map.groupBy(feature.missing, (name) => secretSources[name]?.[language] ?? '');
  return [...bySource].map(([source, names]) => (
    <>
      {say(texts.missing, language)}{' '}
      {names.map((name) => (
        <>
          <code>{name}</code>{' '}
        </>
      ))}
      {source !== '' && `(${source})`}
    </>
  ));
}

function nameOf(feature: string, language: At['language']): string {
  const name = featureNames[feature];
  return name ? say(name, language) : feature;
}

function Runs({ runs, at }: { runs: readonly Run[]; at: At }) {
  return (
    <Card title={say(texts.runs, at.language)}>
      {runs.length === 0 && <p class="empty">{say(texts.noRuns, at.language)}</p>}
      <ul class="rows">
        {runs.map((run) => (
          <Row
            title={jobNames[run.job]?.[at.language] ?? run.job}
            lines={[
              <Time at={run.startedAt} {...at} />,
              countsText(run, at),
              ...(run.reason === null ? [] : [run.reason]),
            ]}
          >
            <Badge {...runBadges[run.state]} language={at.language} />
          </Row>
        ))}
      </ul>
    </Card>
  );
}

const runBadges = {
  done: { state: 'ok', text: texts.done },
  failed: { state: 'bad', text: texts.failed },
  running: { state: 'off', text: texts.running },
} as const;

function countsText(run: Run, { language }: At): string {
  return Object.entries(run.counts)
    .map(([name, value]) => `${countNames[name]?.[language] ?? name} ${count(value)}`)
    .join(' · ');
}
