import type { KakaoPerson } from './types.ts';

/** The two who use the bot. */
export const kakaoPeople: readonly KakaoPerson[] = [
  person('4100000101', '하나', 'ko'),
  person('4100000102', 'Sam', 'en'),
];

const friendNames = '가온 나래 다솜 라온 마루 바다 사랑 아람 자몽 차돌 카린 하늘'.split(' ');

/** Twelve more, friends of everyone, who let the app list them and never talk to the bot. */
export const kakaoFriends: readonly KakaoPerson[] = friendNames.map((name, index) =>
  person(String(4_100_000_201 + index), name, 'ko'),
);

function person(id: string, name: string, language: KakaoPerson['language']): KakaoPerson {
  return {
    id,
    name,
    language,
    botUserKey: `b07${id}`.padEnd(66, '5a9e3c'),
    plusfriendUserKey: `Pf-${id}kQ`,
  };
}
