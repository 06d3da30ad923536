import type { Phrasing } from '../../../bot/talk/grammar/choose.ts';
import type { Words } from '../../../bot/talk/grammar/utterance.ts';

export const repositoryWords: Words = {
  repo: '저장소, 저장소들, 레포, 레포들, 레포지토리, 레파지토리, 레포지터리, 리포지토리, 리포지터리, 리포, 래포, 랩포, 깃허브, 깃헙, 깃허브 저장소, 깃, 프로젝트, 관심 레포, 관심 저장소, repo, repos, repository, repositories, github, git, githubs, project, projects',
  watch:
    '구독, 구돗, 구독하기, 구독신청, 지켜봐, 지켜보, 지켜볼, 지켜봤, 지켜, 팔로우, 팔로, 팔로잉, 워치, 관심, 관심등록, 등록, 등록하기, 추가, 추가하기, 추적, 감시, 모니터링, 모니터, 받아보, 받아볼, 신청, watch, watching, watch for, follow, following, subscribe, subscribing, subscription, subscriptions, track, tracking, register, registering, add, adding, monitor, monitoring, keep an eye on, be told, told about, told of, hear about, hear of, be informed, be notified, sign me up, start watching, start following',
  watched:
    '내꺼 보여줘, 내거 보여줘, 내 것 보여줘, 제꺼 보여줘, 내꺼 뭐, 내거 뭐, 내가 보는, 보고 있어, 보고 있지, 보고 있는, 보는 중인, 내가 지켜보, 구독해 놓은, 등록해 놓은, 등록된, 등록한, 등록해 둔, 등록했, 등록되, 구독한, 구독중, 구독중인, 구독했, 구독하고 있, 구독하는, 구독된, 지켜보는, 지켜보고 있, 지켜보는 중, 지켜보던, 팔로우한, 팔로우 중, 추가한, 추가된, 추가해 둔, 추가했, am i watching, am i following, do i watch, do i follow, i m watching, i m following, things i watch, am i subscribed, i am subscribed, i subscribed, subscribed to, watched, am i tracking, being watched',
  remove:
    '빼고 싶, 빼고 싶어, 빼고 싶어요, 빼고 싶은데, 해제, 해지, 해제하기, 삭제, 삭제하기, 지워, 지우, 지울, 지운, 빼, 빼줘, 뺄, 뺴, 빼주, 없애, 제거, 취소, 취소하기, 언팔, 언팔로우, 구독취소, 구취, 구독해제, 구독해지, 구독삭제, 그만 볼래, 그만 볼게, 그만 볼, 그만 보, 그만 지켜, 그만 구독, 안 볼래, 안 봐, 안 볼, 안 지켜봐, 안 보고 싶, 보기 싫, 관심 없어, 날려, 끊어, 끊을, 끊고, 내려, 필요 없어, 정리, unwatch, unwatching, unsubscribe, unsub, unfollow, remove, delete, erase, stop watching, stop following, stop tracking, stop monitoring, drop, get rid of, cancel, untrack, take off, take out, wipe, quit watching, no longer, not anymore, anymore',
  list: '구독현황, 구독 상태, 목록, 옥록, 목록보기, 리스트, 리스트업, 뭐뭐, 내 구독, 레포목록, 레포 상태 확인, 내 목록, list, lists, listing, watchlist',
  status:
    '별일, 별일 없, 별 일 없, 올라온 거 있, 올라온 게 있, 뭐 올라왔, 달라졌, 변했, 변한, 변경됐, 변경된, 올라왔어, what changed, what happened, 상태, 뭐 새로운 거, 새로운 거 있, 새로운 소식, 상태확인, 현황, 근황, 진행상황, 업데이트, 업뎃, 업댓, 변경사항, 변경점, 변화, 바뀐, 바뀐 거, 바뀌었, 바꼈, 바뀐게, 달라진, 내역, 최신 상태, 어떻게 됐, 어떻게 되, 뭐 바뀌, 새 소식, status, state, update, updates, updates on, update on, any updates on, any update on, news on, any news on, news about, news from, updated, progress, changes, change in, changed, changelog, history, activity, happening in, what s new, anything new, latest',
  fresh:
    '달라졌, 변했, 변한, 변경됐, 변경된, what changed, what happened, 뭐 새로운 거, 새로운 거 있, 새로운 소식, 업데이트, 업뎃, 업댓, 변경사항, 변경점, 변화, 바뀐, 바뀐 거, 바뀐게, 바뀌었, 바꼈, 달라진, 새 소식, update, updates, updates on, update on, any updates on, any update on, news on, any news on, news about, news from, updated, changes, changed, what s new, anything new, happening in',
  commit: '커밋, 컴잇, 코밋, 컴밋, 커밋들, 푸시, commit, commits, comit, push, pushes, pushed',
  release:
    '릴리스, 릴리즈, 릴리쓰, 릴리이스, 배포, 버전, 새 버전, 정식 버전, release, releases, relases, version, versions',
  prerelease:
    '프리릴리스, 프리릴리즈, 사전 릴리스, 사전 배포, 시험판, 베타, 베타 버전, 알파, 알파 버전, 프리뷰, 알씨, pre-release, pre-releases, prerelease, prereleases, beta, betas, beta versions, alpha, alphas, previews, preview, rc, rcs, release candidates, nightlies, unstable',
  pause:
    '멈춰, 멈춤, 멈출, 멈추, 멈춰줘, 일시정지, 정지, 쉬어, 쉬게, 쉴, 쉬자, 쉬고, 잠시 멈춤, 스톱, 스탑, 중지, 중단, 뮤트, 음소거, 조용, 조용히, 무음, 묵음, 잠재워, 당분간 꺼, 잠깐 꺼, 잠시 꺼, 잠깐만 꺼, 한동안 꺼, 보류, pause, paused, pausing, mute, silence, snooze, hold, freeze, suspend, quiet, hush, halt, put on hold',
  resume:
    '다시, 재개, 재시작, 다시 시작, 다시 켜, 다시 알려, 다시 보내, 다시 받, 이어서, 계속, 계속해, 깨워, 풀어, 풀어줘, 멈춘 거 풀어, 멈춤 풀어, 정지 풀어, 정지 해제, 멈춤 해제, 일시정지 해제, 음소거 해제, resume, unpause, unmute, continue, restart, again, back on, turn back on, start again, reactivate, re enable, go on with, wake up',
  setting:
    '설정, 셋팅, 세팅, 옵션, 설정하기, 설정 변경, 환경설정, 알림 설정, set, setting, settings, option, options, config, configure, configuration, preferences, prefs, set up',
  star: '별표, 별표들, 별표한, 별표 친, 별표 준, 별표 누른, 별 준, 별 누른, 별 눌러 둔, 별 찍은, 별 단, 스타, 스타들, 스타한, 스타 준, 스타 누른, 깃허브 스타, 깃헙 스타, star, stars, starred, github stars',
  hourly:
    '매시간, 매시, 한 시간마다, 1시간마다, 시간마다, 매 시각, 한 시간에 한 번, 1시간에 한번, 시간 단위, 시간당, 시간별, 한 시간 간격, hourly, every hour, each hour, once an hour, once per hour, per hour, every 1 hour, 1 hour',
  instant:
    '바로, 즉시, 실시간, 곧바로, 바로바로, 올라오는 대로, 그때그때, 오는 대로, instant, instantly, immediate, immediately, right away, straight away, real time, as it happens, as they happen, at once, asap',
  digest:
    '모아, 모아서, 모아줘, 묶어, 묶어서, 한꺼번에, 한번에, 한번만, 몰아서, 요약, 요약해, 정리해서, digest, digests, summary, summarize, batch, batched, bundle, bundled, together, in one go, grouped',
  tag: '태그, tag, tags, tagged',
  major: '메이저, 메이져, 큰 버전, major, majors, big',
  minor: '마이너, minor, minors',
  bots: '봇, 봇들, 봇 커밋, 디펜다봇, 자동 커밋, bots, dependabot, renovate, bot commits, bot s commits, automated',
  merge: '머지, 머지 커밋, 병합, 병합 커밋, merge, merges, merge commits, merge commit, merged',
  out: 'out',
  branch:
    '릴리스 브랜치, 릴리즈 브랜치, release branch, release branches, 브랜치, 브렌치, 브런치, 브랜취, branch, branches, brach',
  'branch=all': '전체 브랜치, 모든 브랜치, 브랜치 전부, 브랜치 모두, all branches, every branch',
  'branch=default': '기본 브랜치, 디폴트 브랜치, default branch, the default branch, main branch',
  rename:
    '이름 바꾸기, 이름 변경, 별명 변경, 별명 바꾸기, 이름 바꿔, 별명 바꿔, 이름 짓기, 이름 수정, 별명 수정, 개명, rename, renaming, change the name, change name, change nickname, change the nickname, new name, new nickname',
  as: 'as, called, named, with the name, with name, nicknamed, under the name, and call it, call it, and name it, name it, nickname it, 라는 이름으로, 이라는 이름으로, 란 이름으로, 이란 이름으로, 라고 바꿔, 라고 바꿔줘, 이라고 바꿔, 이라고 바꿔줘, 라고 변경, 이라고 변경, 이름으로, 별명으로, 라는 별명으로, 이라는 별명으로, 별명은, 이름은',
  whenever:
    '올라오면, 나오면, 있으면, 생기면, 뜨면, 바뀌면, 되면, 푸시되면, 업데이트되면, 때마다, 할 때마다, 올라올 때, 올라올 때마다, 나올 때마다, 생길 때마다, 있을 때, 있을 때마다, 오면, 들어오면, 변경되면, when, whenever, each time, every time, if there, as soon as, once there',
};

const WHICH = 'number ordinal name address all repo watch watched';
/** What may be said beside a watch. */
export const ORNAMENT = `${WHICH} show want is what how mine person alert say new`;

/** `구독 hana/app`, a bare address, `관심 레포 추가`. */
export const watchPhrasings: readonly Phrasing[] = [
  {
    says: [
      'address',
      'address watch',
      'address whenever',
      'address alert',
      'watch address branch',
      'foreign watch',
      'short-link',
      'watch guess',
      'register-code',
      'register-code watch',
    ],
    with: 'watch repo branch nick as call want show new commit release alert on whenever foreign mine is name short-link both only hourly daily instant digest hour prerelease not merge',
    not: 'remove off',
    takesAnything: true,
  },
  {
    says: [
      'watch',
      'repo watch',
      'repo want',
      'repo alert on',
      'repo on',
      'code watch',
      'commit|release alert on|want',
    ],
    with: 'want on alert count new more mine repo branch commit release is whenever code foreign short-link',
    not: 'name menu meal netflix cat off remove list watched not list',
  },
];

/** A pasted package.json, requirements.txt or list of addresses. */
export const listsPhrasings: readonly Phrasing[] = [
  {
    says: ['pasted', 'pasted watch', 'pasted release', 'pasted alert', 'pasted list'],
    with: 'watch repo want show new release commit only both alert on whenever all list mine is hourly daily instant digest hour prerelease not include count number tag major minor',
    takesAnything: true,
  },
  // `내 스타 octocat`, `stars octocat`.
  {
    says: ['star login', 'star mine', 'star', 'star watch', 'star repo', 'star mine repo'],
    with: 'login watch repo mine want show new release only alert on whenever all list is person what call',
    not: 'netflix cat menu meal remove off not status pause setting stage',
  },
];

/** `목록`, `내 저장소`, `what am I watching`. */
export const listPhrasings: readonly Phrasing[] = [
  {
    says: [
      'list',
      'watched',
      'mine repo',
      'mine watch',
      'mine list',
      'what watch',
      'what watched',
      'what repo',
      'is repo',
      'is watch',
      'show repo',
      'show watch',
      'show list',
      'what repo watch',
      'repo list',
      'repo status',
      'watched repo',
      'alert repo',
      'alert watched',
    ],
    with: `${ORNAMENT} list status count more all`,
    not: 'address name ordinal menu netflix cat remove off want fresh',
  },
  { says: ['more', 'next', 'more list'], with: 'show want is list repo', isFollowUp: true },
];

/** `상태 2`, `hello 새 커밋 있어?`. */
export const statusPhrasings: readonly Phrasing[] = [
  {
    says: [
      'status',
      'status name|number|guess',
      'name|ordinal',
      'name|number commit',
      'name|ordinal new',
      'name|ordinal how',
      'name|number release',
      'name|number show',
      'new commit',
      'new release',
      'commit is',
      'release is',
      'commit show',
      'new status',
      'commit status',
      'status is',
      'status repo',
      'commit',
    ],
    with: `${ORNAMENT} status commit release count more change branch again day data`,
    not: 'only not off remove pause menu netflix cat whenever list daily hourly setting rename nick both',
  },
];

/** `해제 2`, `구독 취소`, `stop watching lab`. */
export const unwatchPhrasings: readonly Phrasing[] = [
  {
    says: [
      'remove name|number|address|guess',
      'remove all',
      'remove watch',
      'remove repo',
      'off watch',
      'off watch name|number|all|address',
      'not watch',
      'not watch name|number|all|address',
      'remove watched',
      'off repo',
      'off all repo',
      'off all watch',
      'off except name|number|address',
      'stay only name|number|address',
      'off name|number|address list',
    ],
    with: `${ORNAMENT} remove off not list count again cancel no except only`,
    not: 'menu meal netflix data leave lang code bots merge prerelease',
  },
  {
    says: ['remove'],
    with: `${ORNAMENT} count`,
    not: 'menu meal netflix data leave cancel weekend ingredient allergen',
  },
];

/** `멈춤 2`, `lab 알림 끄기`. */
export const pausePhrasings: readonly Phrasing[] = [
  {
    says: [
      'pause',
      'pause name|number|address|guess',
      'pause for-a-time',
      'pause for-a-time name|number|address|ordinal',
      'off for-a-time',
      'off for-a-time name|number|address|ordinal',
      'for-a-time name|number|address|ordinal',
      'pause all',
      'alert off name|number|address',
      'off name|ordinal|number',
      'off name|number alert',
      'alert not name|number',
      'alert remove name|number',
    ],
    with: `${ORNAMENT} pause off not again cancel on remove day hour for-a-time only`,
    not: 'menu meal netflix data list',
  },
];

/** `다시 2`, `1번 켜줘`. */
export const resumePhrasings: readonly Phrasing[] = [
  {
    says: [
      'resume',
      'resume name|number|address|guess',
      'resume all',
      'resume alert',
      'on name|ordinal',
      'on alert name|number',
      'resume show name|number',
      'pause remove',
    ],
    with: `${ORNAMENT} resume again on pause remove off more`,
    not: 'menu meal netflix cat',
  },
];

/** `이름 2 새 별명`, `hello를 메인앱이라고 불러줘`. */
export const renamePhrasings: readonly Phrasing[] = [
  {
    says: [
      'rename',
      'rename name|number|address',
      'nick name|number|address',
      'nick change name|number|address',
      'call name|number|address',
      'as name|number',
    ],
    with: `${ORNAMENT} nick change call rename as`,
    takesAnything: true,
    not: 'skip watch',
  },
  { says: ['nick'], with: `${ORNAMENT} change call`, not: 'skip watch', isAlone: true },
];

/** `설정 1`, `1번 릴리스만 알려줘`, `skip pre-releases for lab`. */
export const settingsPhrasings: readonly Phrasing[] = [
  {
    says: [
      'setting',
      'setting name|number|address|guess',
      'release only',
      'commit only',
      'release only name|number',
      'commit only name|number',
      'name|number commit release',
      'name|number both',
      'commit release both',
      'prerelease not',
      'prerelease include',
      'prerelease show',
      'bots not',
      'merge not',
      'bots include',
      'merge include',
      'bots only',
      'daily',
      'daily hour',
      'hourly',
      'instant',
      'digest',
      'tag',
      'major',
      'minor',
      'prerelease',
      'commit not',
      'release not',
      'commit release',
      'both',
      'daily name|number',
      'hourly name|number',
      'digest daily hour name|number',
    ],
    with: `${ORNAMENT} setting release commit only both prerelease not include daily hourly instant digest hour count tag major minor bots merge change remove off again pause on whenever day more meal`,
    not: 'menu netflix cat rename weekend ingredient',
  },
  {
    says: ['setting name|number|address', 'setting tag', 'tag name|number'],
    with: `${ORNAMENT} release only`,
    takesAnything: true,
    not: 'menu netflix cat',
  },
];
