import { withCommas } from '../../../lib/text.ts';
import { dayForPeople, dayOf, type Language, minuteOf } from '../../../lib/time.ts';
import { say } from '../../../ui/language.ts';
import { Card, Layout, Link, Row } from '../../../ui/parts.tsx';
import {
  type ActiveDay,
  HISTORY_DAYS,
  type HistoryEntry,
  type HistoryPage,
} from '../polling/history.ts';
import type { WatchedRepository } from '../store/history.ts';
import { texts } from './feed.ts';

const HEIGHT = 40;
/** Of a day's place, how much is bar. */
const BAR = 0.7;

/** How much happened day by day, as bars and in words. */
function Activity({
  days,
  language,
}: {
  /** Oldest first. */
  days: readonly ActiveDay[];
  language: Language;
}) {
  const numbers = days.map(({ commits, releases }) => commits + releases);
  const most = Math.max(1, ...numbers);
  return (
    <Card title={say(texts.activity, language)}>
      <svg
        class="chart"
        viewBox={`0 0 ${days.length} ${HEIGHT}`}
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        {numbers.map((number, index) => {
          const height = Math.max(0.5, (number / most) * HEIGHT);
          return (
            <rect
              class={number === 0 ? 'idle' : undefined}
              x={index + (1 - BAR) / 2}
              y={HEIGHT - height}
              width={BAR}
              height={height}
            />
          );
        })}
      </svg>
      <p class="soft">{inWords(days, numbers, language)}</p>
    </Card>
  );
}

function inWords(
  days: readonly ActiveDay[],
  numbers: readonly number[],
  language: Language,
): string {
  const sum = (of: (day: ActiveDay) => number) =>
    withCommas(days.reduce((all, day) => all + of(day), 0));
  const said = say(texts.summary, language, {
    commits: sum(({ commits }) => commits),
    releases: sum(({ releases }) => releases),
  });
  const number = Math.max(...numbers);
  const busiest = days[numbers.indexOf(number)];
  const today = days.at(-1);
  if (!busiest || !today || number === 0) return said;
  const day = dayForPeople(busiest.day, today.day, language);
  return `${said} ${say(texts.busiest, language, { day, number: withCommas(number) })}`;
}

interface PageProps {
  readonly repository: WatchedRepository;
  readonly history: HistoryPage;
  /** `null`: not on the first page. */
  readonly days: readonly ActiveDay[] | null;
  /** Whether newer entries stand on other pages. */
  readonly isOlder: boolean;
  readonly now: number;
  /** IANA name. */
  readonly zone: string;
  readonly language: Language;
}

/** What happened in a repository, by day, newest first. */
export function RepositoryPage(props: PageProps) {
  const { repository, history, days, isOlder, language } = props;
  const name = `${repository.owner}/${repository.name}`;
  const path = `/repos/${repository.id}`;
  const feed = `${path}/feed.atom?lang=${language}`;
  return (
    <Layout
      language={language}
      title={name}
      menu={<span class="spacer" />}
      path={path}
      head={<link rel="alternate" type="application/atom+xml" title={name} href={feed} />}
    >
      <Head repository={repository} feed={feed} language={language} />
      {days !== null && <Activity days={days} language={language} />}
      <Days {...props} />
      {(isOlder || history.older !== null) && (
        <nav class="pages" aria-label={say(texts.pages, language)}>
          {isOlder && <a href={path}>{say(texts.newest, language)}</a>}
          {history.older !== null && (
            <a href={`${path}?before=${history.older}`} rel="next">
              {say(texts.older, language)}
            </a>
          )}
        </nav>
      )}
    </Layout>
  );
}

function Head({
  repository: { owner, name },
  feed,
  language,
}: {
  repository: WatchedRepository;
  feed: string;
  language: Language;
}) {
  const fullName = `${owner}/${name}`;
  const address = `https://github.com/${fullName}`;
  return (
    <div class="repository">
      <img
        src={`https://github.com/${encodeURIComponent(owner)}.png?size=112`}
        alt={say(texts.avatar, language, { name: owner })}
        width={56}
        height={56}
        referrerpolicy="no-referrer"
      />
      <div class="what">
        <h1>{fullName}</h1>
        <p class="lead">{say(texts.lead, language, { days: HISTORY_DAYS })}</p>
      </div>
      <div class="actions">
        <a class="button" href={address}>
          {say(texts.github, language)}
        </a>
        <a class="button" href={feed}>
          {say(texts.feed, language)}
        </a>
        <a class="button" href={`/register?address=${encodeURIComponent(fullName)}`}>
          {say(texts.watch, language)}
        </a>
      </div>
    </div>
  );
}

function Days({ history, isOlder, now, zone, language }: PageProps) {
  if (history.entries.length === 0) {
    return <p class="empty">{say(isOlder ? texts.noneOlder : texts.none, language)}</p>;
  }
  const today = dayOf(now, zone);
  const byDay = Map.groupBy(history.entries, ({ at }) => dayOf(at, zone));
  return (
    <>
      {[...byDay].map(([day, entries]) => (
        <Card title={dayForPeople(day, today, language)}>
          <ul class="rows">
            {entries.map((entry) => (
              <Entry entry={entry} zone={zone} language={language} />
            ))}
          </ul>
        </Card>
      ))}
    </>
  );
}

function Entry({
  entry,
  zone,
  language,
}: {
  entry: HistoryEntry;
  zone: string;
  language: Language;
}) {
  const { at, branch, title, detail, url, commits, more } = entry;
  return (
    <li>
      <div class="what">
        <strong>
          <Link to={url} text={title} />
        </strong>{' '}
        {branch !== null && <code>{branch}</code>}
        {detail !== null && <small>{detail}</small>}
        {commits.length > 0 && (
          <ul class="commits">
            {commits.map((commit) => (
              <li>
                <Link
                  to={commit.url}
                  text={commit.message.trim() || say(texts.noMessage, language)}
                />
                <small>{`${commit.author} · ${minuteOf(commit.at, zone)}`}</small>
              </li>
            ))}
          </ul>
        )}
        {more !== null && <small>{more}</small>}
      </div>
      <small>
        <time datetime={new Date(at).toISOString()}>{minuteOf(at, zone).slice(-5)}</time>
      </small>
    </li>
  );
}

/** All repositories that can be read about, each with the way to its page. */
export function RepositoriesPage({
  repositories,
  next,
  language,
}: {
  repositories: readonly WatchedRepository[];
  /** Number of the last one here when there are more. */
  next: number | null;
  language: Language;
}) {
  const named = repositories
    .map(({ id, owner, name }) => ({ id, name: `${owner}/${name}` }))
    .toSorted((a, b) => a.name.localeCompare(b.name));
  const title = say(texts.all, language);
  const isNone = named.length === 0;
  return (
    <Layout language={language} title={title} menu={<span class="spacer" />} path="/repos">
      <div>
        <h1>{title}</h1>
        <p class="lead">{say(isNone ? texts.allNone : texts.allLead, language)}</p>
      </div>
      <section class="card">
        <ul class="rows">
          {named.map(({ id, name }) => (
            <Row title={<a href={`/repos/${id}`}>{name}</a>} />
          ))}
        </ul>
        <p class="actions">
          {next !== null && (
            <a class="button" href={`/repos?after=${next}`}>
              {say(texts.more, language)}
            </a>
          )}
          <a class="button" href="/#register">
            {say(texts.watch, language)}
          </a>
        </p>
      </section>
    </Layout>
  );
}
