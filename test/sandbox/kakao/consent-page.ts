import { html } from 'hono/html';
import type { ConsentItem } from './app-settings.ts';
import type { LoginCode } from './failures.ts';
import type { KakaoPerson } from './types.ts';

type Markup = ReturnType<typeof html>;

export interface ConsentPageOptions {
  readonly language: 'ko' | 'en';
  readonly people: readonly KakaoPerson[];
  /** What is asked for. */
  readonly scopes: readonly { readonly scope: string; readonly item: ConsentItem }[];
}

const texts = {
  ko: {
    title: '소식에 카카오계정으로 로그인해요',
    note: '놀이터의 카카오예요. 진짜 카카오가 아니라서 비밀번호를 묻지 않아요.',
    agree: '동의 항목',
    required: '필수',
    optional: '선택',
    as: (name: string) => `${name} 계정으로 동의하고 계속하기`,
    deny: '취소',
    wrong: '로그인할 수 없어요',
  },
  en: {
    title: 'Log in to soshik with your Kakao Account',
    note: 'This is the Kakao of the sandbox, not the real one: it asks for no password.',
    agree: 'Consent items',
    required: 'required',
    optional: 'optional',
    as: (name: string) => `Agree and continue as ${name}`,
    deny: 'Cancel',
    wrong: 'You cannot log in',
  },
} as const;

const scopeNames: Readonly<Record<string, { readonly ko: string; readonly en: string }>> = {
  profile_nickname: { ko: '닉네임', en: 'Nickname' },
  talk_message: { ko: '카카오톡 메시지 전송', en: 'Send KakaoTalk message' },
  friends: { ko: '카카오 서비스 내 친구목록', en: 'Friends in Kakao services' },
};

/** The page on which a person agrees; it works without JavaScript and posts to itself. */
export function consentPage({ language, people, scopes }: ConsentPageOptions): Markup {
  const text = texts[language];
  const rows = scopes.map(({ scope, item }) => {
    const name = scopeNames[scope]?.[language] ?? scope;
    const box = item === 'required' ? html` checked disabled` : html` checked`;
    const kind = item === 'required' ? text.required : text.optional;
    return html`<label><input type="checkbox" name="scope" value="${scope}"${box}> ${name} <span>(${kind})</span></label>
`;
  });
  const body = html`<h1>${text.title}</h1>
<p>${text.note}</p>
<form method="post">
<fieldset><legend>${text.agree}</legend>
${rows}</fieldset>
${people.map(
  ({ id, name }) => html`<button name="person" value="${id}" class="main">${text.as(name)}</button>
`,
)}<button name="decision" value="deny">${text.deny}</button>
</form>`;
  return whole(language, text.title, body);
}

/** What Kakao shows instead of going back to the app: its code and the reason. */
export function wrongPage(language: 'ko' | 'en', code: LoginCode, reason: string): Markup {
  const { wrong } = texts[language];
  return whole(language, wrong, html`<h1>${wrong}</h1><p>${reason} (${code})</p>`);
}

function whole(language: string, title: string, body: Markup | Promise<Markup>): Markup {
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>
:root { color-scheme: light dark; }
body { font: 17px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 30rem; padding: 2rem 1rem; word-break: keep-all; }
h1 { font-size: 1.4rem; }
fieldset { border: 1px solid #8888; border-radius: .75rem; padding: .5rem 1rem; }
label { display: block; padding: .5rem 0; }
span { opacity: .7; }
button { border: 1px solid #8888; border-radius: .75rem; font: inherit; font-weight: 700; margin: .25rem 0; padding: .6rem 1rem; width: 100%; }
.main { background: #fee500; border-color: #fee500; color: #191600; }
</style>
</head>
<body><main>
${body}
</main></body>
</html>`;
}
