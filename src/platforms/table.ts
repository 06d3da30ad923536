import type { Platform } from '../bot/platform.ts';
import { discord } from './discord/platform.ts';
import { github } from './github/platform.ts';
import { kakao } from './kakao/platform.ts';
import { mail } from './mail/platform.ts';
import { slack } from './slack/platform.ts';
import { telegram } from './telegram/platform.ts';
import { webhook } from './webhook/platform.ts';
import { x } from './x/platform.ts';

/**
 * Where people, programs and repositories are. A folder and its line make a platform; without them
 * there is none. Where the order shows, it is this one.
 */
export const platforms: readonly Platform[] = [
  kakao,
  telegram,
  x,
  github,
  discord,
  slack,
  webhook,
  mail,
];
