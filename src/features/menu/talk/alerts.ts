import * as v from 'valibot';
import type { Bot } from '../../../bot/context.ts';
import { has } from '../../../bot/talk/hear/heard.ts';
import { undoWords } from '../../../bot/talk/talkTexts.ts';
import type { Intent, Reply } from '../../../bot/talk/types.ts';
import type { Person } from '../../../store/people.ts';
import { isTopicOn, newsChannelOf, setTopic } from '../../../store/topics.ts';
import { menuSource } from '../sources.ts';
import { menuSuggestions as suggestions, menuTexts as texts } from '../texts.ts';
import { menuAlertHears } from '../words.ts';
import { nextWords } from './tell.ts';

const ID = 'menu-alerts';

/** `메뉴 알림 켜기`, `매일 급식 알려줘`, `메뉴 알림 그만`; `메뉴 알림` tells how it is. */
export const menuAlerts: Intent = {
  id: ID,
  hears: menuAlertHears,
  example: { ko: '메뉴 알림 켜기', en: 'menu alerts on' },
  async reply(bot, person, heard) {
    if (has(heard, 'off', 'not', 'no', 'remove', 'pause')) return switchAlerts(bot, person, false);
    if (has(heard, 'on', 'want', 'daily', 'watch')) return switchAlerts(bot, person, true);
    return describeAlerts(bot, person);
  },
  async takeBack(bot, person, data) {
    return switchAlerts(bot, person, v.parse(v.object({ isOn: v.boolean() }), data).isOn);
  },
};

/** What stops the menu; nothing when it is not told. */
export async function menuQuiets(bot: Bot, person: Person): Promise<string[]> {
  const isOn = await isTopicOn(bot.db, 'menu', person.id);
  return isOn ? [suggestions.turnOff[person.language]] : [];
}

async function switchAlerts(bot: Bot, person: Person, isOn: boolean): Promise<Reply> {
  const { language } = person;
  const writes = [setTopic(bot.db, 'menu', person.id, isOn, bot.runtime.now())];
  const undo = { intent: ID, data: { isOn: !isOn } };
  if (!isOn) {
    return {
      text: texts.alertsOff[language](),
      suggestions: [undoWords[language], suggestions.turnOn[language], suggestions.now[language]],
      person,
      writes,
      undo,
    };
  }
  const channel = await newsChannelOf(bot.db, person.id);
  const canBeTold = channel !== null && bot.channels.has(channel);
  const hasSource = (await menuSource(bot)) !== null;
  return {
    text: [
      texts.alertsOn[language](),
      ...(canBeTold ? [] : [texts.unreachable[language]()]),
      ...(hasSource ? [] : [texts.off[language]()]),
    ].join('\n\n'),
    suggestions: [
      canBeTold ? suggestions.now[language] : suggestions.connect[language],
      suggestions.turnOff[language],
    ],
    person,
    writes,
  };
}

async function describeAlerts(bot: Bot, person: Person): Promise<Reply> {
  const isOn = await isTopicOn(bot.db, 'menu', person.id);
  const text = texts.alertsAre[person.language](isOn);
  return { text, suggestions: await nextWords(bot, person), person };
}
