import { Hono } from 'hono';
import type { ApiCall, Schema } from '../../bot/api.ts';
import type { Language } from '../../lib/time.ts';
import { languageOf, say, type Text } from '../../ui/language.ts';
import { Card, Layout, Row } from '../../ui/parts.tsx';
import { securePages } from '../../ui/secure.ts';
import { type Api, allStatuses, commonSchemas, skillStatuses, statusesOf } from './calls.ts';

const PATH = '/api/docs';

const texts = {
  title: { ko: 'API 써 보기', en: 'Try the API' },
  lead: {
    ko: '별명을 붙여 저장소를 등록하고, 새 커밋을 읽어요. 주소 끝의 /는 빼도 돼요.',
    en: 'Register repositories under nicknames and read new commits. The slash at the end may be left out.',
  },
  key: { ko: '열쇠', en: 'Key' },
  keyLead: {
    ko: '봇 주인이 정한 API_KEY예요. Authorization: Bearer 헤더로 보내고, 이 탭을 닫으면 잊어요.',
    en: 'API_KEY as the owner of this bot set it. It is sent in the header Authorization: Bearer and forgotten when this tab is closed.',
  },
  noScript: {
    ko: '여기서 보내려면 스크립트를 켜 주세요. 아래 curl 명령은 그대로 쓸 수 있어요.',
    en: 'Switch scripts on to send from here. The curl commands work as they are.',
  },
  optional: { ko: '(없어도 돼요)', en: '(optional)' },
  send: { ko: '보내기', en: 'Send' },
  failed: {
    ko: '보내지 못했어요. 연결과 열쇠를 확인해 주세요.',
    en: 'It was not sent. Please check the connection and the key.',
  },
  answer: { ko: '답', en: 'Answer' },
  answers: { ko: '답의 상태', en: 'Statuses' },
  answersLead: {
    ko: 'JSON으로 와요. code가 상태, message가 설명이에요.',
    en: 'Answers are JSON: code is the status, message says it in words.',
  },
  skills: { ko: '카카오 챗봇 스킬', en: 'Skills of the Kakao chatbot' },
  skillsLead: {
    ko: '챗봇이 X-Skill-Token 헤더와 함께 POST로 불러요.',
    en: 'The chatbot calls them by POST, with the header X-Skill-Token.',
  },
} as const satisfies Record<string, Text>;

/** The API as a page, in which every call can be tried under the owner's key. */
export function docsRoutes(api: Api): Hono {
  const routes = new Hono();
  routes.on(
    'GET',
    ['/docs', '/docs/'],
    securePages(undefined, () => ({ scripts: true })),
    (context) => {
      const language = languageOf(context);
      const { origin } = new URL(context.req.url);
      return context.html(<Docs api={api} language={language} origin={origin} />);
    },
  );
  return routes;
}

interface PageProps {
  readonly language: Language;
  readonly origin: string;
}

function Docs({ api, language, origin }: PageProps & { api: Api }) {
  return (
    <Layout
      language={language}
      title={say(texts.title, language)}
      menu={
        <>
          <span class="spacer" />
          <a class="quiet" href="/api/openapi.json">
            OpenAPI
          </a>
        </>
      }
      path={PATH}
    >
      <div>
        <h1>{say(texts.title, language)}</h1>
        <p class="lead">{say(texts.lead, language)}</p>
      </div>
      <Card title={say(texts.key, language)} lead={say(texts.keyLead, language)}>
        <label class="field">
          API_KEY
          <input id="key" type="password" autocomplete="off" />
        </label>
        <noscript>
          <p>{say(texts.noScript, language)}</p>
        </noscript>
      </Card>
      {api.calls.map((call) => (
        <Call call={call} language={language} origin={origin} />
      ))}
      <Card title={say(texts.answers, language)} lead={say(texts.answersLead, language)}>
        <ul class="rows">
          {allStatuses(api).map(([status, about]) => (
            <Row title={<code>{status}</code>} lines={[say(about, language)]} />
          ))}
        </ul>
      </Card>
      <Card title={say(texts.skills, language)} lead={say(texts.skillsLead, language)}>
        <ul class="rows">
          {api.skills.map(({ path, about }) => (
            <Row title={<code>{path}</code>} lines={[say(about, language)]} />
          ))}
        </ul>
      </Card>
      <script type="module" src="/api-docs.js" />
    </Layout>
  );
}

function Call({ call, language, origin }: PageProps & { call: ApiCall }) {
  const { id, method, path, about, fields } = call;
  return (
    <Card title={`${method} ${path}`} lead={say(about, language)} id={id}>
      <form
        class="stack"
        action={path}
        data-method={method}
        data-failed={say(texts.failed, language)}
      >
        <div class="two">
          {fields.map(({ name, about: meaning, example, isRequired }) => (
            <label class="field">
              <span>
                <code>{name}</code> {!isRequired && <small>{say(texts.optional, language)}</small>}
              </span>
              <small>{say(meaning, language)}</small>
              <input name={name} placeholder={example} required={isRequired} autocomplete="off" />
            </label>
          ))}
        </div>
        <div class="actions">
          <button type="submit" class="primary" disabled>
            {say(texts.send, language)}
          </button>
        </div>
      </form>
      <pre class="scroll" tabindex={0} role="status" aria-label={say(texts.answer, language)}>
        {curl(call, origin)}
      </pre>
      <small>{Object.keys(statusesOf(call)).join(' · ')}</small>
    </Card>
  );
}

const curls: Readonly<Record<ApiCall['method'], string>> = {
  GET: 'curl -G',
  POST: 'curl -X POST',
  DELETE: 'curl -G -X DELETE',
};

/** The call as a shell takes it, with examples for values; its answer takes its place. */
function curl({ method, path, fields }: ApiCall, origin: string): string {
  const needed = fields.filter(({ isRequired }) => isRequired);
  return [
    `${curls[method]} ${origin}${path}`,
    `-H "Authorization: Bearer $API_KEY"`,
    ...needed.map(({ name, example }) => `--data-urlencode '${name}=${example}'`),
  ].join(' \\\n  ');
}

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
