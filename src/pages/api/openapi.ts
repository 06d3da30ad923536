import type { ApiCall, Schema } from '../../bot/api.ts';
import type { Text } from '../../lib/text.ts';
import type { Language } from '../../lib/time.ts';
import { say } from '../../ui/language.ts';
import { type Api, commonSchemas, skillStatuses, statusesOf } from './calls.ts';

/** The OpenAPI 3.1 description of the API, made of the table that makes its routes. */
export function describeApi({ calls, skills }: Api, language: Language): Schema {
  const paths: Record<string, Record<string, Schema>> = {};
  for (const call of calls) {
    paths[call.path] = {
      ...paths[call.path],
      [call.method.toLowerCase()]: operation(call, language),
    };
  }
  for (const { path, about } of skills) {
    paths[path] = {
      post: {
        operationId: path.replace(/\/(?:api\/)?/g, ''),
        summary: say(about, language),
        security: [{ skillToken: [] }],
        requestBody: { required: true, content: json('SkillRequest') },
        responses: Object.fromEntries(
          Object.entries(skillStatuses).map(([status, meaning]) => [
            status,
            response(meaning, status === '200' ? 'SkillAnswer' : 'SkillProblem', language),
          ]),
        ),
      },
    };
  }
  return {
    openapi: '3.1.0',
    info: { title: language === 'ko' ? '소식' : 'soshik', version: '1.0.0' },
    servers: [{ url: '/' }],
    security: [{ apiKey: [] }],
    paths,
    components: {
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'bearer' },
        skillToken: { type: 'apiKey', in: 'header', name: 'X-Skill-Token' },
      },
      schemas: {
        ...Object.fromEntries(calls.map(({ gives }) => [gives.name, gives.schema])),
        ...commonSchemas,
      },
    },
  };
}

function operation(call: ApiCall, language: Language): Schema {
  const isBody = call.from === 'body';
  const responses = Object.entries(statusesOf(call)).map(([status, about]) => [
    status,
    response(about, status === '200' ? call.gives.name : 'Problem', language),
  ]);
  return {
    operationId: call.id,
    summary: say(call.about, language),
    ...(isBody ? { requestBody: body(call, language) } : { parameters: query(call, language) }),
    responses: Object.fromEntries(responses),
  };
}

function query({ fields }: ApiCall, language: Language): readonly Schema[] {
  return fields.map(({ name, about, example, isRequired, most = 2000 }) => ({
    name,
    in: 'query',
    required: isRequired,
    description: say(about, language),
    schema: { type: 'string', minLength: isRequired ? 1 : 0, maxLength: most },
    example,
  }));
}

function body({ fields }: ApiCall, language: Language): Schema {
  const properties = fields.map(({ name, about, example, isRequired, most = 2000 }) => [
    name,
    {
      type: 'string',
      minLength: isRequired ? 1 : 0,
      maxLength: most,
      description: say(about, language),
      examples: [example],
    },
  ]);
  const schema = {
    type: 'object',
    required: fields.filter(({ isRequired }) => isRequired).map(({ name }) => name),
    properties: Object.fromEntries(properties),
  };
  const media = ['application/json', 'application/x-www-form-urlencoded', 'multipart/form-data'];
  return { required: true, content: Object.fromEntries(media.map((type) => [type, { schema }])) };
}

function response(about: Text, schema: string, language: Language): Schema {
  return { description: say(about, language), content: json(schema) };
}

function json(name: string): Schema {
  return { 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } };
}
