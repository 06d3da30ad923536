import { bad, type Guide, good, UNREACHED } from '../../config/guide.ts';
import { send } from '../../lib/outbound.ts';
import { githubSettings } from './settings.ts';

const { token, webhookSecret, apiUrl } = githubSettings.declared;
const LIMITS = { timeoutMs: 10_000, maxBytes: 100_000 };

/** How an owner lets the bot look at repositories. */
export const guide: Guide = {
  position: 20,
  title: { ko: 'GitHub 저장소 소식', en: 'GitHub repositories' },
  minutes: 2,
  cost: { ko: '무료', en: 'free' },
  steps: [
    {
      ko: 'github.com > Settings > Developer settings > Personal access tokens > Fine-grained tokens에서 새 토큰을 만들어요. Repository access는 Public repositories, 권한은 하나도 필요 없어요.',
      en: 'Make a new token at github.com > Settings > Developer settings > Personal access tokens > Fine-grained tokens: repository access "Public repositories", no permission at all.',
    },
    {
      ko: '만료일(Expiration)을 적어 두세요. 그날 새 토큰이 필요해요. 만료되지 않는 GitHub App은 배포한 뒤 /admin/channels에서 한 번 눌러 만들 수 있고, 그러면 토큰이 없어도 돼요. 비공개 저장소는 그 앱을 설치한 것만, 주인의 대화에만 알려요.',
      en: 'Note its expiration: a new one is needed by then. A GitHub App never expires: it is made at one press on /admin/channels once the bot is deployed, and then no token is needed. Of private repositories, those the app is installed on are told of, to the owner’s chats alone.',
    },
  ],
  asks: [token],
  makes: [webhookSecret],
  check: async ({ value, runtime }) => {
    if (value(token) === '') return null;
    const request = new Request(`${value(apiUrl)}/rate_limit`, {
      headers: { authorization: `Bearer ${value(token)}`, 'user-agent': 'soshik' },
    });
    const answer = await send(runtime, request, LIMITS);
    if ('failed' in answer) return UNREACHED;
    if (answer.status === 200) return good('GitHub이 알아봤어요', 'GitHub knows it');
    return answer.status === 401
      ? bad(
          'GitHub이 이 토큰을 몰라요. 만료됐나요?',
          'GitHub does not know this token; has it expired?',
        )
      : UNREACHED;
  },
  later: [
    {
      ko: '바로 알고 싶은 저장소: Settings > Webhooks > Add webhook에 {origin}/webhook/github, Content type은 application/json, Secret은 GITHUB_WEBHOOK_SECRET의 값을 넣어요. 나머지는 30분마다 살펴봐요.',
      en: 'For news at once: in a repository’s Settings > Webhooks > Add webhook put {origin}/webhook/github, content type application/json, and the value of GITHUB_WEBHOOK_SECRET. All others are looked at every 30 minutes.',
    },
  ],
};
