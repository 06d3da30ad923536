import { make, time } from './dom.ts';
import type { Feature, JobRun, LogLine } from './state.ts';
import { isTextKey, type Language, say, type TextKey } from './texts.ts';
import { clockTime, moment } from './times.ts';

/** What a recorded call means to a person, by its host, method and path; the first that fits. */
const meanings: readonly (readonly [RegExp, TextKey])[] = [
  [/ GET \/webhook\/twitter/, 'did.crc'],
  [/ POST \/webhook\/twitter/, 'did.webhook'],
  [/ POST \/webhook\/telegram/, 'did.telegramHook'],
  [/ POST \/webhook\/github/, 'did.githubHook'],
  [/ \w+ \/webhook\/kakao/, 'did.kakaoHook'],
  [/ POST \/skill/, 'did.skill'],
  [/ POST \/2\/tweets/, 'did.post'],
  [/ POST \/2\/media\/metadata/, 'did.alt'],
  [/ POST \/2\/media/, 'did.media'],
  [/ POST \/2\/dm_conversations/, 'did.dm'],
  [/ GET .*\/new-to-watch/, 'did.netflix'],
  [/ GET \/robots\.txt/, 'did.robots'],
  [/ GET \/(?:dnm|pictures|t\/p|upload\/pfmPoster)\//, 'did.poster'],
  [/^www\.kopis\.or\.kr /, 'did.stage'],
  [/^news\.example /, 'did.feed'],
  [/^discord\.com /, 'did.discord'],
  [/^hooks\.slack\.com /, 'did.slack'],
  [/^api\.themoviedb\.org /, 'did.tmdb'],
  [/^catfact\.ninja /, 'did.catfact'],
  [/^kauth\.kakao\.com \w+ \/oauth\/authorize/, 'did.consent'],
  [/^kauth\.kakao\.com /, 'did.token'],
  [/^kapi\.kakao\.com \w+ .*\/talk\//, 'did.memo'],
  [/^kapi\.kakao\.com \w+ \/v2\/user\/me/, 'did.me'],
  [/^bot-api\.kakao\.com /, 'did.event'],
  [/^api\.telegram\.org .*\/sendMessage/, 'did.telegram'],
  [/^api\.telegram\.org /, 'did.telegramOther'],
  [/^api\.github\.com .*\/compare\//, 'did.compare'],
  [/^api\.github\.com /, 'did.github'],
  [/^(?:open\.neis\.go\.kr|canteen\.example) /, 'did.menu'],
];

/** True for a job whose runs people care about. */
export function isShownJob({ job }: JobRun): boolean {
  return isTextKey(`job.${job}`);
}

/** The newest run of a job. */
export function runView({ job, slot, state, reason }: JobRun, language: Language) {
  const jobKey = `job.${job}`;
  const stateKey = `run.${state}`;
  return make(
    'li',
    { class: 'run', 'data-tone': state === 'failed' ? 'bad' : 'good', title: reason ?? '' },
    make('b', {}, isTextKey(jobKey) ? say(jobKey, language) : job),
    time(slot, moment(slot, language)),
    make('span', {}, isTextKey(stateKey) ? say(stateKey, language) : state),
  );
}

/** A part of the bot that does not work. */
export function featureView({ name }: Feature, language: Language) {
  const key = `feature.${name}`;
  const known = isTextKey(key) ? say(key, language) : name;
  return make(
    'li',
    { class: 'badge', 'data-tone': 'bad' },
    say('broken', language, { name: known }),
  );
}

export function logView(line: LogLine, language: Language) {
  const call = `${line.method} ${line.path}`;
  const meaning =
    meanings.find(([pattern]) => pattern.test(`${line.host} ${call}`))?.[1] ?? 'did.other';
  const isGood = line.status !== null && line.status < 400;
  return make(
    'li',
    {},
    make('b', { class: 'meaning' }, say(meaning, language)),
    time(line.at, clockTime(line.at, language)),
    make('code', { class: 'call', title: `${line.host} ${call}` }, call),
    make(
      'span',
      { class: 'answer', 'data-tone': isGood ? 'good' : 'bad' },
      String(line.status ?? '–'),
    ),
  );
}
