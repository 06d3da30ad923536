import { beforeEach, describe, expect, test } from 'vitest';
import type { Notice } from '../../../src/bot/notice/notice.ts';
import type { Channel, Outcome } from '../../../src/bot/outbox/channel.ts';
import { createKakaoBotClient } from '../../../src/platforms/kakao/api/bot.ts';
import { createKakaoEventChannel } from '../../../src/platforms/kakao/eventChannel.ts';
import { createClock } from '../../sandbox/clock.ts';
import { createKakao, type KakaoSandbox } from '../../sandbox/kakao/sandbox.ts';
import { sandboxSecrets } from '../../sandbox/secrets.ts';

let kakao: KakaoSandbox;
let channel: Channel;
let answer: Response | null;
beforeEach(() => {
  const clock = createClock(Date.UTC(2026, 10, 22, 3), false);
  const made = createKakao(clock);
  kakao = made.sandbox;
  answer = null;
  const bot = createKakaoBotClient({
    runtime: {
      now: () => clock.now(),
      fetch: async (request) => answer ?? (await made.handleBot(request)),
    },
    botUrl: 'https://bot-api.kakao.com',
    restApiKey: sandboxSecrets.KAKAO_REST_API_KEY,
    botId: kakao.app.bot.id,
  });
  channel = createKakaoEventChannel({ bot, eventName: 'news', timeZone: 'Asia/Seoul' });
});

const said = (text: string, links: { label: string; url: string }[] = []): Notice => ({
  kind: 'text',
  language: 'ko',
  text,
  suggestions: [],
  links,
});

async function tell(address: string, notice: Notice): Promise<Outcome> {
  return channel.send({
    id: 'message-1',
    account: '',
    address,
    notice,
    uncertain: false,
  });
}

describe('the chatbot writes first', () => {
  test('to a person of the channel, for money', async () => {
    const [person] = kakao.people;
    const notice = said('새 커밋 2건', [{ label: '보기', url: 'https://github.com/o/r' }]);
    expect(await tell(person?.botUserKey ?? '', notice)).toMatchObject({
      kind: 'sent',
      charges: { 'kakao-event': 1 },
    });
    await kakao.settled();
    expect(kakao.chat(person?.id ?? '').map(({ text, via }) => [via, text])).toEqual([
      ['event', '새 커밋 2건\nhttps://github.com/o/r'],
    ]);
  });

  test('to a group room, for nothing', async () => {
    const [room] = kakao.rooms;
    const outcome = await tell(`group:${room?.key ?? ''}`, said('점심이에요'));
    expect(outcome).toMatchObject({ kind: 'sent' });
    expect(outcome).not.toHaveProperty('charges');
    await kakao.settled();
    expect(kakao.chat(room?.key ?? '').map(({ text }) => text)).toEqual(['점심이에요']);
  });

  test('with at most a thousand characters, pages included', async () => {
    const [person] = kakao.people;
    const page = 'https://github.com/o/r/compare/aaaa...bbbb';
    await tell(
      person?.botUserKey ?? '',
      said('긴 소식 '.repeat(500), [{ label: '보기', url: page }]),
    );
    await kakao.settled();
    const text = kakao.chat(person?.id ?? '').at(-1)?.text ?? '';
    expect(text.length).toBeLessThanOrEqual(1000);
    expect(text).toMatch(/…\nhttps:\/\/github\.com\/o\/r\/compare\/aaaa\.\.\.bbbb$/);
  });

  test.each([
    [401, { code: -401, msg: 'wrong key' }, { kind: 'sender' }],
    [503, {}, { kind: 'retry', uncertain: true }],
    [200, { status: 'FAIL', message: 'no wallet' }, { kind: 'retry', uncertain: false }],
    [400, { code: -2, msg: 'wrong' }, { kind: 'refused' }],
  ])('and takes a refusal for what it is (%d)', async (status, body, outcome) => {
    answer = Response.json(body, { status });
    expect(await tell('key', said('소식'))).toMatchObject(outcome);
  });
});
