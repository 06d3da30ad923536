import * as v from 'valibot';
import { say } from '../../lib/text.ts';
import { DAY_MS } from '../../lib/time.ts';
import { countSent } from '../../store/deliveryList.ts';
import { countIncidents, openIncidents } from '../../store/incidents.ts';
import { readSetting, writeSetting } from '../../store/settings.ts';
import { tellTopic } from '../../store/topics.ts';
import type { Bot } from '../context.ts';
import type { JobEnd, JobRun } from '../jobs/types.ts';
import { ownerTexts } from './words.ts';

const SETTING = 'owner-weekly';

/** Whether the owner wants to hear once a week that all is well. */
export async function isWeeklyWanted(db: D1Database): Promise<boolean> {
  return (await readSetting(db, SETTING, v.boolean())) === true;
}

export async function wantWeekly({ db, runtime }: Bot, isWanted: boolean): Promise<void> {
  await writeSetting(db, SETTING, isWanted, runtime.now());
}

/** Saturday morning: says that all is well, when it is and the owner wants to hear it. */
export async function tellAllIsWell(bot: Bot, { slot }: JobRun): Promise<JobEnd> {
  const { db, runtime } = bot;
  const isWell = (await openIncidents(db)).length === 0;
  if (!isWell || !(await isWeeklyWanted(db))) return { kind: 'done', counts: {}, reason: null };
  const since = runtime.now() - 7 * DAY_MS;
  const values = {
    sent: (await countSent(db, since)).toLocaleString('en'),
    incidents: await countIncidents(db, since),
  };
  const notice = (language: 'ko' | 'en') =>
    JSON.stringify({
      kind: 'text',
      language,
      text: say(ownerTexts.well, language, values),
      suggestions: [],
      links: [],
    });
  const { meta } = await tellTopic(
    db,
    {
      topic: 'owner',
      key: `well:${slot}`,
      channels: [...bot.channels.keys()],
      notices: { ko: notice('ko'), en: notice('en') },
      run: `owner-weekly@${slot}`,
    },
    runtime.now(),
  ).run();
  return { kind: 'done', counts: { told: meta.changes }, reason: null };
}
