import type { Hearing } from './hear/choose.ts';
import type { Words } from './hear/lexicon.ts';

/** Words of what the bot itself offers, whatever its features are. */
export const generalWords: Words = {
  help: '도움말, 도움, 도움요청, 도와, 도와줘, 도와주, 도와달라, 도울, 사용법, 사용방법, 사용 방법, 사용법 안내, 사용법안내, 쓰는 법, 쓰는법, 쓰는 방법, 쓰는 거, 쓰는거, 어떻게 써, 어떻게 쓰, 어떻게 사용, 이용법, 이용방법, 이용 방법, 매뉴얼, 메뉴얼, 매뉴얼좀, 가이드, 안내, 설명, 설명해, 설명서, 명령어, 명령, 커맨드, 기능, 홈, 홈으로, 시작, 시작하기, 시작할래, 시작하자, 처음, 처음으로, 처음이, 처음인데, 처음 왔, 처음 써, 처음 사용, 초보, 뉴비, 뭐부터, 무엇부터, 뭘부터, 어디서부터, 할 수 있어, 할수있어, 할 수 있는, 할수있는, 할 수 있나, 할 수 있니, 할 줄 알아, 할줄알아, 할 줄 아, 물어볼 수, 물어볼수, 물어보면, 뭘 할, 뭐 할, 무엇을 할, 뭘 할 수, 뭐 할 수, 무엇을 할 수, 뭘 할 수 있는, 뭐하는, 뭐 하는, 뭐 하는 애, 뭐하는 애, 하는 애, 뭐하는거, 뭐하는 봇, 누구야, 누구니, 누구세요, 누구냐, 정체, 정체가, 이름이 뭐, 뭐가 돼, 뭐가 되, 뭐 돼, 튜토리얼, 스타트, 헬프, 헬프미, 핼프, 모르겠어, 모르겠, 모르겠는데, 어려워, 헷갈려, ㄷㅇㅁ, ㄷㅇ, help, help me, helpp, start, guide, manual, commands, command, instructions, how to use, how do i use, how can i use, how does this work, how does it work, how it works, how this works, what can you do, what do you do, what can u do, what you can do, what can i do, what can i ask, what can i say, what should i say, what should i do, where do i start, where do i begin, where to start, how do i start, how to start, get started, getting started, begin, my options, what are my options, features, functions, functionality, tutorial, usage, home, who are you, what are you, what is this, what s this, whats this, new here, first time, beginner, explain, explain yourself, introduce yourself, support, assist, assistance, lost, confused, i don t understand, capabilities, able to do, abilities, what do you offer, offer',
  leave:
    '탈퇴, 탈퇴하기, 탈퇴시켜, 탈퇴할, 회원탈퇴, 회원 탈퇴, 계정 삭제, 계정삭제, 계정 지워, 계정 없애, 정보 삭제, 데이터 삭제, 나를 잊어, 날 잊어, 나 잊어, 저를 잊어, 잊어줘, 나 지워, 나를 지워, 날 지워, forget me, forget about me, delete me, erase me, remove me, wipe me, delete my account, close my account, remove my account, cancel my account, delete my data, erase my data, wipe my data, delete all my data, erase all my data, forget everything, forget everything about me, delete everything about me, delete account, unregister, unregister me, close account, delete my profile, delete my info',
  fetch:
    '결과 보기, 결과보기, 결과 보여, 결과, show the answer, show me the answer, the answer, show answer',
  owner: '주인, owner',
};

const FILL =
  'what is want how show mine new please person say all only count more repo alert list data status';

/** How the bot's own intents are heard. */
export const generalHears = {
  help: [{ says: ['help'], with: FILL, not: 'address name' }],
  forget: [
    {
      says: ['leave', 'data remove', 'data remove mine all', 'data off all'],
      with: 'mine all data remove want',
    },
  ],
  'fetch-answer': [{ says: ['fetch'], with: 'show' }],
  language: [
    { says: ['lang'], with: 'say show want is how change please mine person', not: 'address' },
  ],
  undo: [{ says: ['undo'], with: 'cancel off remove again on mine person' }],
  more: [{ says: ['more'], with: 'show is what want count number' }],
  'alerts-off': [
    {
      says: [
        'alert off',
        'alert not',
        'alert pause',
        'alert cancel',
        'alert remove',
        'off',
        'off all alert',
        'pause',
      ],
      with: 'mine all show want again person',
    },
  ],
  yes: [{ says: ['yes'], with: 'show want is person' }],
  no: [{ says: ['no'], with: 'want is person' }],
  cancel: [{ says: ['cancel'], with: 'want is person no', not: 'alert' }],
} as const satisfies Readonly<Record<string, readonly Hearing[]>>;
