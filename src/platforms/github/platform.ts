import type { Platform } from '../../bot/platform.ts';

/** Where the repositories are; it carries no messages. */
export const github: Platform = {
  id: 'github',
  name: { ko: 'GitHub', en: 'GitHub' },
  channels: [],
};
