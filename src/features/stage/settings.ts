import { type FeatureRule, needs } from '../../config/reader.ts';
import { address, secret, settingsOf, variable } from '../../config/setting.ts';
import { type Region, regionOf } from './regions.ts';

/** What of the owner's settings is about plays and musicals. */
export const stageSettings = settingsOf(
  {
    key: secret('KOPIS_KEY', {
      what: { ko: '공연 목록 Open API 인증키', en: 'key of the list of plays and musicals' },
      where: { ko: 'kopis.or.kr > Open API > 인증키 신청', en: 'kopis.or.kr > Open API' },
    }),
    region: variable<Region | null>(
      'STAGE_REGION',
      {
        what: {
          ko: '공연을 모을 지역 하나 (서울, 부산, 경기 ...). 비우면 전국',
          en: 'the one region whose stage is told (Seoul, Busan ...); blank: all of Korea',
        },
      },
      {
        example: '서울',
        parse: (text) => (text === null ? null : (regionOf(text) ?? undefined)),
      },
    ),
    apiUrl: address('KOPIS_API_URL', 'https://www.kopis.or.kr/openApi/restful', {
      what: { ko: 'KOPIS Open API', en: 'open API of KOPIS' },
    }),
  },
  (values) => values,
);

export const stageFeatures: readonly FeatureRule[] = [
  {
    id: 'stage',
    name: { ko: '공연 (연극, 뮤지컬)', en: 'Plays and musicals' },
    state: needs(stageSettings.declared.key),
  },
];
