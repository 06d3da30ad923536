import { errorCode, log } from '../lib/log.ts';
import type { Bot } from './context.ts';
import type { Chat, MeetingPlace } from './platform.ts';

/** A place where people can say what they want. */
export interface ChatPlace extends MeetingPlace {
  readonly chat: Chat;
}

/** Where people find the bot now; a platform that cannot tell is left out. */
export async function meetingPlaces(bot: Bot): Promise<readonly MeetingPlace[]> {
  const places = await Promise.all(
    bot.platforms.map(async ({ id, meetings }) => {
      try {
        return (await meetings?.(bot)) ?? [];
      } catch (cause) {
        log('storage-failed', { platform: id, code: errorCode(cause) });
        return [];
      }
    }),
  );
  return places.flat();
}

/** Those in which people can say what they want. */
export async function chatPlaces(bot: Bot): Promise<readonly ChatPlace[]> {
  const places = await meetingPlaces(bot);
  return places.flatMap((place) => (place.chat ? [{ ...place, chat: place.chat }] : []));
}
