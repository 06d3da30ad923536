import { reasonOf } from '../../bot/outbox/reasons.ts';
import { bad, type Guide, good, UNREACHED } from '../../config/guide.ts';
import { jsonOf, send, textOf } from '../../lib/outbound.ts';
import { authorizationHeader } from './api/oauth1.ts';
import { fetchBearer } from './api/oauth2.ts';
import { readProblem } from './api/problem.ts';
import { xSettings } from './settings.ts';

const {
  consumerKey,
  consumerSecret,
  accessToken,
  accessTokenSecret,
  clientId,
  clientSecret,
  monthlyBudget,
  apiUrl,
} = xSettings.declared;
const LIMITS = { timeoutMs: 10_000, maxBytes: 100_000 };

/** How an owner connects X: posts, and messages of readers. */
export const guide: Guide = {
  position: 40,
  title: { ko: 'X (트위터)', en: 'X (Twitter)' },
  minutes: 15,
  cost: {
    ko: '쓴 만큼: 글이나 메시지 하나에 약 0.015달러, 링크가 있는 글은 약 0.2달러. 미리 채운 크레딧이 있어야 움직여요',
    en: 'pay per use: about 0.015 dollars a post or message, about 0.2 for a post with a link. Nothing works without prepaid credits',
  },
  steps: [
    {
      ko: 'developer.x.com에 봇 계정으로 로그인해 Pay-per-use로 가입하고, 앱을 만들고, 크레딧을 조금 채워요. 앱은 Production이어야 해요.',
      en: 'Log in to developer.x.com with the bot’s account, enrol in pay-per-use, make an app (environment: Production) and buy a few credits.',
    },
    {
      ko: '앱 > Settings > User authentication settings: App permissions는 "Read and write and Direct message", Type of App은 Web App. 콜백 주소는 배포한 다음에 넣어요.',
      en: 'App > Settings > User authentication settings: permissions "Read and write and Direct message", type Web App. The callback address comes after the deployment.',
    },
    {
      ko: '권한을 정한 다음에 앱 > Keys and tokens에서 열쇠를 만들어요. 먼저 만든 토큰에는 그 권한이 없어요.',
      en: 'Make the keys at App > Keys and tokens after that: tokens made before lack the permissions.',
    },
  ],
  asks: [
    consumerKey,
    consumerSecret,
    accessToken,
    accessTokenSecret,
    clientId,
    clientSecret,
    monthlyBudget,
  ],
  makes: [],
  check: async ({ value, runtime }) => {
    const consumer = { key: value(consumerKey), secret: value(consumerSecret) };
    if (consumer.key === '' || consumer.secret === '') return null;
    const bearer = await fetchBearer({ runtime, apiUrl: value(apiUrl), consumer });
    if (!bearer.ok) {
      return bearer.reason === 'keys-refused'
        ? bad('X가 API Key와 Secret을 몰라요', 'X does not know the API key and its secret')
        : UNREACHED;
    }
    if (value(accessToken) === '' || value(accessTokenSecret) === '') {
      return good('X가 앱의 열쇠를 알아봤어요', 'X knows the app’s keys');
    }
    const request = { method: 'GET', url: `${value(apiUrl)}/2/users/me` };
    const authorization = await authorizationHeader(
      {
        consumerKey: consumer.key,
        consumerSecret: consumer.secret,
        token: value(accessToken),
        tokenSecret: value(accessTokenSecret),
      },
      request,
      {
        timestampSeconds: Math.floor(runtime.now() / 1000),
        nonce: Array.from(runtime.randomBytes(16), (byte) => byte.toString(16)).join(''),
      },
    );
    const answer = await send(
      runtime,
      new Request(request.url, { headers: { authorization } }),
      LIMITS,
    );
    if ('failed' in answer) return UNREACHED;
    if (answer.status === 200) return good('X가 봇 계정을 알아봤어요', 'X knows the bot’s account');
    if (answer.status === 401) {
      return bad(
        'X가 Access Token을 몰라요. 권한을 정한 다음에 새로 만들어 주세요',
        'X does not know the access token: make a new one after setting the permissions',
      );
    }
    if (answer.status === 402) {
      return bad('열쇠는 맞는데 크레딧이 없어요', 'the keys are right, but there are no credits');
    }
    const { sender } = readProblem(jsonOf(answer), textOf(answer));
    const reason = sender === undefined ? null : reasonOf(sender);
    if (reason === null) return UNREACHED;
    const { what, advice } = reason;
    return bad(`${what.ko}. ${advice?.ko ?? ''}`.trim(), `${what.en}. ${advice?.en ?? ''}`.trim());
  },
  later: [
    {
      ko: '앱 > Settings > User authentication settings의 콜백 주소에 {origin}/login/twitter/callback',
      en: 'App > Settings > User authentication settings, callback address: {origin}/login/twitter/callback',
    },
    {
      ko: '{origin}/admin/twitter에서 봇 계정으로 로그인하고, 웹훅을 등록하고, 구독해요.',
      en: 'On {origin}/admin/twitter log the bot’s account in, register the webhook, subscribe.',
    },
  ],
};
