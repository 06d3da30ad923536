import { make, time } from './dom.ts';
import type { Bot, Message, NetflixTitle, TimelinePost } from './state.ts';
import type { Language } from './texts.ts';
import { clockTime, postTime, weekday } from './times.ts';

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
    make('img', { class: 'thumb', src: title.poster, alt: '' }),
    make('span', { class: 'label' }, title.title),
    time(title.startsAt, weekday(title.startsAt, language)),
  );
}
