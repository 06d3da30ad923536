import type { Feature } from '../bot/feature.ts';
import { cats } from './cats/cats.ts';
import { feeds } from './feeds/feeds.ts';
import { menu } from './menu/menu.ts';
import { repositories } from './repositories/repositories.ts';
import { stage } from './stage/stage.ts';
import { titles } from './titles/titles.ts';

/** What people get: the order is that of the help and of the front page. */
export const features: readonly Feature[] = [cats, titles, menu, repositories, stage, feeds];
