import { address, settingsOf } from '../../config/setting.ts';

/** Where cat facts come from. */
export const catSettings = settingsOf(
  {
    apiUrl: address('CATFACT_API_URL', 'https://catfact.ninja', {
      what: { ko: '고양이 이야기', en: 'cat facts' },
    }),
  },
  (values) => values,
);
