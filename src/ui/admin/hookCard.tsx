import type { Bot } from '../../bot/context.ts';
import type { CardView } from '../../bot/platform.ts';
import { channelInfo } from '../../bot/platform.ts';
import { type Hook, readHooks } from '../../store/hooks.ts';
import { say, type Text } from '../language.ts';
import { Badge, Card, Row, type State } from '../parts.tsx';
import { FeatureRows } from './features.tsx';

const MOST_SHOWN = 20;

const texts = {
  none: { ko: '아직 등록한 채널이 없어요.', en: 'No channel is registered yet.' },
  add: { ko: '채널 등록하기', en: 'Register a channel' },
} as const satisfies Record<string, Text>;

const states: Readonly<Record<Hook['state'], { readonly state: State; readonly text: Text }>> = {
  asked: { state: 'warn', text: { ko: '코드를 기다려요', en: 'Waits for its code' } },
  proved: { state: 'ok', text: { ko: '확인됨', en: 'Proved' } },
  gone: { state: 'bad', text: { ko: '없어졌어요', en: 'Gone' } },
};

/**
 * The card of a platform whose addresses are secrets: how it is, what is registered there without
 * its secret, and the way to register more.
 */
export function hookCard(channel: string) {
  return async (bot: Bot, view: CardView) => {
    const { language } = view;
    const at = { ...view, book: bot.book, platforms: bot.platforms };
    const info = channelInfo(bot, channel);
    const hooks = await readHooks(bot.db, channel, MOST_SHOWN);
    return (
      <Card title={info ? say(info.name, language) : channel} id={channel}>
        <ul class="rows">
          <FeatureRows ids={[channel]} features={bot.states} at={at} />
          {hooks.map(({ address, state }) => (
            <Row title={<code>{info?.shown?.(address) ?? '…'}</code>}>
              <Badge {...states[state]} language={language} />
            </Row>
          ))}
        </ul>
        {hooks.length === 0 && <p class="empty">{say(texts.none, language)}</p>}
        <div class="actions">
          <a class="button" href={`/register?channel=${channel}`}>
            {say(texts.add, language)}
          </a>
        </div>
      </Card>
    );
  };
}
