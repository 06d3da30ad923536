import { withCommas } from '../../../lib/text.ts';
import { dayForPeople, type Language } from '../../../lib/time.ts';
import { say, type Text } from '../../../ui/language.ts';
import { type Card, queryOf } from './choice.ts';
import { REGISTER_PATH, type StepProps, Way } from './parts.tsx';
import { texts } from './words.ts';

/** GitHub lists no more at once. */
const MOST_BRANCHES = 100;

/** The repository as GitHub shows it, and what somebody may choose about it. */
export function Choosing({
  card,
  channel,
  choice,
  token,
  today,
  language,
}: StepProps & { card: Card; channel: string }) {
  const { branches } = card;
  const branch = branches.includes(choice.branch) ? choice.branch : card.branch;
  return (
    <>
      <RepositoryCard card={card} today={today} language={language} />
      <form class="stack" action={REGISTER_PATH}>
        <input type="hidden" name="channel" value={channel} />
        <input type="hidden" name="token" value={token} />
        <input type="hidden" name="address" value={choice.address} />
        <div class="fields">
          <label class="field">
            {say(texts.branch, language)}
            {branches.length >= MOST_BRANCHES && <small>{say(texts.manyBranches, language)}</small>}
            <select name="branch">
              {branches.map((name) => (
                <option value={name} selected={name === branch}>
                  {name}
                </option>
              ))}
            </select>
          </label>
          <label class="field">
            {say(texts.nickname, language)}
            <input
              name="nickname"
              value={choice.nickname}
              placeholder={card.name}
              maxlength={100}
              autocomplete="off"
              aria-label={`${say(texts.nickname, language)} · ${say(texts.nicknameLead, language)}`}
            />
          </label>
          <Select
            name="kinds"
            title={texts.kinds}
            options={{ both: texts.both, commits: texts.commits, releases: texts.releases }}
            chosen={choice.kinds}
            language={language}
          />
          <Select
            name="digest"
            title={texts.digest}
            options={{ instant: texts.instant, hourly: texts.hourly, daily: texts.daily }}
            chosen={choice.digest}
            language={language}
          />
        </div>
        <Filters choice={choice} language={language} />
        <Way
          back={`${REGISTER_PATH}?${queryOf(choice, { token: '', again: true })}`}
          language={language}
        >
          <button type="submit" class="primary">
            {say(texts.next, language)}
          </button>
        </Way>
      </form>
    </>
  );
}

function Filters({ choice, language }: Pick<StepProps, 'choice' | 'language'>) {
  const { hour, prereleases, tag, step } = choice;
  return (
    <details>
      <summary>{say(texts.filters, language)}</summary>
      <div class="fields">
        <Select
          name="step"
          title={texts.step}
          options={{ any: texts.any, minor: texts.minor, major: texts.major }}
          chosen={step}
          language={language}
        />
        <label class="field">
          {say(texts.tag, language)}
          <input name="tag" value={tag} placeholder="v2.*" maxlength={50} autocomplete="off" />
        </label>
        <label class="field">
          {say(texts.hour, language)}
          <input name="hour" type="number" min={0} max={23} value={hour} />
        </label>
        <label class="tick">
          <input type="checkbox" name="prereleases" checked={prereleases} />
          {say(texts.prereleases, language)}
        </label>
      </div>
    </details>
  );
}

function Select({
  name,
  title,
  options,
  chosen,
  language,
}: {
  name: string;
  title: Text;
  options: Readonly<Record<string, Text>>;
  chosen: string;
  language: Language;
}) {
  return (
    <label class="field">
      {say(title, language)}
      <select name={name}>
        {Object.entries(options).map(([value, text]) => (
          <option value={value} selected={value === chosen}>
            {say(text, language)}
          </option>
        ))}
      </select>
    </label>
  );
}

function RepositoryCard({
  card,
  today,
  language,
}: Pick<StepProps, 'today' | 'language'> & { card: Card }) {
  const { owner, name, description, avatarUrl, stars, forks, createdAt, updatedAt } = card;
  const dayText = (iso: string) => dayForPeople(iso.slice(0, 10), today, language);
  const facts: [Text, string][] = [
    [texts.stars, withCommas(stars)],
    [texts.forks, withCommas(forks)],
    [texts.created, dayText(createdAt)],
    [texts.updated, dayText(updatedAt)],
  ];
  return (
    <div class="repository">
      <img
        src={avatarUrl}
        alt={say(texts.avatar, language, { name: owner })}
        width={56}
        height={56}
        referrerpolicy="no-referrer"
      />
      <div class="what">
        <strong>{`${owner}/${name}`}</strong>
        {description !== null && <p class="soft">{description}</p>}
      </div>
      <dl>
        {facts.map(([label, value]) => (
          <div>
            <dt>{say(label, language)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
