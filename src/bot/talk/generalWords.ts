import type { Phrasing } from './grammar/choose.ts';
import type { Words } from './grammar/utterance.ts';

/** What people say that asks for nothing. */
export const smallTalkWords: Words = {
  greeting:
    '별일, 별일 없, 별 일 없, 어이, 저기요 계세요, 저기요 안녕, 헤이, 헤이요, 안냐세요, 안냐, 안뇽하, 하이루, 올라, 봉주르, hola, bonjour, aloha, ello, hallo, g day, wazzup, 안녕, 안녕하세요, 안녕하십니까, 안뇽, 안녕하셔요, 안뇽하세요, 안냥, 하이, 하이요, 하이하이, 헬로, 헬로우, 헬롱, 할로, 방가, 방가방가, 방가워, 반가워, 반갑습니다, 반가워요, 반갑, 처음 뵙겠습니다, 처음 뵙, 굿모닝, 굿애프터눈, 굿이브닝, 좋은 아침, 좋은 아침이에요, 좋은 하루, 좋은 저녁, 좋은 오후, 잘 잤어, 잘 지냈어, 잘 지내, 오랜만, 오랜만이야, 누구 있어, 누구 있나요, 누구 없, 거기 있어, 거기 있어요, 거기 있나요, 거기 있니, 계세요, 계신가요, 있어요 거기, 거기 있, 여보세요, 똑똑, 저기요 계, ㅎㅇ, ㅎㅇㅎㅇ, ㅎ2, ㅎㅇ요, ㅇㄴ, 아녕, 안녕들, hi, hii, hello, helo, hey, heya, hiya, hey there, hi there, hello there, howdy, yo, sup, what s up, wassup, greetings, good morning, good afternoon, good evening, morning, mornin, gm, good day, how are you, how are you doing, how s it going, how do you do, how r u, nice to meet you, anyone there, anybody there, is anyone there, anybody home, you there, are you there',
  thanks:
    '캄사, 넘 고마워, 넘 감사, 고마잉, thanks a ton, thanks a million, thank you kindly, obliged, 고마워, 고마웡, 고마와, 고맙, 고맙습니다, 고마웠, 고마운, 감사, 감사해, 감사합니다, 감사드려, 감사드립니다, 감사했, 감사감사, 감삼다, 감사요, 땡큐, 땡쓰, 땡스, 쌩유, 생큐, 탱큐, 덕분에, 덕분이, 수고, 수고했어, 수고하셨, 수고해, 고생했, 고생하셨, ㄱㅅ, ㄳ, ㄱㅅㄱㅅ, ㄱㅅ요, ㄱㅁㅇ, thanks, thank, thank you, thank u, thank you so much, thx, thnx, tnx, ty, tysm, tyvm, cheers, appreciate, appreciate it, much appreciated, appreciated, thanks a lot, thanks a bunch, many thanks, grateful, merci',
  bye: '들어가 쉬, 나중에 보자, 나중에 보, 나중에 만나, 이제 갈래, 이제 가야, 갈래, 가야겠, 가야 해, 가봐야, 간다, 들어가세요, 들어가십시오, 퇴근한다, 퇴근할게, 자러 간다, catch you, im leaving, leaving now, off to bed, 수고하세요, 수고하십시오, 수고하세용, 수고해요, 잘 가, 잘 있어, 안녕히, 안녕히 계세요, 안녕히 가세요, 안녕히 주무세요, 다음에 봐, 다음에 봬요, 다음에 또, 나중에 봐, 나중에 봬, 또 봐, 또 봬, 또 만나, 또 올게, 또 보자, 내일 봐, 내일 봬, 이따 봐, 담에 봐, 바이, 바이바이, 빠이, 빠빠이, 빠이빠이, 굿바이, 굿나잇, 굿밤, 굿나잇이, 잘 자, 잘 자요, 좋은 밤, 좋은 꿈, 주무세요, 자러 갈게, 들어갈게, 가볼게, 갈게, 이만, 이만 갈게, 물러갈게, 다녀올게, ㅂㅂ, ㅂㅇ, ㅂ2, ㅃㅃ, ㅃ2, ㅂㅂㅇ, bye, bye bye, byee, goodbye, see you, see ya, see u, cya, cu, see you later, see you tomorrow, see you soon, later, laters, talk to you later, talk to you tomorrow, talk to you soon, talk soon, ttyl, good night, gn, nighty night, night, nite, take care, farewell, so long, gotta go, g2g, gtg, i m off, have a good one, have a nice day, catch you later, until next time, until tomorrow, im out, peace out',
  sorry:
    '딴 데 보낼, 다른 데 보낼, 딴 데 보냈, 다른 데 보냈, 미안, 미안해, 미안합니다, 미안하다, 미안요, 미안하네, 미안쓰, 죄송, 죄송해, 죄송합니다, 죄송함, 쏘리, 쏴리, 쏘리요, 실수, 실수했, 실수로, 실수야, 잘못 눌렀, 잘못 보냈, 잘못 말했, 잘못했, 용서, 용서해, 아이고 미안, ㅁㅇ, ㅈㅅ, ㅈㅅㅈㅅ, ㅈㅅㅇ, ㅁㅇㅁㅇ, sorry, so sorry, im sorry, my bad, my apologies, apologies, apologize, apologise, my mistake, my fault, oops, whoops, pardon, pardon me, excuse me, forgive me, didn t mean, i messed up, mistyped, wrong button, typo',
  compliment:
    '쓸 만하, 쓸 만해, 쓸 만한, 괜찮네, 제법, 물건이네, 일 잘, 너무 좋아요, 너무 좋아, 정말 좋아요, 진짜 좋아, 대박, 개꿀, 꿀이, 쩔, 오지, 끝내주, 끝내줘, 신박, 기가 막, 찰떡, 마음에 쏙, 좋습니다, 개좋, 완전 좋, 너무 좋, 진짜 좋, 정말 좋, dope, sick bot, lit, stellar, magnificent, outstanding, charming, delightful, 똑똑, 똑똑하, 똑똑해, 똑똑한, 똑띠, 영리, 귀엽, 귀여워, 귀여운, 귀요미, 커여워, 잘했어, 잘했, 잘한다, 잘하네, 잘하는, 참 잘했, 대단, 대단하, 대단해, 멋져, 멋지, 멋있, 멋진, 훌륭, 훌륭해, 최고, 최고야, 최고다, 짱, 짱이, 짱이다, 쩐다, 쩔어, 쩌네, 천재, 천재구나, 천재네, 기특, 착하, 착해, 착한, 사랑해, 사랑한다, 사랑스러, 좋아해, 마음에 들, 맘에 들, 맘에 든, 완벽, 완벽해, 굿, 굳, 굿굿, 굳굳, 굿잡, 나이스, 유용, 유용하, 유용해, 편하다, 편하네, 편리, 편리하, 신기, 신기하, 재밌, 재미있, 웃기, 예쁘, 예뻐, 이쁘, 이뻐, 칭찬, 칭찬해, 감동, 센스, 센스있, 믿음직, 든든, 좋다, 좋네, 좋은데, 좋구나, 좋은 봇, 잘 만들, ㄱㅇㅇ, 갓, 쵝오, 짱짱, 역시, great, you are great, you re great, good, good bot, good job, nice job, great job, well done, nice, nice one, nice work, good work, awesome, amazing, cool, brilliant, excellent, perfect, wonderful, fantastic, lovely, love, love this, love it, love you, i love you, smart, clever, intelligent, cute, adorable, sweet, genius, the best, best, you rock, rock, helpful, useful, impressive, impressed, beautiful, handy, superb, terrific, neat, wow, like you, like this, like it, like this bot, legend, hero, fun, funny, proud of you',
  insult:
    '느려, 느리네, 느리다, 느려터, too slow, so slow, 왤케, 왤케 못해, 왤케 못, 못 알아들, 말을 왜, 되는 게 없, 되는 게 하나도 없, 할 줄 아는 게 없, 말귀, 못쓰겠, 못 쓰겠, 못 알아듣, 알아듣지 못, 눈치 없, 바보, 멍청, 멍청이, 멍청한, 멍청해, 멍충, 멍충이, 등신, 병신, 븅신, 빙신, ㅂㅅ, ㅄ, 시발, 씨발, ㅅㅂ, ㅆㅂ, 씨바, 시바, 개새끼, 새끼, 미친, 미쳤, 꺼져, 닥쳐, 쓸모없, 쓸데없, 쓰레기, 답답, 답답해, 답답하, 짜증, 짜증나, 열받, 화나, 별로, 별로야, 별로네, 구려, 구리다, 구리네, 후졌, 후지다, 못하네, 못해, 못한다, 못 알아, 못생, 노답, 한심, 한심해, 한심하, 무능, 똥, 똥멍청이, 돌대가리, 돌머리, 놈, 자식, 녀석, 이상해, 이상하, 이상한 놈, 이따위, 왜 이래, 왜 이렇게, 재수없, 싫다 너, 실망, 실망이, 최악, 최악이, 허접, 허접해, 쪼다, 찐따, 죽어, 죽을래, 뒤져, 재미없, 노잼, stupid, dumb, idiot, idiotic, moron, fool, foolish, useless, worthless, pathetic, you suck, suck, sucks, this sucks, terrible, awful, horrible, worst, hate, hate you, i hate you, hate this, annoying, annoyed, bad bot, bad, shut up, garbage, trash, rubbish, crap, crappy, shit, shitty, bullshit, fuck, fucking, fuck you, damn, damn it, wtf, loser, lame, boring, ugly, ridiculous, broken, silly, disappointing, disappointed, not helpful, not working, incompetent, clueless, nonsense, sick of you, brainless',
};

/** Ornament of small talk: `너 진짜`, `you are so`. */
export const smallTalkOrnament: Words = {
  person:
    '뭐 이런, 이런, 저런, 그런, 다 있, 너, 넌, 너는, 네가, 니가, 너를, 널, 너희, 당신, 그쪽, 이놈, 저놈, 얘는, 쟤, 이 봇, 이거 왜, 왜, 참, 참으로, 완전, 엄청, 개, 겁나, 존나, 꽤, 매우, 무척, 되게, 정말로, 진심, 진심으로, 항상, 늘, 언제나, 많이, 이렇게, 그렇게, 저렇게, 하냐, 같아, 같은, 같으니, 같이 생, 놈아, 하루, 보내세요, 되세요, 저녁, 밤, 오늘도, 오늘은, 잘 봤, 잘 봤어, 잘 썼, 잘 쓸게, 잘 쓰, 도움이 됐, 도움됐, 알려줘서, 해줘서, 가르쳐줘서, 도와줘서, 너무너무, 친구, 친구야, 아가, 늦게, 늦어, they, they re, you re, he, she, why, such, what a, so so, totally, super, extremely, pretty, quite, bit of, ever, always, job, bot you, day, night, friend, buddy, bro, man, dude, mate, everyone, guys, all day, today, for the help, for your help, for everything, for that, for telling, for being, help, work, working, have, had, keep, about that, about it, the trouble, bothering, late, again, at all, really really, were, made, think, feel, looks, look, sound, sounds, reply',
};

const TALK = 'person mine all new is how both only';
/** What makes a request of a text: the small talk in it is said on the way. */
const ASKS = 'show what';

/** A greeting often comes before a request. */
const opening = (concept: string, more = ''): readonly Phrasing[] => [
  { says: [concept], with: `${TALK} show want ${more}`, not: 'bye' },
];

/** Thanks and goodbyes may name a day or a meal, unless they ask for it too. */
const closing = (concept: string, more = ''): readonly Phrasing[] => [
  { says: [concept], with: `${TALK} day meal want ${more}`, not: ASKS },
  { says: [concept], with: `${TALK} ${more}` },
];

/** Praise and blame may be about anything: what they are about must be the bot. */
const judging = (concept: string, more = ''): readonly Phrasing[] => [
  { says: [concept], with: `${TALK} show want ${more}`, isAlone: true },
];

/** How each kind of small talk is recognised. */
export const smallTalkPhrasings = {
  greeting: opening('greeting'),
  thanks: closing('thanks', 'compliment help'),
  bye: closing('bye', 'thanks'),
  sorry: opening('sorry', 'cancel'),
  compliment: judging('compliment', 'yes'),
  insult: judging('insult', 'not no'),
} as const;

/** Words of what the bot itself offers, whatever its features are. */
export const generalWords: Words = {
  help: '누가 만들, 만든 사람, who made you, who built you, gpt, 챗봇, 뭐라고 쳐, 뭘 쳐, 뭐 쳐, 뭐라고 입력, 뭐 입력, 뭘 입력, 뭐라고 적어, 뭐라고 써야, 뭘 받아볼 수, 뭘 받을 수, 받아볼 수 있는, 받을 수 있는 거, what to type, what to say, what to ask, what to write, what can i type, what should i type, what do i type, 무슨 채널, 뭐하는 채널, 어떤 채널, 첫 화면으로, 홈으로 가, 홈으로 돌아가, 처음으로 가, 처음으로 돌아가, 여쭤봐도, 여쭤보, 도와주실, 시킬 수, 뭘 시키, 어찌 쓰는, 우째 쓰는, wats this, 뭘 해주는, 해주는 곳, 사용 설명서, 쓸 수 있는 법, 챗지피티, 지피티, chatgpt, 처음 화면, 첫 화면, 처음 화면으로 돌아가, 소식이가 뭐, 눌러야 돼, 눌러야 되, 뭘 눌러, 너 ai, ai야, 인공지능이, 로봇이, 사람이야, 사람이에요, 진짜 사람, are you a bot, are you ai, are you an ai, are you human, are you real, halp, 할 수 있어요, 할 수 있나요, 할 수 있죠, 할 수 있는지, 할 수 있습니까, 할 줄 아나요, 물어봐야, 걸 물어, 뭘 물어, does it all work, how it all works, 이용하면, 이용하려면, 이용하는, 사용하면, 사용하려면, 쓰려면, 쓰면 돼, 쓰면 되, 첨인데, 첨이, 처음인, 첨 왔, 첨 써, 무엇을 하는, 뭘 하는, 뭐를 하는, 하는 봇이, 뭐뭐 되는, 뭐뭐 돼, 뭐 되는지, 되는 거 뭐, 소식이 뭐야, talk to you, use you, use this, use it, use the bot, what is soshik, what s soshik, who is soshik, this bot work, this work, this thing work, bot works, kind of things can you, things can you tell, what things can, 뭐하는 데, 뭐하는 곳, 뭘 말해, 뭐 말해, 뭐라고 말하, 뭐라고 말해, 무슨 말을 해, 무슨 말 하면, 어떤 말을 알아, 무슨 말을 알아, 어떻게 해야, 어떻게 하면, 어떻게 하는, 어찌 하, 어케 하는, 어케 해, 하나도 모르, 아무것도 모르, 아무것도 모르겠, 잘 모르겠, 모르겠다, 봇 소개, 네 소개, 너 소개, 자기소개, 이거 뭐야, 이거 뭐임, 이거 뭐, 이게 뭐야, 이게 뭐임, 이게 뭐, 이건 뭐야, 이건 뭐, 정체가 뭐, what can you tell, what do i say, what do i do, idea what to do, tips, man page, walkthrough, onboarding, 도움말, 도움, 도움요청, 도와, 도와줘, 도와주, 도와달라, 도울, 사용법, 사용방법, 사용법 안내, 쓰는 법, 쓰는 방법, 쓰는 거, 어떻게 써, 어떻게 쓰, 어떻게 씀, 어케 써, 어케 쓰, 어케 씀, 어케 사용, 어캐 써, 어캐 쓰, 어떻게 사용, 이용법, 이용방법, 매뉴얼, 메뉴얼, 매뉴얼좀, 가이드, 안내, 설명, 설명해, 설명서, 명령어, 명령, 커맨드, 기능, 홈, 홈으로, 시작, 시작하기, 시작할래, 시작하자, 처음, 처음으로, 처음이, 처음인데, 처음 왔, 처음 써, 처음 사용, 초보, 뉴비, 뭐부터, 무엇부터, 뭘부터, 어디서부터, 할 수 있어, 할 수 있는, 할 수 있나, 할 수 있니, 할 줄 알아, 할 줄 아, 물어볼 수, 물어보면, 뭘 할, 뭐 할, 무엇을 할, 뭘 할 수, 뭐 할 수, 무엇을 할 수, 뭘 할 수 있는, 뭐하는, 뭐 하는 애, 하는 애, 뭐하는거, 뭐하는 봇, 뭘 하면, 뭐 하면, 무엇을 하면, 어떻게 하면 돼, 뭘 해줄 수, 뭐 해줄 수, 어떤 걸 해, 어떤 거 해, 뭘 도와줄, 뭐 도와줄, 무슨 봇, 어떤 봇, 뭔 봇, 뭐 해줘, 뭘 해줘, 뭐 해 줄, 뭘 해 줄, 누구야, 누구니, 누구세요, 누구냐, 정체, 정체가, 이름이 뭐, 뭐가 돼, 뭐가 되, 뭐 돼, 튜토리얼, 스타트, 헬프, 헬프미, 핼프, 모르겠어, 모르겠, 모르겠는데, 어려워, 헷갈려, ㄷㅇㅁ, ㄷㅇ, help, help me, helpp, start, guide, manual, commands, command, instructions, how to use, how do i use, how can i use, how does this work, how does it work, how it works, how this works, what can you do, what do you do, what can u do, what you can do, what can i do, what can i ask, what can i say, what should i say, what should i do, where do i start, where do i begin, where to start, how do i start, how to start, get started, getting started, begin, my options, what are my options, features, functions, functionality, tutorial, usage, home, what does this bot do, what does this do, what does it do, what can this bot do, what can it do, what else can you do, what else do you do, what do you guys do, what is this bot, what s this bot, what is it for, what s it for, what are you for, what bot is this, what is this for, who are you, what are you, what is this, what s this, new here, first time, beginner, explain, explain yourself, introduce yourself, support, assist, assistance, lost, confused, i don t understand, capabilities, able to do, abilities, what do you offer, offer',
  leave:
    'forget what you know about me, delete what you know about me, erase what you know about me, forget all about me, forget all of me, forget me please, erase all about me, delete all about me, 내 기록 지워, 내 흔적 지워, 탈퇴, 탈퇴하기, 탈퇴시켜, 탈퇴할, 회원탈퇴, 계정 삭제, 계정 지워, 계정 없애, 정보 삭제, 데이터 삭제, 나를 잊어, 날 잊어, 나 잊어, 저를 잊어, 잊어줘, 나 지워, 나를 지워, 날 지워, forget me, forget about me, delete me, erase me, remove me, wipe me, delete my account, close my account, remove my account, cancel my account, delete my data, erase my data, wipe my data, delete all my data, erase all my data, forget everything, forget everything about me, delete everything about me, delete account, unregister, unregister me, close account, delete my profile, delete my info',
  fetch: '결과 보기, 결과 보여, 결과, show the answer, show me the answer, the answer, show answer',
  owner: '주인, owner',
  why: '왜, 왜 안, 어째서, why, how come',
  receiving:
    '받고 있, 받는 중, 받는 거, 켜져 있, 켜진, 켜져, turned on, switched on, receiving, do i get',
};

const FILL =
  'what is want how show mine new please person say all both only count more repo alert list data status';

/** How the bot's own intents are recognised. */
export const generalPhrasings = {
  help: [{ says: ['help'], with: FILL, not: 'address name' }],
  forget: [
    {
      says: ['leave', 'data remove', 'data remove mine all', 'data off all'],
      with: 'mine all data remove want',
    },
  ],
  'fetch-answer': [{ says: ['fetch'], with: 'show' }],
  language: [
    {
      says: ['lang'],
      with: 'say show want is how change please mine person unable only count',
      not: 'address',
      isAlone: true,
    },
  ],
  undo: [
    {
      says: ['undo', 'just undo', 'just cancel|remove'],
      with: 'cancel off remove again on mine person just',
    },
    // `아니 그거 말고 두 번째`, right after the first one was done.
    { says: ['no instead ordinal', 'no instead name'], with: 'not' },
  ],
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
      not: 'why',
    },
  ],
  alerts: [
    {
      says: [
        'alert',
        'alert what|list|show|is|mine|on|want',
        'alert receiving',
        'receiving what',
        'alert on show',
      ],
      with: 'what is show mine how on want list all person receiving alert',
      not: 'news off remove',
    },
    // `왜 알림 안 와?`
    { says: ['why alert', 'why alert not|off'], with: 'mine all person show is what how' },
  ],
  yes: [{ says: ['yes'], with: 'show want is person' }],
  no: [
    { says: ['no'], with: 'want is person' },
    // `알림 끄지 마`: all stays as it is.
    {
      says: ['keep'],
      with: 'want is person all number ordinal name address alert watch repo menu meal netflix stage feed',
    },
  ],
  cancel: [{ says: ['cancel'], with: 'want is person no', not: 'alert' }],
} as const satisfies Readonly<Record<string, readonly Phrasing[]>>;
