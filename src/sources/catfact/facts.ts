import type { Fact } from './fact.ts';
import { bodyFacts } from './factsBody.ts';
import { cultureFacts } from './factsCulture.ts';
import { lifeFacts } from './factsLife.ts';

/** Every cat fact that the bot tells without asking anyone. */
export const facts: readonly Fact[] = [...bodyFacts, ...lifeFacts, ...cultureFacts];
