import { address, doorSecret, settingsOf } from '../../../src/config/setting.ts';

const loft = { ko: '가까운 비둘기집', en: 'the loft next door' };

export const pigeonSettings = settingsOf(
  {
    ring: doorSecret('PIGEON_RING', {
      what: { ko: '비둘기의 고리', en: 'what stands on the ring' },
      where: loft,
    }),
    loftUrl: address('PIGEON_LOFT_URL', 'https://loft.example', {
      what: { ko: '비둘기집의 주소', en: 'address of the loft' },
      where: loft,
    }),
  },
  (values) => values,
);
