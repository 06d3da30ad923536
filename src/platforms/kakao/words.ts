import type { Hearing } from '../../bot/talk/hear/choose.ts';
import type { Words } from '../../bot/talk/hear/lexicon.ts';

export const linkWords: Words = {
  link: '연결, 연결하기, 연결할래, 연동, 연동하기, 로그인, 로그인하기, 로긴, 계정연결, 계정 연결, 카톡연결, 카톡 연결, 카카오 로그인, 카카오로그인, login, log in, logging in, sign in, signin, connect, connection, connecting, link, linking, pair, hook up',
  unlink:
    '연결 해제, 연결해제, 연결 끊기, 연결끊기, 연결 끊, 연동 해제, 연동해제, 연동 끊, 로그아웃, 카톡 연결 해제, logout, log out, disconnect, unlink, sign out, signout',
};

/** `연결`, `카톡으로 받고 싶어`; `연결 해제`. */
export const linkHears: readonly Hearing[] = [
  {
    says: [
      'link',
      'link kakao',
      'kakao',
      'kakao on',
      'kakao want',
      'kakao alert',
      'kakao show',
      'unlink',
      'kakao off',
      'kakao unlink',
      'link off',
      'link remove',
      'link cancel',
      'kakao cancel',
    ],
    with: 'kakao data mine want show how is on alert say person off unlink remove cancel please',
    not: 'menu netflix cat address',
  },
];
