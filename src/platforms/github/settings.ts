import { type FeatureRule, needs, stateOf } from '../../config/reader.ts';
import { address, doorSecret, secret, settingsOf } from '../../config/setting.ts';

const tokens = {
  ko: 'github.com > Settings > Developer settings > Personal access tokens',
  en: 'github.com > Settings > Developer settings > Personal access tokens',
} as const;
const apps = {
  ko: 'github.com > Settings > Developer settings > GitHub Apps',
  en: 'github.com > Settings > Developer settings > GitHub Apps',
} as const;

/** What of the owner's settings is about GitHub. */
export const githubSettings = settingsOf(
  {
    token: secret('GITHUB_TOKEN', {
      what: {
        ko: '개인 토큰. 공개 저장소만 볼 때는 권한이 필요 없어요',
        en: 'personal access token; public repositories need no permission',
      },
      where: tokens,
    }),
    appId: secret('GITHUB_APP_ID', {
      what: {
        ko: 'GITHUB_TOKEN 대신: GitHub App의 번호',
        en: 'instead of GITHUB_TOKEN: a GitHub App’s id',
      },
      where: apps,
    }),
    privateKey: secret('GITHUB_APP_PRIVATE_KEY', {
      what: { ko: 'GitHub App의 비밀 키 (PEM)', en: 'the GitHub App’s private key (PEM)' },
      where: apps,
    }),
    installationId: secret('GITHUB_APP_INSTALLATION_ID', {
      what: { ko: 'GitHub App 설치 번호', en: 'number of the GitHub App’s installation' },
      where: apps,
    }),
    webhookSecret: doorSecret('GITHUB_WEBHOOK_SECRET', {
      what: {
        ko: '저장소 웹훅 설정에 넣을 값, 16자 이상',
        en: 'goes into a repository’s webhook settings; 16 characters or more',
      },
    }),
    apiUrl: address('GITHUB_API_URL', 'https://api.github.com', {
      what: { ko: 'GitHub API', en: 'API of GitHub' },
    }),
    webUrl: address('GITHUB_WEB_URL', 'https://github.com', {
      what: { ko: 'GitHub 웹사이트', en: 'site of GitHub' },
    }),
  },
  ({ appId, privateKey, installationId, ...values }) => ({
    ...values,
    /** A GitHub App instead of a token, when all three of its settings are there. */
    app:
      appId === null || privateKey === null || installationId === null
        ? null
        : // A key pasted into one line has its line breaks written as \n.
          { appId, privateKey: privateKey.replaceAll('\\n', '\n'), installationId },
  }),
);

const { token, webhookSecret } = githubSettings.declared;

export const githubFeatures: readonly FeatureRule[] = [
  {
    id: 'repositories',
    name: { ko: 'GitHub 저장소 살펴보기', en: 'Looking at GitHub repositories' },
    page: '/admin/channels',
    state: (reader) =>
      stateOf(reader.read(githubSettings).app === null ? reader.missing(token) : []),
  },
  {
    id: 'github-webhook',
    name: { ko: 'GitHub 웹훅', en: 'GitHub webhook' },
    page: '/admin/channels',
    state: needs(webhookSecret),
  },
];
