import type { Platform } from '../../bot/platform.ts';
import { githubCard } from './adminCard.tsx';
import { githubWebhook } from './door.ts';
import { githubFeatures, githubSettings } from './settings.ts';

/** Where the repositories are; it carries no messages. */
export const github: Platform = {
  id: 'github',
  name: { ko: 'GitHub', en: 'GitHub' },
  settings: githubSettings,
  parts: githubFeatures,
  routes: (app) => {
    app.route('/webhook/github', githubWebhook());
  },
  channels: [],
  card: githubCard,
};
