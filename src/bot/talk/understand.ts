import type { Person } from '../../store/people.ts';
import type { Bot } from '../context.ts';
import { generalWords, smallTalkOrnament, smallTalkWords } from './generalWords.ts';
import { choose } from './grammar/choose.ts';
import { parse } from './grammar/parse.ts';
import { createLexicon, type Lexicon, type Utterance, type Words } from './grammar/utterance.ts';
import { lastAnswer } from './state.ts';
import type { Intent, Vocabulary } from './types.ts';

/** Said behind what alone is left out: `1번 빼고 다`. */
const ALL_BUT =
  '빼고 다, 빼고 전부, 빼고 모두, 말고 다, 말고 전부, 말고 모두, 제외하고 다, 제외하고 전부, everything except, all except, everything but, all but';

/** Said of what is to stay when the others go. */
const STAYS =
  '남기고, 남겨두고, 남겨, 남겨줘, 남길래, 남기자, 남겨놔, 냅두고, should stay, to stay, keep only, leave only, only keep';

/** Words that belong to no feature: how people ask, agree, count days and speak of what is theirs. */
const sharedWords: Words = {
  filler: [
    '이번 달, 이번달, 이달, this month, 에휴, 이따, 더 이상, 더이상, exactly, basically, literally, precisely, honestly, 대체, 도대체, 대관절, 넘, 앞으로, 앞으론, 이제부터, 지금부터, 오늘부터, 뭔가, 그니까, 그러니까, 암튼, 여튼, 어쨌든, 좀, 쫌, 쪼금, 조금, 그, 저, 제, 저기, 저기요, 음, 어, 아, 앗, 오, 와, 우와, 헐, 흠, 그냥, 혹시, 이제, 이젠, 지금, 요즘, 요새, 최근에, 한번, 일단, 그럼, 그러면, 그리고, 근데, 그런데, 아무튼, 진짜, 정말, 너무, 아주, 제발, 빨리, 얼른, 당장, 바로바로, 심심한데, 심심해, 배고픈데, 그 뭐야, 그 뭐냐, 뭐냐, 뭐더라, 뭐지, 있잖아, 말이야, 말이지, 이거, 그거, 저거, 이것, 그것, 것, 거, 걸, 게, 건, 이걸로, 그걸로, 이걸, 그걸, 때, 쪽, 분, 님, 소식아, 봇아, 봇, 여기, 여기서, 거기, 어디, 어디서, 어디에서, 어디로, 아직, 다들, 우리, 이, 에, 에서, 의, 을, 를, 은, 는, 로, 으로, 라고, 이라고, 라는, 이라는, 하고, 랑, 이랑, 과, 요, 이요, 이번, 것들, 정도, 대해, 대해서, 관련, 관해, 관한, 부탁, 부탁드려, 부탁드립니다, 감사, 플리즈, 플리스, 될까, 되나, 하면, 하면 돼, 하면 되나요, 돼, 되는지, 되나요, 돼요, 괜찮으면, 가능, 가능해, 가능한가요, 된, 되는, 얘, 야, 해서, 해 주, 줄래, 줄 수',
    'a, an, gets, getting, either, them, those ones, the, to, of, they, have, has, for, in, at, it, its, s, and, then, just now, so, well, um, uh, er, oh, ok so, hmm, hey bot, bot, soshik, right now, now, for me, here, there, with, by, from, that, this, these, those, or, but, kindly, maybe, actually, also, too, really, very, much, quick, quickly, again please, kind of, sort of, some, bit, ones, thing, things, stuff, up, out, about, around, into, via, let, lets, us, we, you, your, u, ur, am, im, i, ve, d, ll, got, for a while, while, any chance, asap, as well, been, be, should, shall, must, ought',
  ].join(','),
  please:
    'ㄱㄱ, 고고, ㄱㄱㄱ, ㄱ, 가즈아, ㅂㅌ, 부탁해, 부탁해요, 부탁이야, 여쭤봐도 될까요, 물어봐도 될까요, 물어봐도 돼, 해, 해줘, 해주세요, 해라, 해봐, 하자, 줘, 주세요, 주세용, 주라, 주십시오, 바랍니다, 바래, 할 수, 수, 있어, 있니, 있나, 있나요, 있을까, 있을까요, 봐, 봐봐, please, pls, plz, plese, could you, can you, would you, will you, could, can, would, may, mind, do me a favor, go ahead',
  want: '싶어, 싶은데, 싶다, 싶어요, 싶습니다, 싶음, 고파, 고 싶어, 하고 싶어, 하고 싶은데, 하고파, 할래, 할게, 할께, 할까, 할래요, 하려고, 하려면, 하려구, 할 거야, 원해, 원합니다, 필요해, 필요한데, 받을래, 받고 싶어, 받고 싶은데, 받아볼래, 받아보고 싶어, 받을 수, 받으려면, 볼래, 보고 싶어, 보고 싶은데, 보고파, want, wanna, i want, want to, would like, d like, like to, id like, need, wish, get, receive, gimme, give, looking for, interested',
  show: '던져, 보여, 보이, 보여줘, 보기, 알려, 알려줘, 알려주, 알려달라, 알고 싶어, 들려, 말해, 말씀해, 이야기해, 얘기해, 가르쳐, 갈쳐, 추천, 추천해, 확인, 확인하, 조회, 체크, 궁금, 궁금해, 궁금한데, 보내, 보내줘, 보낼, 전송, 띄워, 뽑아, 골라, 들려줘, 불러와, 나열, 정리해, 안내해, 소개해, 소개, 정보, 내용, show, show me, tell, tell me, give me, send, send me, see, view, check, display, let me see, let me know, know, find, look, look up, print, share, read, info, information, details, recommend, hear',
  what: '뭐 하는, 뭐 하는 거, 뭐 해, 뭐, 뭘, 뭔, 머, 모, 뭐가, 뭐야, 뭐임, 뭐에요, 뭐예요, 모야, 머야, 뭐니, 뭐냐, 뭐지, 뭐뭐, 무엇, 무슨, 어떤, 어느, 뭐였, 뭐라, 언제, 몇, what, whats, which, when, wat, wut',
  is: '했지, 했더라, 했었, 함, 해요 지금, will be, will there be, gonna, going to, released, out soon, 예정, 하는, 하는 거, 하는 게, 하는 것, 하는지, 있어, 있어요, 있나, 있나요, 있니, 있는지, 있을까, 있음, 있냐, 있는, 있습니까, 없어, 없나, 없나요, 없니, 나와, 나오, 나온, 나올, 나왔, 나옴, 나오는, 올라와, 올라오, 올라온, 올라올, 올라왔, 생겨, 생겼, 떴, 뜨, is, are, was, do, does, did, there, is there, are there, s there, any, anything, something, everything on, coming, come, comes, coming out, comes out, upcoming, playing, now playing, showing, running, going, going on, happening, happened, on',
  how: '어때, 어떄, 어떤지, 어떻게, 어떠, 어떻, 어찌, 어케, 됐어, 되었, 되가, 되고, 됐나, how, how s, how is, how are, doing, going',
  new: 'soon, 곧, 조만간, 신상, 따끈따끈, fresh, brand new, 새, 새로, 새로운, 새로 나온, 새로 나오는, 신규, 최신, 최근, new, newest, latest, recent, recently, lately',
  more: '더, 또, 하나 더, 한 개 더, 하나만 더, 다른, 다른 거, 딴거, 계속, 이어서, 나머지, 나머지도, 더 보기, 더 보여, 더 알려, 더 없어, 다음 거, 다음 페이지, 그다음, 추가로, 또 없어, 앵콜, more, another, another one, one more, else, what else, anything else, next, next page, next one, rest, the rest, others, again, keep going, continue list, remaining, additional',
  again: '다시, 재차, again',
  // Said behind what is not to be done, and between what is not meant and what is.
  forbid: '하지 마, 지 마, 하지 말, 지 말, 안 할래, 안 할게, 안 할 거야',
  keep: 'don t remove, don t delete, don t unwatch, don t unsubscribe, don t stop, don t pause, don t turn off, dont remove, dont delete, dont unwatch, dont stop, do not remove, do not delete, do not stop',
  except: `${ALL_BUT}, ${STAYS}`,
  // `lab만 남겨`: said alone it means the others too.
  stay: STAYS,
  instead:
    '말고, 말구, 말고는, 하지 말고, 지 말고, 대신, 대신에, 아니고, 아니구, 아니라, 그게 아니라, 그거 아니고, 그게 아니고',
  // One for another.
  swap: '빼고, 빼구, 넣고, put in, 대신, 대신에, 맞바꿔, 맞바꾸, 갈아타, 교체, swap, replace, exchange, trade, switch, instead, instead of, in place of, rather than',
  // Of what was said or done before.
  mistaken:
    '앗차, 아차, 잘못, 잘못 말했, 잘못 골랐, 잘못 눌렀, 실수, 그게 아니라, 그게 아니고, i meant, i mean, meant, wrong, wrong one, oops, whoops',
  wait: '잠깐, 잠깐만, 잠시만, wait, hold on',
  mine: '내꺼, 내거, 내껀, 제꺼, 제거, 나의 것, 내, 내가, 나의, 나, 나는, 난, 제, 제가, 저의, 저, my, mine, me, i',
  all: `${ALL_BUT}, ${STAYS}, 전부, 전부다, 모두, 모두다, 다, 싹, 싹다, 몽땅, 전체, 일괄, 모든, 둘 다, 두 개 다, 셋 다, 세 개 다, all, both, both of them, all of them, the lot, everything, every one, all of it, them all, entire, each`,
  only: '만, 오직, 뿐, only, just, solely',
  both: '둘 다, 두개 다, 둘, 다 알려, 같이, 함께, 모두 다, both',
  on: 'turn it on, turn them on, 켜, 켜기, 켜줘, 켤래, 켜고, 키기, 켜짐, 켤, 킬래, 온, 받기, 받을래, 받고 싶어, 받을게, 받아, 신청, 신청할, 활성화, 보내줘, 보내 주, 온으로, on, turn on, switch on, enable, activate, start sending',
  off: '싶지 않, 싶지 않아, 고 싶지 않, 원하지 않, 원치 않, 받지 않, 알리지 않, turn it off, turn them off, shut it off, 그만할래, 그만할래요, 그만할게, 그만할게요, 그만하고 싶, 그만할, 그만하, 안 보내, 안 알려, 안 줘도, 안 와도, 보내지 않, 꺼, 꺼줘, 끄기, 끄, 끌래, 끌게, 끈다, 꺼라, 끔, 오프, 그만, 그만해, 그만 보내, 그만 받, 그만 알려, 그만둬, 중단, 중지, 해제, 해지, 안 받을래, 안 받아, 안받, 안 받고 싶어, 받기 싫어, 필요 없어, 필요없, 거절, 끊, 보내지 마, 보내지 말, 알리지 마, 차단, 비활성화, 그만 와, off, turn off, switch off, disable, stop, stop sending, no more, quit, end, deactivate, dont send',
  not: '싶지 않, 싶지 않아, 고 싶지 않, 원하지 않, 원치 않, 받지 않, 알리지 않, 보지 않, rather not, 빼고 다, 빼고 전부, 빼고 모두, 말고 다, 말고 전부, 말고 모두, 제외하고 다, 제외하고 전부, all except, everything except, 안 할래, 안 할게, 안 해, 안, 못, 말고, 말구, 빼고, 빼줘, 빼, 뺴, 빼주, 제외, 제외하, 없이, 무시, 싫어, 하지 마, 지 마, 말아, no, not, dont, do not, without, except, exclude, excluding, skip, ignore, hide, leave out, drop, omit, never, minus, isn t, doesn t',
  include: '포함, 포함해, 포함하, 넣어, 넣, include, including, show also, incl',
  // Of a language: `한국말 못해`.
  unable:
    'i don t understand, i can t read, i can t understand, 못해, 못하, 못합, 못 읽, 못 알아, 못 알아들, 몰라, 모르, 모릅, 서툴, 서툰, don t speak, don t understand, don t know, don t read, can t speak, can t read, can t understand, cannot speak, cannot read, cannot understand, not good at',
  yes: '그러든가, 그러든지, 그러시든가, 그러시든지, 그러죠, 그러지 뭐, 그러렴, 그래라, go ahead, proceed, by all means, why not, ㄱㄱ, 고고, 가즈아, 하모, 하모요, 암요, 네, 넵, 넹, 넴, 네네, 넵넵, 녜, 예, 예스, 옙, 옛, 응, 응응, 웅, 웅웅, 엉, 어어, 그래, 그래요, 그럼요, 그렇지, 그러자, 그러세요, 그렇게 해, 그렇게, 맞아, 맞아요, 맞습니다, 좋아, 좋아요, 좋습니다, 오케이, 오키, 오케, 옥케이, 콜, ㅇㅇ, ㅇ, ㅇㅋ, ㅇㅋㅇㅋ, ㅔ, 당연, 당연하지, 당연히, 물론, 물론이지, 확실해, 확인했, 진행해, 해도 돼, 지워도 돼, 알겠어, 알겠습니다, yes, yes please, yeah, yea, yep, yup, ya, y, sure, ok, okay, okey, kk, of course, right, correct, absolutely, definitely, do it, go for it, confirm, confirmed, affirmative, certainly, fine, please do',
  no: '아니, 아니요, 아니오, 아뇨, 아냐, 아니야, 아니에요, 아닙니다, 안돼, 노노, 놉, ㄴㄴ, ㄴ, 싫어, 싫어요, 싫은데, 싫다, 안 해, 안 할래, 안 할게, 안 할래요, 안 합니다, 안 지워, 지우지 마, 하지 마, 그러지 마, 필요 없어, 됐어, 됐어요, 됐습니다, 됐고, 괜찮아, 괜찮아요, 괜찮습니다, 관둬, 아직 아니, no, nope, nah, nay, no thanks, no thank you, not now, no way, not really, don t, never, negative, n',
  cancel:
    'on second thought, on second thoughts, 생각해 볼, 생각해 보, 생각 좀, 생각 중, 고민, let me think, think about it, not yet, not sure, 취소, 그냥 둘, 놔둘, 냅둘, 그대로 둘, 그대로 둬, leave them, leave both, keep them, keep both, 아무것도 안, 안 뺄, 안 지울, 그냥 둬, 그냥 놔둬, 놔둬, 냅둬, 내버려 둬, 그만, 그만둬, 그만둘, 그만둘래, 그만할, 그만하, 그만할래, 관둘래, 됐어, 됐다, 됐고, 안 할래, 안 할게, 안 해, 나중에, 나중에 할게, 다음에 할게, 담에, 이따가, 다음에, 잠깐, 잠깐만, 없던 걸로, 없던 일로, 잊어, 무르기, 중단, 중지, 처음으로 돌아, 패스할게, cancel, cancel it, stop, stop it, quit, abort, exit, never mind, nvm, forget it, forget about it, leave it, skip it all, later, maybe later, not now, no thanks, changed my mind, wait, hold on, drop it, enough, back',
  skip: '건너뛰기, 건너뛰, 스킵, 패스, 그대로, 기본, 기본으로, 기본값, 원래대로, 필요 없어, 필요없, 없어, 없음, 없이, 없어도, 안 정할래, 아무거나, 알아서, 별명 없이, 별명 필요 없어, 별명 없어, 이름 없이, skip, default, no nickname, none, without a nickname, no name, as is, whatever, same name, original name, the original name, original, the original, repo name, the repo name, repository name, own name, its own name, keep the name, 원래 이름, 원래 이름으로, 저장소 이름, 저장소 이름으로, 레포 이름, 이름 그대로, 그 이름 그대로, keep it, leave it as is, no need',
  just: '방금, 방금 한, 방금 그, 아까, 아까 한, 아까 그',
  undo: '방금 한 거 되돌려, 방금 한 거 취소, 되돌려놔, 다시 돌려놔, 돌려놔, 취소한 거 다시, 되돌리기, 되돌려, 되돌리, 원래대로, 원상복구, 복구, 복구해, 살려, 되살려, 취소한 거 취소, 방금 거 취소, 방금 취소, 실행 취소, 무르기, 물러, undo, take it back, take that back, revert, bring it back, restore, put it back, roll back',
  'day=0': '오늘꺼, 오늘거, 오늘치, 오늘자, 오늘, 오늘의, 금일, today, todays, tonight',
  'day=1':
    '내일꺼, 내일거, 낼꺼, 내일치, 다음날, 내일, 낼, 내일자, 명일, 익일, tomorrow, 2morrow, 2moro, tomorrows, tmrw, tmr, tomorow, tommorow',
  'day=2':
    '모레꺼, 모레거, 모레, 모래, 낼모레, 내일모레, 낼모래, 내일모래, day after tomorrow, overmorrow',
  'day=3': '글피, 그글피, three days from now, in three days',
  'day=-1': '어제꺼, 어제거, 어제, 어저께, 전날, yesterday, yesterdays',
  'day=-3': '그그저께, 그끄저께, 그그제, three days ago',
  'day=-2': '그저께꺼, 엊그제꺼, 그제, 그저께, 엊그제, 엊그저께, day before yesterday',
  'day=date:12-25': '크리스마스, 성탄절, christmas, xmas',
  'day=date:12-24': '크리스마스 이브, 성탄 전야, christmas eve',
  'day=sun': '일요일, 일욜, sunday, sun, sundays',
  'day=mon': '월요일, 월욜, monday, mon, mondays',
  'day=tue': '화요일, 화욜, tuesday, tue, tues, tuesdays',
  'day=wed': '수요일, 수욜, wednesday, wed, wednesdays',
  'day=thu': '목요일, 목욜, thursday, thu, thur, thurs, thursdays',
  'day=fri': '금요일, 금욜, 불금, friday, fri, fridays',
  'day=sat': '토요일, 토욜, saturday, sat, saturdays',
  'day=weekend': '주말, weekend, weekends',
  'week=0':
    '이번주꺼, 이번주거, 이번주, 금주, 요번주, 이번 한 주, 주간, 일주일, 일주일치, 한 주, 1주일, 이주, this week, this weeks, week, weekly, the week, whole week, all week, of the week, week s',
  'week=1':
    '다음주꺼, 다음주거, 담주꺼, 담주거, 다음주, 담주, 차주, 다음주치, 내주, next week, next weeks, the coming week',
  'week=2': '다다음주, 다다음 주, 다담주, the week after next, week after next',
  'week=-2': '지지난주, 저저번주, the week before last, week before last',
  last: '지난, 저번, 지난번, last, previous',
  'week=-1': '지난주, 저번주, last week, last weeks',
  next: '다음, 담, 이다음, next',
  alert:
    '알림, 알람, 알림이, 알림을, 푸시, 소식, 새소식, 노티, 통보, alert, alerts, alarm, alarms, notification, notifications, notify, notify me, notifs, updates, news, digest, reminder, reminders, message me, ping me',
  // A question for news wants to see it; other alerts come by themselves.
  news: '소식, 새소식, 근황, news, updates',
  notify:
    '알림 해줘, 알림 해주세요, 알림 부탁, notify me, ping me, message me, text me, dm me, remind me, alert me, keep me posted, keep me updated, let me know when, tell me when',
  daily:
    '점심때마다, 저녁때마다, 식사 때마다, 매일 점심, 점심마다, 저녁마다, 끼니마다, 매끼, 매 끼니, 매일 저녁, every lunch, every evening, every dinner, 매일, 날마다, 하루에 한 번, 하루 한 번, 하루 1번, 하루에 1번, 일일, 하루치, daily, every day, each day, once a day, per day, every morning, 매일매일, 매일 아침, 아침마다',
  weekly: '매주, 주마다, 일주일에 한 번, every week, each week',
  nick: '별명, 닉네임, 이름, 별칭, 닉, 호칭, nickname, nick, name, named, alias, called, call it, name it',
  call: '불러, 부를, 부르, 불러줘, 부를래, 부르자, 불러라, call, 라고 불러, 이라고 불러, 라고 하자, 로 하자',
  change:
    '지을래, 지을게, 바꿔, 바꾸, 바꿀, 바꾸기, 바꿔줘, 변경, 변경해, 수정, 고쳐, 교체, 바꿈, change, edit, modify, update, set to, switch, alter',
  data: '나에 대한, 나에 관한, 저에 대한, 저에 관한, 내 흔적, 정보, 데이터, 개인정보, 기록, 자료, 내용, 계정, 아이디, 회원, 대화, data, account, info, information, history, everything about me, all about me, everything you know about me, all you know about me, everything you have on me, my stuff, profile, records, chats',
  kakao:
    '카톡 메시지, 카카오톡 메시지, kakao messages, kakao message, kakaotalk messages, kakaotalk message, 카카오톡, 카톡, 카카오, 카카오계정, 깨톡, kakao, kakaotalk, katalk, kakao account',
  'lang=en': '영어, 영어로, 영문, 영문으로, 잉글리시, 잉글리쉬, 영어모드, english, eng, 영어 버전',
  'lang=ko':
    '한국어, 한국어로, 한글, 한글로, 한국말, 한국말로, 우리말, 국어, 코리안, korean, hangul, hangeul, 한국어 모드',
  say: '할 줄 알아, 할 줄 아, 말해, 말하, 말씀, 말로, 얘기해, 이야기해, 대화, 대화하, 대답, 대답해, 답해, 답변, 써, 쓸, 써줘, 모드, 버전, 언어, 설정해, 바꿔, 변경, 전환, talk, speak, answer, reply, write, respond, switch, change, language, mode, use, in, chat, go',
};

/**
 * What may stand behind a Korean word without changing what it is about: particles, endings of
 * verbs, politeness. They may follow one another (`알려` + `줄` + `래` + `요`).
 */
const endings: Words = {
  filler: [
    '은, 는, 이, 가, 을, 를, 의, 에, 엔, 에는, 에선, 에도, 에서, 에다, 에게, 한테, 께, 도, 로, 으로, 과, 와, 랑, 이랑, 하고, 나, 이나, 든, 이든, 까지, 부터, 처럼, 이라, 라, 서',
    '요, 이요, 여, 이여, 용, 이용, 염, 욤, 영, 유, 야, 이야, 임, 음, 슴, 님, 씨, 들, 쯤, 대로, 인, 이고, 이다, 인데, 입니다, 이에요, 예요, 에요, 이예요, 죠, 지, 이지',
    '네, 군, 교, 데이, 구먼, 구만, 구나, 냐, 니, 까, 가요, 인가, 일까, 래, 대, 데, 든지, 다, 단, 답, 랬, 댔, 됨',
    '해, 하, 할, 함, 한, 했, 햇, 해서, 해라, 줘, 죠, 주, 줄, 줌, 준, 줬, 달라, 주라, 세, 셔, 시, 실, 십, 십쇼, 드려, 드리, 드릴, 봐, 보, 볼, 본, 봤, 바, 쥬',
    '싶, 고, 파, 겠, 었, 았, 였, 있, 없, 수, 게, 도록, 려, 려고, 려구, 려면, 면, 으면, 을, 을게, 을래, 을까, 은, 은데, 는데, 는지, 던, 더라, 니까, 나, 거, 건, 걸, 것, 게요, 께요',
    '버려, 버리, 버릴, 버렸, 어, 아, 자, 습니다, 합니다, 합시다, 되, 돼, 됐, 된, 될, 됩니다, 니다, 니까, 지요, 네요, 군요, 구요, 고요, 라고, 이라고, 이라는, 라는, 란, 이란, ㅇ, ㅎ, ㅋ, ㅂ, ㄴ, ㄹ, 욧, 앙, 옹, 당, 쓰, 삼',
  ].join(','),
  only: '만, 뿐',
  not: '지마, 지말',
  forbid: '지마, 지말',
  instead: '지말고',
};

/** By the vocabularies they were made of. */
const lexicons = new WeakMap<readonly Vocabulary[], Lexicon>();

/** All words that some vocabularies know. */
export function lexiconOf(vocabularies: readonly Vocabulary[]): Lexicon {
  let lexicon = lexicons.get(vocabularies);
  if (lexicon === undefined) {
    const own = vocabularies.map(({ words }) => words);
    lexicon = createLexicon(
      [sharedWords, smallTalkWords, smallTalkOrnament, generalWords, ...own],
      endings,
    );
    lexicons.set(vocabularies, lexicon);
  }
  return lexicon;
}

export interface Understood {
  readonly utterance: Utterance;
  /** `null`: not understood. */
  readonly meant: Intent | null;
}

/**
 * Understands what a person says, any part of it: what only they can mean (names they gave) is read
 * once for all of it.
 */
export async function listen(bot: Bot, person: Person): Promise<(said: string) => Understood> {
  const { vocabularies } = bot.talk;
  const names = await Promise.all(
    vocabularies.flatMap(({ names: namesOf }) => namesOf?.(bot, person) ?? []),
  );
  const finders = [...vocabularies.flatMap(({ finders: own = [] }) => own), ...names];
  const after = lastAnswer(bot, person)?.intent ?? null;
  return (said) => {
    const utterance = parse(said, lexiconOf(vocabularies), finders);
    return { utterance, meant: choose(utterance, bot.talk.intents, after)?.intent ?? null };
  };
}

/** What a person says, and which intent answers it. */
export async function understand(bot: Bot, person: Person, said: string): Promise<Understood> {
  return (await listen(bot, person))(said);
}
