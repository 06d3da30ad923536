import type { Text } from '../../lib/text.ts';
import type { ActivityEventType } from './api/activityEvents.ts';

/** An event type the owner can have delivered. */
export interface EventChoice extends Text {
  readonly type: ActivityEventType;
  /** Always subscribed: without it the bot would not hear what people say. */
  readonly always: boolean;
}

/** Source: docs/platforms/x.md, Activity. Each costs one subscription, and each event its price. */
export const EVENT_CHOICES: readonly EventChoice[] = [
  { type: 'dm.received', always: true, ko: '받은 메시지', en: 'Messages received' },
  {
    type: 'chat.received',
    always: true,
    ko: '받은 암호화 메시지 (읽을 수 없고 세기만 해요)',
    en: 'Encrypted messages received (they cannot be read, only counted)',
  },
  { type: 'post.mention.create', always: false, ko: '언급', en: 'Mentions' },
  { type: 'post.reply.create', always: false, ko: '답글', en: 'Replies' },
  { type: 'follow.follow', always: false, ko: '팔로우', en: 'Follows' },
  { type: 'like.create', always: false, ko: '마음에 들어요', en: 'Likes' },
];

/** What to subscribe to for an account: what is always wanted, and what the owner chose. */
export function eventTypesOf(chosen: readonly string[]): ActivityEventType[] {
  return EVENT_CHOICES.filter(({ type, always }) => always || chosen.includes(type)).map(
    ({ type }) => type,
  );
}
