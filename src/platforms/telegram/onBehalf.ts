import type { Bot } from '../../bot/context.ts';
import type { OnBehalf } from '../../bot/platform.ts';
import type { Text } from '../../lib/text.ts';
import type { Person } from '../../store/people.ts';
import { createTelegramClient } from './api/client.ts';
import { channelAddress } from './api/place.ts';
import { knownBot, telegramSettings } from './settings.ts';

/** `@garden_news 목록`, `구독 hana/app @garden_news`: a name at one end of what is said. */
const AT_THE_START =
  /^\s*(?<name>@[a-z]\w{3,31})(?:에서|에|의|로|으로|:|,)?(?:\s+(?<rest>\S.*))?$/isu;
const AT_THE_END =
  /^\s*(?<rest>\S.*?)(?<!\b(?:without|except|no))\s+(?:in |to |for )?(?<name>@[a-z]\w{3,31})(?:에서|에|로|으로)?[\s.!]*$/isu;

const texts = {
  'bot-outside': {
    ko: '{name} 채널을 볼 수 없어요. 채널 관리자로 저를 먼저 추가해 주세요. 그다음 다시 보내 주세요.',
    en: 'I cannot see {name}. Please make me an admin of that channel first, then send it again.',
  },
  'no-admin': {
    ko: '{name} 채널의 관리자만 그 채널의 소식을 정할 수 있어요.',
    en: 'Only admins of {name} can choose what is told there.',
  },
  'what-there': {
    ko: '{name} 채널에서 무엇을 할까요? ‘구독 owner/name {name}’처럼 말해 주세요.',
    en: 'What shall I do in {name}? Say “watch owner/name {name}”, for example.',
  },
  away: {
    ko: '텔레그램이 지금 대답하지 않아요. 잠시 뒤에 다시 말해 주세요.',
    en: 'Telegram does not answer at the moment. Please try again in a while.',
  },
} as const satisfies Record<string, Text>;

/**
 * What an admin says in a private chat for a public channel or group of theirs, by its name.
 *
 * @returns `null` when no such place is meant; a name may be anything, such as an author's
 */
export async function onBehalf(bot: Bot, person: Person, said: string): Promise<OnBehalf | null> {
  if (!/^\d+$/.test(person.address)) return null;
  const groups = (AT_THE_START.exec(said) ?? AT_THE_END.exec(said))?.groups;
  const name = groups?.['name'];
  // A watch may be called anything.
  if (name === undefined || /\sas\s|별명|이름/i.test(groups?.['rest'] ?? '')) return null;
  const { botToken, apiUrl } = bot.read(telegramSettings);
  const own = await knownBot(bot.db);
  if (botToken === null || name.slice(1).toLowerCase() === own?.username.toLowerCase()) return null;
  const client = createTelegramClient({ runtime: bot.runtime, apiUrl, token: botToken });
  const refused = (why: keyof typeof texts): OnBehalf => ({
    kind: 'refused',
    text: texts[why],
    values: { name },
  });
  const chat = await client.getChat(name);
  if (!chat.ok) {
    if (chat.reason === 'retry' || chat.reason === 'wait') return refused('away');
    // There is no such place, or the bot may not know of it: only an address makes that one.
    return /\w\/\w/.test(groups?.['rest'] ?? '') ? refused('bot-outside') : null;
  }
  const { id, type } = chat.value;
  if (type === 'private') return null;
  const member = await client.getChatMember(id, person.address);
  if (!member.ok) {
    return refused(member.reason === 'retry' || member.reason === 'wait' ? 'away' : 'bot-outside');
  }
  if (!['creator', 'administrator'].includes(member.value.status)) return refused('no-admin');
  const rest = groups?.['rest'];
  if (rest === undefined) return refused('what-there');
  return {
    kind: 'place',
    name,
    address: type === 'channel' ? channelAddress(id) : id,
    said: rest,
  };
}
