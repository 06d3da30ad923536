import type { Text } from '../../lib/text.ts';
import type { Bot } from '../context.ts';

/** What the owner's chat says. Placeholders in braces. */
export const ownerTexts = {
  opened: {
    ko: '⚠️ {what}\n\n{advice}',
    en: '⚠️ {what}\n\n{advice}',
  },
  closed: {
    ko: '✅ 다시 잘 돼요: {what}\n밀린 소식은 곧 나가요. ({minutes} 동안)',
    en: '✅ Fine again: {what}\nWhat waited goes out soon. (It took {minutes}.)',
  },
  again: { ko: '✅ 다시 잘 돼요: {what}', en: '✅ Fine again: {what}' },
  minutes: { ko: '{count}분', en: '{count} minutes' },
  hours: { ko: '{count}시간', en: '{count} hours' },
  days: { ko: '{count}일', en: '{count} days' },
  look: { ko: '관리 페이지 열기', en: 'Open the owner’s page' },
  well: {
    ko: '🌿 지난 한 주도 다 잘 됐어요. 보낸 소식 {sent}개, 고장 {incidents}번.',
    en: '🌿 All is well. Last week: {sent} messages sent, {incidents} incidents.',
  },
  welcome: {
    ko: '이제 이 대화가 주인의 대화예요. 문제가 생기거나 나으면 여기로 한 번씩 알려 드릴게요. 그만두려면 ‘주인 그만’이라고 말해 주세요.',
    en: 'This chat is the owner’s now. I will tell you here, once each, when something breaks and when it is fine again. Say “owner off” to stop.',
  },
  unreachable: {
    ko: '주인으로 알아봤지만, 이 대화에는 제가 먼저 말을 걸 수 없어요. ‘연결’로 카카오톡을 이어 주시면 알려 드릴게요.',
    en: 'I know you as the owner now, but cannot write first in this chat. Say “login” to get messages by KakaoTalk.',
  },
  wrongCode: {
    ko: '그 번호는 맞지 않거나 시간이 지났어요. 관리 페이지에서 새 번호를 받아 주세요.',
    en: 'That code is wrong or over. Please get a new one on the owner’s page.',
  },
  tooMany: {
    ko: '여러 번 틀렸어요. 한 시간 뒤에 다시 말하거나 다른 대화에서 말해 주세요.',
    en: 'That was wrong too often. Say it again in an hour, or in another chat.',
  },
  stopped: {
    ko: '이 대화로는 더 알리지 않을게요.',
    en: 'I will tell you nothing more in this chat.',
  },
} as const satisfies Record<string, Text>;

/** What can be wrong with the machinery itself, whatever the rooms. */
export const machineTexts = {
  'sweep-late': {
    what: {
      ko: '30분마다 하는 일이 {minutes}분째 돌지 않았어요',
      en: 'The half-hourly work has not run for {minutes} minutes',
    },
    advice: {
      ko: 'Cloudflare 대시보드에서 이 Worker의 Cron Triggers와 Queues를 확인해 주세요. 무료 한도를 다 썼다면 내일 09:00에 다시 시작돼요.',
      en: 'Look at this Worker’s Cron Triggers and Queues in the Cloudflare dashboard. If the free limit is used up, it starts again at 00:00 UTC.',
    },
  },
  'queue-refuses': {
    what: { ko: '할 일을 줄에 세우지 못하고 있어요', en: 'The queue takes no work' },
    advice: {
      ko: '무료 한도(하루 10,000번)를 다 썼거나 큐가 없어졌을 수 있어요. 한도는 09:00에 돌아오고, 큐는 npm run deploy가 다시 만들어요.',
      en: 'The free limit (10,000 operations a day) may be used up, or the queue gone. The limit is back at 00:00 UTC; npm run deploy makes the queue again.',
    },
  },
  'shards-silent': {
    what: {
      ko: '저장소를 살펴보는 일이 끝까지 되지 않아요 ({missing}묶음이 답이 없어요)',
      en: 'Looking at repositories does not come to its end ({missing} parts do not report)',
    },
    advice: {
      ko: '다음 30분에 다시 해 봐요. 계속되면 npx wrangler tail로 까닭을 볼 수 있어요.',
      en: 'It is tried again in the next half hour. If it goes on, npx wrangler tail shows why.',
    },
  },
  'dead-letters': {
    what: {
      ko: '여러 번 해도 안 되는 일이 {count}개 생겼어요',
      en: '{count} pieces of work failed every time',
    },
    advice: {
      ko: '잃은 것은 없고 30분마다 다시 해 봐요. 계속되면 npx wrangler tail로 까닭을 볼 수 있어요.',
      en: 'Nothing is lost; it is tried again every half hour. If it goes on, npx wrangler tail shows why.',
    },
  },
  'job-failing': {
    what: { ko: '‘{job}’ 일이 두 번 이어서 실패했어요', en: '“{job}” failed twice in a row' },
    advice: {
      ko: '할 일 페이지에서 까닭을 보고 다시 시작할 수 있어요.',
      en: 'The page of jobs shows why, and lets you start it again.',
    },
  },
  'source-broken': {
    what: {
      ko: '{source}: 페이지가 바뀌어서 읽을 수 없어요',
      en: '{source}: the page has changed and cannot be read',
    },
    advice: {
      ko: '지어내서 올리지는 않아요. 새 판이 나왔는지 확인해 주세요.',
      en: 'Nothing is made up and posted. Please look for a new version of soshik.',
    },
  },
  'source-blocked': {
    what: { ko: '{source}: 그곳에서 막았어요', en: '{source}: it blocks us' },
    advice: {
      ko: '하루에 한 번만 다시 물어봐요. 계속되면 다른 곳을 정해 주세요.',
      en: 'It is asked once a day only. If it goes on, choose another source.',
    },
  },
  'source-auth': {
    what: { ko: '{source}: 열쇠를 받아 주지 않아요', en: '{source}: it refuses the key' },
    advice: {
      ko: '그 사이트에서 열쇠를 확인해 비밀값을 바꿔 주세요.',
      en: 'Check the key at that site and change the secret.',
    },
  },
  'source-away': {
    what: {
      ko: '{source}: 하루가 넘도록 대답이 없어요',
      en: '{source}: no answer for more than a day',
    },
    advice: {
      ko: '그곳이 돌아오면 저절로 이어져요. 사이트가 없어졌다면 다른 곳을 정해 주세요.',
      en: 'It goes on by itself when the source is back. If the site is gone, choose another.',
    },
  },
  'channel-waits': {
    what: {
      ko: '{channel}: 보내는 계정이나 앱에 문제가 있어서 소식이 기다리고 있어요',
      en: '{channel}: news waits because of the sending account or app',
    },
    advice: {
      ko: '다시 로그인하거나, 앱의 권한과 크레딧을 확인해 주세요. 고치면 기다리던 소식이 저절로 나가요.',
      en: 'Log in again, or check the app’s rights and credits. What waits goes out by itself then.',
    },
  },
  'channel-failing': {
    what: {
      ko: '{channel}: 거의 모든 사람에게 보내지 못하고 있어요',
      en: '{channel}: messages reach hardly anybody',
    },
    advice: {
      ko: '그 플랫폼이 잠시 아픈 것 같아요. 소식은 사흘 동안 기다렸다가 나가요.',
      en: 'The platform seems to be down. News waits for up to three days and goes out then.',
    },
  },
  storage: {
    what: { ko: '데이터베이스에 쓸 수 없어요', en: 'The database cannot be written' },
    advice: {
      ko: '무료 한도를 다 썼다면 09:00에 돌아와요. 아니라면 npm run deploy로 표를 만들었는지 확인해 주세요.',
      en: 'If the free limit is used up it is back at 00:00 UTC. Otherwise check that npm run deploy applied the migrations.',
    },
  },
} as const satisfies Record<string, { readonly what: Text; readonly advice: Text }>;

export type MachineReason = keyof typeof machineTexts;

/** Something that keeps a part of the bot from working. */
export interface Trouble {
  /** What is wrong, such as `source:netflix`: the same as long as it is wrong. */
  readonly key: string;
  /** The part that stands still, by its name on `/healthz`. */
  readonly feature: string;
  /** Why, in a word; for `/healthz` and the log. */
  readonly reason: string;
  /** When it began, epoch milliseconds, where that is known better than by the incident. */
  readonly since?: number;
  readonly what: Text;
  /** What the owner can do about it, or that it passes by itself. */
  readonly advice: Text;
  /** The page on which they can. */
  readonly page: `/admin${string}`;
}

/** Looks for what is wrong in what the bot has written down; asks nobody outside. */
export type TroubleFinder = (bot: Bot, now: number) => Promise<readonly Trouble[]>;
