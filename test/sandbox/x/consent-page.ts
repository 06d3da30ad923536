import { html } from 'hono/html';
import type { Account } from './types.ts';

type Markup = ReturnType<typeof html>;

export interface ConsentPageOptions {
  readonly language: 'ko' | 'en';
  readonly accounts: readonly Account[];
  /** User id of the one that is chosen at first. */
  readonly chosen: string;
  /** What the app may do, in X's own words. */
  readonly scopes: readonly string[];
}

const texts = {
  ko: {
    title: '소식 앱에 계정 접근을 허용할까요?',
    note: '놀이터의 X예요. 진짜 X가 아니라서 비밀번호를 묻지 않아요.',
    who: '누구로 허용할까요?',
    may: '앱이 할 수 있는 일',
    allow: '앱 승인',
    cancel: '취소',
    pin: '이 번호를 앱에 적어 주세요',
    wrong: '문제가 생겼어요',
    wrongNote: '앱에 계정 접근을 허용할 수 없었어요. 돌아가서 다시 로그인해 주세요.',
  },
  en: {
    title: 'Allow the app soshik to access your account?',
    note: 'This is the X of the sandbox, not the real one: it asks for no password.',
    who: 'Who are you?',
    may: 'What the app may do',
    allow: 'Authorize app',
    cancel: 'Cancel',
    pin: 'Enter this PIN in the app',
    wrong: 'Something went wrong',
    wrongNote: 'You weren’t able to give access to the app. Go back and try logging in again.',
  },
} as const;

/** The page on which a person lets an app in; it works without JavaScript and posts to itself. */
export function consentPage({ language, accounts, chosen, scopes }: ConsentPageOptions): Markup {
  const text = texts[language];
  const body = html`<h1>${text.title}</h1>
<p>${text.note}</p>
<form method="post">
<fieldset><legend>${text.who}</legend>
${accounts.map(
  ({
    id,
    name,
    username,
  }) => html`<label><input type="radio" name="account" value="${id}" required${
    id === chosen ? html` checked` : ''
  }> ${name} <span>@${username}</span></label>
`,
)}</fieldset>
<h2>${text.may}</h2>
<p class="scopes">${scopes.join(' ')}</p>
<button name="decision" value="allow" class="main">${text.allow}</button>
<button name="decision" value="cancel" formnovalidate>${text.cancel}</button>
</form>`;
  return whole(language, text.title, body);
}

/** The page that tells a PIN to a person whose app has no callback address. */
export function pinPage(language: 'ko' | 'en', pin: string): Markup {
  const { pin: title } = texts[language];
  return whole(language, title, html`<h1>${title}</h1><p><code>${pin}</code></p>`);
}

/** What X shows when the app's request is wrong or too old; it tells no reason. */
export function wrongPage(language: 'ko' | 'en'): Markup {
  const { wrong, wrongNote } = texts[language];
  return whole(language, wrong, html`<h1>${wrong}</h1><p>${wrongNote}</p>`);
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
h2 { font-size: 1rem; }
fieldset { border: 1px solid #8888; border-radius: .75rem; padding: .5rem 1rem; }
label { display: block; padding: .5rem 0; }
span { opacity: .7; }
.scopes, code { font-family: ui-monospace, monospace; overflow-wrap: anywhere; }
code { font-size: 2rem; }
button { border: 1px solid #8888; border-radius: 99px; font: inherit; font-weight: 700; margin: .25rem 0; padding: .6rem 1rem; width: 100%; }
.main { background: #0b63c5; border-color: #0b63c5; color: #fff; }
</style>
</head>
<body><main>
${body}
</main></body>
</html>`;
}
