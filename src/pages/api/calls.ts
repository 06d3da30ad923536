import { type ApiCall, DONE, objectSchema, type Schema } from '../../bot/api.ts';
import type { Feature } from '../../bot/feature.ts';
import type { Text } from '../../lib/text.ts';
import { messages } from './texts.ts';

/** What can be called: the features' calls, and the skills a chatbot calls. */
export interface Api {
  readonly calls: readonly ApiCall[];
  readonly skills: readonly { readonly path: string; readonly about: Text }[];
}

/** The API as the features make it. */
export function apiOf(features: readonly Feature[]): Api {
  const ofFeatures = features.flatMap(({ skills = {} }) => Object.entries(skills));
  return {
    calls: features.flatMap(({ apiCalls = [] }) => apiCalls),
    skills: [
      { path: '/skill', about: { ko: '어떤 블록에나', en: 'for any block' } },
      ...ofFeatures.map(([name, { about }]) => ({ path: `/api/${name}/`, about })),
    ],
  };
}

/** What the statuses mean that any call can have; 413 and 415 only those with a body. */
const common: Readonly<Record<number, Text>> = {
  200: DONE,
  400: { ko: '값이 없거나 틀려요.', en: 'A field is missing or wrong.' },
  401: messages.noKey,
};
const ofBodies: Readonly<Record<number, Text>> = {
  413: messages.tooLarge,
  415: messages.mediaType,
};

/** Every status a call can have, and what it means. */
export function statusesOf({ problems, from }: ApiCall): Readonly<Record<number, Text>> {
  return { ...common, ...problems, ...(from === 'query' ? {} : ofBodies) };
}

/** What the statuses mean, wherever they come. */
export function allStatuses({ calls }: Api): Readonly<Record<number, Text>> {
  return Object.assign({ ...skillStatuses }, ...calls.map(statusesOf));
}

/** Of the skills, which have routes of their own. */
export const skillStatuses: Readonly<Record<number, Text>> = {
  200: DONE,
  401: messages.noKey,
  403: { ko: '다른 봇이에요.', en: 'Another bot.' },
};

/** Schemas of answers that are no call's own. */
export const commonSchemas = {
  Problem: {
    ...objectSchema({ code: { type: 'integer', minimum: 400 }, message: { type: 'string' } }),
    additionalProperties: false,
  },
  SkillRequest: objectSchema(
    {
      userRequest: objectSchema(
        { user: objectSchema({ id: { type: 'string' } }) },
        { utterance: { type: 'string' } },
      ),
    },
    { action: objectSchema({}, { detailParams: { type: 'object' } }) },
  ),
  SkillAnswer: objectSchema({ version: { const: '2.0' } }, { template: { type: 'object' } }),
  SkillProblem: objectSchema({ error: { type: 'string' } }),
} as const satisfies Record<string, Schema>;
