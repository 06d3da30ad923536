import { make, time } from './dom.ts';
import type { Place } from './state.ts';
import { type Language, say } from './texts.ts';
import { clockTime } from './times.ts';

const NAMES: Readonly<Record<Place['app'], string>> = { discord: 'Discord', slack: 'Slack' };

/** A channel of Discord or Slack: its secret address, and what was said there. */
export function placeView(place: Place, language: Language) {
  const { app, channel, state, entries, id } = place;
  return make(
    'li',
    { class: 'place-room' },
    make(
      'p',
      { class: 'place-name' },
      make('b', {}, `${NAMES[app]} ${channel}`),
      make(
        'span',
        { class: 'badge', 'data-tone': state === 'open' ? 'good' : 'bad' },
        say(`place.${state}`, language),
      ),
    ),
    make('code', { class: 'place-address' }, id),
    ...(entries.length === 0 ? [make('p', { class: 'empty' }, say('placeEmpty', language))] : []),
    make(
      'ol',
      { class: 'place-said' },
      ...entries
        .toReversed()
        .map(({ at, text }) =>
          make('li', {}, make('p', { class: 'words' }, text), time(at, clockTime(at, language))),
        ),
    ),
  );
}

/** Changes whenever the view has to. */
export function placeKey({ state, entries }: Place, language: Language): string {
  return `${language} ${state} ${entries.length} ${entries.at(-1)?.id ?? ''}`;
}
