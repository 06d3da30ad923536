/** JSON Schema (2020-12) as far as it is needed here. */
export type Schema = Readonly<Record<string, unknown>>;

const text: Schema = { type: 'string' };
const count: Schema = { type: 'integer', minimum: 0 };
const instant: Schema = { type: 'string', format: 'date-time' };

/** All members but the last ones are always there. */
function object(
  members: Readonly<Record<string, Schema>>,
  optional: Readonly<Record<string, Schema>> = {},
): Schema {
  return {
    type: 'object',
    required: Object.keys(members),
    properties: { ...members, ...optional },
  };
}

/** An answer of our own: nothing else is in it. */
function answer(
  members: Readonly<Record<string, Schema>> = {},
  optional: Readonly<Record<string, Schema>> = {},
): Schema {
  const whole = object({ code: { const: 200 }, message: text, ...members }, optional);
  return { ...whole, additionalProperties: false };
}

/** GitHub leaves it out where a commit does not say. */
const signature: Schema = { type: ['object', 'null'] };

/** What answers look like; the description refers to them by name. */
export const schemas = {
  Done: answer(),
  Registered: answer({}, { secret: { type: 'string', pattern: '^whsec_' } }),
  Commits: {
    type: 'array',
    items: object({
      sha: text,
      html_url: text,
      commit: object({ message: text }, { author: signature, committer: signature }),
    }),
  },
  Repository: answer({
    avatar_url: text,
    name: text,
    created_at: instant,
    updated_at: instant,
    stargazers_count: count,
    forks: count,
    branch_lists: { type: 'array', items: text },
    owner: text,
  }),
  Aliases: answer({ alias: { type: 'array', items: text } }),
  Git: answer({ repoUrl: text, repoBranch: text }),
  Problem: {
    ...object({ code: { type: 'integer', minimum: 400 }, message: text }),
    additionalProperties: false,
  },
  SkillRequest: object(
    { userRequest: object({ user: object({ id: text }) }, { utterance: text }) },
    { action: object({}, { detailParams: { type: 'object' } }) },
  ),
  SkillAnswer: object({ version: { const: '2.0' } }, { template: { type: 'object' } }),
  SkillProblem: object({ error: text }),
} as const satisfies Record<string, Schema>;

export type SchemaName = keyof typeof schemas;
