import type { KakaoApp } from './app-settings.ts';
import type { KakaoPerson } from './types.ts';

export interface SayOptions {
  /** Name of the skill that the block calls; default `soshik`. */
  readonly actionName?: string;
  /** Values of the block's parameters. */
  readonly detailParams?: Readonly<Record<string, string>>;
  /** What the pressed button carries. */
  readonly clientExtra?: Readonly<Record<string, unknown>>;
  /** The block takes a slow answer at a callback address. */
  readonly callback?: boolean;
  /** Said in a group room instead of the channel's chat. */
  readonly groupKey?: string;
}

export interface SkillRequestOptions extends SayOptions {
  readonly bot: KakaoApp['bot'];
  readonly person: KakaoPerson;
  readonly utterance: string;
  /** The person added the channel. */
  readonly isFriend: boolean;
  /** The person logged in to the app that the bot's channel is joined to. */
  readonly isLinked: boolean;
  readonly callbackUrl: string | null;
  /** Params of an event, when one caused the call. */
  readonly params?: Readonly<Record<string, unknown>>;
}

const block = { id: '5f3cb10cb10cb10cb10cb10c', name: '폴백 블록' };

/** The body of a skill call (docs/platforms/kakao.md). */
export function skillRequest(options: SkillRequestOptions): Record<string, unknown> {
  const { bot, person, groupKey, detailParams = {}, callbackUrl } = options;
  const inRoom = groupKey !== undefined;
  return {
    bot: { id: bot.id, name: bot.name },
    intent: { ...block, extra: { reason: { code: 1, message: 'OK' } } },
    action: {
      id: '5f3cac710cac710cac710cac',
      name: options.actionName ?? 'soshik',
      params: detailParams,
      detailParams: Object.fromEntries(
        Object.entries(detailParams).map(([name, value]) => [
          name,
          { groupName: '', origin: value, value },
        ]),
      ),
      clientExtra: options.clientExtra ?? {},
    },
    userRequest: {
      block,
      user: { id: person.botUserKey, type: 'botUserKey', properties: properties(options) },
      ...(inRoom
        ? { chat: { id: groupKey, type: 'botGroupKey', properties: { botGroupKey: groupKey } } }
        : {}),
      // The real one often ends with a line break.
      utterance: `${options.utterance}\n`,
      params: { surface: 'Kakaotalk.plusfriend', ...options.params },
      lang: person.language,
      timezone: 'Asia/Seoul',
      ...(callbackUrl === null ? {} : { callbackUrl }),
    },
    contexts: [],
    flow: { trigger: { type: 'TEXT_INPUT' }, lastBlock: block },
  };
}

function properties({ person, groupKey, isFriend, isLinked }: SkillRequestOptions): object {
  const { botUserKey, plusfriendUserKey, id } = person;
  return {
    botUserKey,
    bot_user_key: botUserKey,
    ...(groupKey === undefined
      ? { plusfriendUserKey, plusfriend_user_key: plusfriendUserKey }
      : {}),
    ...(isFriend ? { isFriend: true } : {}),
    ...(isLinked
      ? {
          appUserId: id,
          app_user_id: id,
          appUserStatus: 'REGISTERED',
          app_user_status: 'REGISTERED',
        }
      : {}),
  };
}
