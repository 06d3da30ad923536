import { make } from './dom.ts';
import type {
  Bot,
  Feature,
  JobRun,
  LogLine,
  Message,
  NetflixTitle,
  TimelinePost,
} from './state.ts';
import { isTextKey, type Language, say, type TextKey } from './texts.ts';
import { clockTime, postTime, weekday } from './times.ts';

function time(at: number, words: string): HTMLTimeElement {
  return make('time', { class: 'when', datetime: new Date(at).toISOString() }, words);
}

/** A post as X's timeline shows it. */
export function postView(
  post: TimelinePost,
  { name, username }: Bot,
  now: number,
  language: Language,
) {
  const body = make(
    'div',
    {},
    make(
      'p',
      { class: 'by' },
      make('b', { class: 'name' }, name),
      make('span', { class: 'handle' }, `@${username} ·`),
      time(post.at, postTime(post.at, now, language)),
    ),
    make('p', { class: 'words' }, post.text),
  );
  if (post.media.length > 0) {
    const images = post.media.map(({ src, alt }) => make('img', { src, alt }));
    body.append(make('div', { class: 'media', 'data-count': String(images.length) }, ...images));
  }
  const avatar = make('span', { class: 'avatar', 'aria-hidden': 'true' }, name.slice(0, 1));
  return make('li', { class: 'post arrives' }, avatar, body);
}

export function messageView(message: Message, language: Language) {
  return make(
    'li',
    { class: message.fromBot ? 'message bot arrives' : 'message arrives' },
    make('p', { class: 'bubble' }, message.text),
    time(message.at, clockTime(message.at, language)),
  );
}

export function titleView(title: NetflixTitle, language: Language) {
  return make(
    'li',
    {},
    make('img', { class: 'thumb', src: `/sandbox/posters/${title.id}`, alt: '' }),
    make('span', { class: 'label' }, title.title),
    time(title.startsAt, weekday(title.startsAt, language)),
  );
}

export function runView(run: JobRun, language: Language) {
  const key = `run.${run.state}`;
  const words = isTextKey(key) ? say(key, language) : run.state;
  return make(
    'li',
    {
      class: 'badge',
      'data-tone': run.state === 'failed' ? 'bad' : 'good',
      title: run.reason ?? '',
    },
    `${weekday(run.slot, language)} · ${words}`,
  );
}

/** What a recorded call means to a person, by its path; the first that fits. */
const meanings: readonly (readonly [RegExp, TextKey])[] = [
  [/^GET \/webhook\/twitter/, 'did.crc'],
  [/^POST \/webhook\/twitter/, 'did.webhook'],
  [/^POST \/2\/tweets/, 'did.post'],
  [/^POST \/2\/media\/metadata/, 'did.alt'],
  [/^POST \/2\/media/, 'did.media'],
  [/^POST \/2\/dm_conversations/, 'did.dm'],
  [/^GET .*\/new-to-watch/, 'did.netflix'],
  [/^GET \/robots\.txt/, 'did.robots'],
  [/^GET \/(?:dnm|pictures|t\/p)\//, 'did.poster'],
  [/^GET \/3\//, 'did.tmdb'],
  [/^GET \/facts?\b/, 'did.catfact'],
];

/** A part of the bot that does not work. */
export function featureView({ name }: Feature, language: Language) {
  const key = `feature.${name}`;
  const known = isTextKey(key) ? say(key, language) : name;
  const words = say('failing', language, { name: known });
  return make('li', { class: 'badge', 'data-tone': 'bad' }, words);
}

export function logView(line: LogLine, language: Language) {
  const call = `${line.method} ${line.path}`;
  const meaning = meanings.find(([pattern]) => pattern.test(call))?.[1] ?? 'did.other';
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
