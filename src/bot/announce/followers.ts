import type { Language } from '../../lib/time.ts';
import { tellTopic } from '../../store/topics.ts';
import type { Bot } from '../context.ts';
import type { Notice } from '../notice/notice.ts';
import { wakeOutbox } from '../outbox/drain.ts';

/** Something to be told to whoever follows a topic. */
export interface Announcement {
  readonly topic: string;
  /** Names what is told: who was told it is not told it again. */
  readonly key: string;
  /** The run that tells it, as `job@slot`. */
  readonly run: string;
  /**
   * What is said in a language to those who want a kind of it (`''`: every kind); `null`: there is
   * nothing of that kind.
   */
  readonly noticeOf: (choice: string, language: Language) => Notice | null;
  /** The kinds that can be wanted, beside every kind. */
  readonly choices?: readonly string[];
}

/**
 * Tells it to everybody who follows the topic and can be reached, each once; whoever has quiet hours
 * now hears of it when they are over.
 *
 * @returns how many are told at once
 */
export async function tellFollowers(bot: Bot, announcement: Announcement): Promise<number> {
  const { db, runtime, config } = bot;
  const { topic, key, run, noticeOf, choices = [] } = announcement;
  const noticesOf = (choice: string) => {
    const [ko, en] = [noticeOf(choice, 'ko'), noticeOf(choice, 'en')];
    return ko && en ? { ko: JSON.stringify(ko), en: JSON.stringify(en) } : null;
  };
  const notices = noticesOf('');
  if (notices === null) return 0;
  const kinds: Record<string, Record<Language, string>> = {};
  for (const choice of choices) {
    const ofKind = noticesOf(choice);
    if (ofKind !== null) kinds[choice] = ofKind;
  }
  const { results } = await tellTopic(
    db,
    {
      topic,
      key,
      run,
      notices,
      kinds,
      channels: [...bot.channels.keys()],
      timeZone: config.timeZone,
    },
    runtime.now(),
  ).all<{ id: number | null }>();
  const due = results.flatMap(({ id }) => id ?? []);
  if (due.length > 0) await wakeOutbox(bot);
  return due.length;
}
