import type { Text } from '../../lib/text.ts';

/** Why something is not sent, in the owner's words, and what to do about it. */
export interface Reason {
  readonly what: Text;
  /** `null`: nothing has to be done. */
  readonly advice: Text | null;
}

const alone = (ko: string, en: string): Reason => ({ what: { ko, en }, advice: null });
const withAdvice = (what: Text, ko: string, en: string): Reason => ({ what, advice: { ko, en } });

/** By the beginning of the code that an outcome carries. */
const REASONS: readonly (readonly [code: string, Reason])[] = [
  [
    'dm-budget',
    alone(
      'X가 15분에 허락하는 메시지를 다 썼어요',
      'X allows no more messages in these 15 minutes',
    ),
  ],
  ['post-budget', alone('X가 허락하는 글 수를 다 썼어요', 'X allows no more posts for now')],
  [
    'month-spent',
    withAdvice(
      { ko: '이번 달 X에 쓰기로 한 돈을 다 썼어요', en: 'The month’s budget for X is spent' },
      'TWITTER_MONTHLY_BUDGET을 올리거나 다음 달까지 기다려 주세요.',
      'Raise TWITTER_MONTHLY_BUDGET or wait for the next month.',
    ),
  ],
  [
    'credits-depleted',
    withAdvice(
      { ko: 'X 크레딧이 없어요', en: 'X has no credits left' },
      'developer.x.com에서 크레딧을 충전해 주세요.',
      'Buy credits at developer.x.com.',
    ),
  ],
  [
    'suspended',
    withAdvice(
      { ko: 'X가 계정을 정지했어요', en: 'X has suspended the account' },
      'x.com에 로그인해서 이의를 신청해 주세요.',
      'Log in at x.com and appeal.',
    ),
  ],
  [
    'locked',
    withAdvice(
      { ko: 'X가 계정을 잠갔어요', en: 'X has locked the account' },
      'x.com에 로그인해서 잠금을 풀어 주세요.',
      'Log in at x.com and unlock it.',
    ),
  ],
  [
    'automated',
    withAdvice(
      {
        ko: 'X가 자동 계정으로 보고 잠시 막았어요',
        en: 'X takes the account for a robot and wants a pause',
      },
      '몇 시간 뒤에 다시 해 봐요. 프로필에 자동화 표시를 달아 주세요.',
      'It is tried again in some hours. Label the account as automated in its profile.',
    ),
  ],
  [
    'read-only',
    withAdvice(
      { ko: 'X 앱에 쓰기 권한이 없어요', en: 'The X app may not write' },
      '앱 권한을 Read, write, DM으로 바꾸고 토큰을 새로 만들어 주세요.',
      'Set the app’s permissions to Read, write and DM, then make new tokens.',
    ),
  ],
  [
    'rights',
    withAdvice(
      { ko: 'X 토큰에 권한이 없어요', en: 'The X tokens lack rights' },
      '앱 권한을 Read, write, DM으로 바꾸고 토큰을 새로 만들어 주세요.',
      'Set the app’s permissions to Read, write and DM, then make new tokens.',
    ),
  ],
  [
    'access-level',
    withAdvice(
      { ko: 'X 요금제에 없는 기능이에요', en: 'The X plan does not have this' },
      'developer.x.com에서 Pay-per-use로 바꿔 주세요.',
      'Change to Pay-per-use at developer.x.com.',
    ),
  ],
  [
    'not-enrolled',
    withAdvice(
      { ko: 'X 앱이 프로젝트에 들어 있지 않아요', en: 'The X app belongs to no project' },
      'developer.x.com에서 앱을 Pay-per-use 프로젝트에 넣어 주세요.',
      'Put the app into a Pay-per-use project at developer.x.com.',
    ),
  ],
  [
    'capped',
    withAdvice(
      { ko: 'X의 이번 달 한도를 다 썼어요', en: 'X’s cap of the month is used up' },
      '한도를 올리거나 다음 달까지 기다려 주세요.',
      'Raise the cap or wait for the next month.',
    ),
  ],
  [
    'unauthorized',
    withAdvice(
      { ko: '로그인이나 키를 받아 주지 않아요', en: 'The login or key is not accepted' },
      '점검 페이지에서 까닭을 보고 다시 로그인하거나 키를 바꿔 주세요.',
      'See the check-up page, then log in again or change the key.',
    ),
  ],
  [
    'channel-off',
    withAdvice(
      { ko: '이 통로가 꺼져 있어요', en: 'This channel is off' },
      '설정에 빠진 비밀 값을 채워 주세요.',
      'Set the secrets it needs.',
    ),
  ],
  [
    'kakao: configuration',
    withAdvice(
      { ko: '카카오 설정이 맞지 않아요', en: 'The Kakao app is not set up' },
      '카카오 개발자 콘솔에서 메시지 기능과 권한을 확인해 주세요.',
      'Check messages and permissions in Kakao’s console.',
    ),
  ],
  [
    'kakao: daily limit',
    alone(
      '카카오톡으로 하루에 보낼 수 있는 만큼 보냈어요',
      'KakaoTalk’s messages of the day are used up',
    ),
  ],
  [
    'kakao: quota',
    alone(
      '카카오톡으로 하루에 보낼 수 있는 만큼 보냈어요',
      'KakaoTalk’s messages of the day are used up',
    ),
  ],
  [
    'kakao: unauthorized',
    alone('이 사람의 카카오 로그인이 끝났어요', 'This person’s Kakao login has ended'),
  ],
  [
    'kakao: consent',
    alone('이 사람이 메시지에 동의하지 않았어요', 'This person has not agreed to messages'),
  ],
  ['wait 429', alone('플랫폼이 잠시 기다리라고 했어요', 'The platform asked to wait')],
  ['no-rights', alone('이 방에서는 봇이 쓸 수 없어요', 'The bot may not write in this chat')],
  ['no-answer', alone('플랫폼이 대답하지 않아요', 'The platform does not answer')],
  ['retry', alone('플랫폼이 대답하지 않아요', 'The platform does not answer')],
  ['timeout', alone('받는 쪽이 대답하지 않아요', 'The receiver does not answer')],
  ['network', alone('받는 쪽에 닿지 않아요', 'The receiver cannot be reached')],
  ['HTTP', alone('받는 쪽이 받지 않았어요', 'The receiver did not take it')],
  [
    'cannot-message',
    alone('이 사람에게는 메시지를 보낼 수 없어요', 'This person takes no messages'),
  ],
  ['gone', alone('이 사람에게 더는 닿지 않아요', 'This person cannot be reached any more')],
  ['invalid', alone('플랫폼이 이 메시지를 받지 않아요', 'The platform does not take this message')],
  ['forbidden', alone('플랫폼이 까닭 없이 거절했어요', 'The platform refuses without a reason')],
  ['not-proved', alone('아직 확인하지 않은 주소예요', 'This address is not proved yet')],
  ['not-there', alone('이 주소는 이제 없어요', 'This address is no longer there')],
  ['kakao', alone('카카오가 받지 않았어요', 'Kakao did not take it')],
  [
    'mail: E_RECIPIENT',
    withAdvice(
      { ko: '메일을 받을 주소가 확인되지 않았어요', en: 'The address of the mail is not verified' },
      'Cloudflare의 Email Routing에서 온 메일의 링크를 눌러 주세요.',
      'Press the link in the mail that Cloudflare’s Email Routing sent there.',
    ),
  ],
  [
    'mail: E_SENDER',
    withAdvice(
      { ko: '메일을 보내는 주소를 쓸 수 없어요', en: 'The sender of the mail may not be used' },
      'MAIL_FROM의 도메인에 Email Routing을 켜 주세요.',
      'Turn Email Routing on for the domain of MAIL_FROM.',
    ),
  ],
  ['mail', alone('Cloudflare가 메일을 받지 않았어요', 'Cloudflare did not take the mail')],
  ['waits-for-poster', alone('포스터를 기다려요', 'Waiting for the poster')],
  ['poster-missing', alone('포스터 없이 올렸어요', 'Posted without its poster')],
  ['crashed', alone('보내던 중에 멈췄어요', 'It stopped while being sent')],
  ['too-old', alone('너무 늦었어요', 'It came too late')],
];

/** A code in the owner's words; `null` for one that has none. */
export function reasonOf(code: string): Reason | null {
  return REASONS.find(([beginning]) => code.startsWith(beginning))?.[1] ?? null;
}
