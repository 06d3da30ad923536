import type { Language } from '../../../lib/time.ts';
import type { KakaoFailureReason } from './answer.ts';

/** What went wrong with KakaoTalk and what to do, for the person it happened to. */
export const kakaoFailureTexts: Readonly<
  Record<KakaoFailureReason, Readonly<Record<Language, string>>>
> = {
  retry: {
    ko: '카카오톡이 지금은 제대로 답하지 않아요. 잠시 뒤에 다시 시도해 주세요.',
    en: 'KakaoTalk does not answer properly right now. Please try again in a while.',
  },
  unauthorized: {
    ko: '카카오 로그인이 끝났어요. 다시 로그인해 주세요.',
    en: 'Your Kakao login has ended. Please log in again.',
  },
  consent: {
    ko: '카카오톡 메시지를 보내려면 동의가 필요해요. 다시 로그인해서 동의 항목을 켜 주세요.',
    en: 'Sending KakaoTalk messages needs your consent. Please log in again and agree to it.',
  },
  'not-linked': {
    ko: '카카오 계정과 연결되어 있지 않아요. 다시 로그인해 주세요.',
    en: 'Your Kakao account is not connected. Please log in again.',
  },
  unreachable: {
    ko: '이 사람에게는 카카오톡 메시지를 보낼 수 없어요. 카카오톡에서 메시지 수신 설정을 확인해 주세요.',
    en: 'KakaoTalk messages cannot reach this person. Check in KakaoTalk whether messages are allowed.',
  },
  quota: {
    ko: '오늘 보낼 수 있는 카카오톡 메시지를 다 보냈어요. 내일 다시 보낼게요.',
    en: 'All KakaoTalk messages for today are used up. Sending goes on tomorrow.',
  },
  'not-a-friend': {
    ko: '카카오톡 친구 목록에 없는 사람이에요. 친구인지 확인한 뒤 다시 시도해 주세요.',
    en: 'This person is not on the list of KakaoTalk friends. Check that, then try again.',
  },
  configuration: {
    ko: '카카오 앱 설정이 아직 덜 됐어요. 봇 주인에게 알려 주세요.',
    en: 'The Kakao app is not set up completely yet. Please tell the owner of this bot.',
  },
  stopped: {
    ko: '카카오가 이 앱이나 계정에는 이 기능을 허락하지 않아요. 카카오 고객센터에 물어봐 주세요.',
    en: "Kakao does not allow this to this app or account. Please ask Kakao's help centre.",
  },
  invalid: {
    ko: '카카오톡이 이 메시지를 받아 주지 않았어요. 봇 주인에게 알려 주세요.',
    en: 'KakaoTalk did not take this message. Please tell the owner of this bot.',
  },
};
