import { Hono } from 'hono';
import { forgetEntirely } from '../../bot/forgetting.ts';
import { type ChannelInfo, channelIds } from '../../bot/platform.ts';
import { countPeople, type ListedPerson, listPeople } from '../../store/ownerLists.ts';
import { type Person, readPerson } from '../../store/people.ts';
import { confirmPage, type Question } from '../../ui/admin/confirm.tsx';
import { counted, goOn } from '../../ui/admin/flash.ts';
import { adminPage, clockOf, type OwnerAt } from '../../ui/admin/page.tsx';
import type { AdminContext, AdminEnv } from '../../ui/admin/types.ts';
import { say, type Text } from '../../ui/language.ts';
import { Act, Badge, Card, Row, Time } from '../../ui/parts.tsx';

const texts = {
  title: { ko: '사람', en: 'People' },
  lead: {
    ko: '봇과 이야기하거나 소식을 받는 사람이에요. 나눈 말은 보이지 않고, 주소는 줄여서 보여요.',
    en: 'Who talks to the bot or gets news. What was said is not shown, and addresses are shortened.',
  },
  counts: { ko: '통로별', en: 'By channel' },
  list: { ko: '최근에 온 사람부터', en: 'Newest first' },
  none: {
    ko: '아직 아무도 없어요. 누가 봇에게 말을 걸면 여기에 보여요.',
    en: 'Nobody yet. Whoever writes to the bot shows up here.',
  },
  noMore: { ko: '더 없어요.', en: 'There is nobody else.' },
  since: { ko: '만난 때', en: 'since' },
  menu: { ko: '식단 받음', en: 'gets the menu' },
  kakao: { ko: '카카오톡으로 받음', en: 'by KakaoTalk' },
  blocked: { ko: '받을 수 없음', en: 'Not reachable' },
  more: { ko: '그 밖에 {count}개', en: '{count} more' },
  remove: { ko: '지우기', en: 'Remove' },
  test: { ko: '시험 메시지', en: 'Test message' },
  older: { ko: '다음 {count}명', en: 'Next {count}' },
  newest: { ko: '처음으로', en: 'Newest' },
} as const satisfies Record<string, Text>;

const removeQuestion = {
  title: { ko: '이 사람을 지울까요?', en: 'Remove this person?' },
  warning: {
    ko: '{name}: 지켜보는 저장소와 설정, 보내지 않은 소식, 카카오 로그인을 모두 지워요. 되돌릴 수 없어요. 다시 말을 걸면 처음 만난 사람이 돼요.',
    en: '{name}: watches, settings, unsent news and their Kakao login are deleted. This cannot be undone. If they write again, they are new.',
  },
  yes: texts.remove,
} as const satisfies Omit<Question, 'under'>;

const PAGE_SIZE = 50;

/** `/admin/people`: how many people there are, the newest fifty, and older ones page by page. */
async function peoplePage(context: AdminContext): Promise<Response> {
  const { db } = context.get('bot');
  const at = clockOf(context);
  const { language } = at;
  const asked = context.req.query('before') ?? '';
  const before = /^\d{1,15}$/.test(asked) ? Number(asked) : null;
  const [counts, found] = await Promise.all([
    countPeople(db, channelIds(context.get('bot'))),
    // One more tells whether there is a next page.
    listPeople(db, before, PAGE_SIZE + 1),
  ]);
  const people = found.slice(0, PAGE_SIZE);
  const last = people.at(-1);
  return adminPage(
    context,
    { title: texts.title, lead: texts.lead, under: '/admin/people' },
    <>
      <Card title={say(texts.counts, language)}>
        <table>
          <tbody>
            {counts.map(({ channel, count }) => (
              <tr>
                <th scope="row">{channelName(channel, at)}</th>
                <td class="number">{counted(count)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Card>
      <Card title={say(texts.list, language)}>
        {people.length === 0 && (
          <p class="empty">{say(before === null ? texts.none : texts.noMore, language)}</p>
        )}
        <ul class="rows">
          {people.map((person) => (
            <PersonRow person={person} csrf={context.get('session').csrf} at={at} />
          ))}
        </ul>
        <div class="pages">
          {before === null ? (
            <span />
          ) : (
            <a class="button" href="/admin/people">
              {say(texts.newest, language)}
            </a>
          )}
          {last && found.length > PAGE_SIZE && (
            <a class="button" href={`?before=${last.id}`} rel="next">
              {say(texts.older, language, { count: PAGE_SIZE })}
            </a>
          )}
        </div>
      </Card>
    </>,
  );
}

function PersonRow({ person, csrf, at }: { person: ListedPerson; csrf: string; at: OwnerAt }) {
  const { language } = at;
  const rest = person.watchCount - person.watches.length;
  const traits = [
    person.language === 'ko' ? '한국어' : 'English',
    ...(person.wantsMenu ? [say(texts.menu, language)] : []),
    ...(person.hasKakao ? [say(texts.kakao, language)] : []),
  ];
  return (
    <Row
      title={`${channelName(person.channel, at)} ${shortAddress(person, at)}`}
      lines={[
        <>
          {say(texts.since, language)} <Time at={person.createdAt} {...at} />
          {` · ${traits.join(' · ')}`}
        </>,
        ...person.watches,
        ...(rest > 0 ? [say(texts.more, language, { count: rest })] : []),
      ]}
    >
      {person.isBlocked && <Badge state="off" text={texts.blocked} language={language} />}
      <Act to={`/admin/messages/test/${person.id}`} csrf={csrf} text={say(texts.test, language)} />
      <a class="button danger" href={`/admin/people/${person.id}/remove`}>
        {say(texts.remove, language)}
      </a>
    </Row>
  );
}

type Platforms = Pick<OwnerAt, 'platforms'>;

function channelOf(id: string, { platforms }: Platforms): ChannelInfo | undefined {
  return platforms.flatMap(({ channels }) => channels).find((channel) => channel.id === id);
}

/** A channel as the owner calls it. */
export function channelName(id: string, at: Pick<OwnerAt, 'platforms' | 'language'>): string {
  return channelOf(id, at)?.name[at.language] ?? id;
}

const ENDS = 4;

/** Enough of an address to tell people apart. */
function shortAddress(
  { channel, address }: Pick<ListedPerson, 'channel' | 'address'>,
  at: Platforms,
): string {
  const shown = channelOf(channel, at)?.shown;
  if (shown) return shown(address);
  return address.length <= 2 * ENDS ? address : `${address.slice(0, ENDS)}…${address.slice(-ENDS)}`;
}

const PAGE = '/admin/people';

/** `/admin/people`, and the way to remove somebody. */
export function peopleRoutes(): Hono<AdminEnv> {
  const routes = new Hono<AdminEnv>();

  routes.get('/', peoplePage);

  routes.get('/:id{\\d{1,15}}/remove', async (context) => {
    const person = await personOf(context);
    if (person === null) return goOn(context, PAGE, { key: 'not-found' });
    const at = clockOf(context);
    const name = `${channelName(person.channel, at)} ${shortAddress(person, at)}`;
    const values = { name };
    return confirmPage(context, { ...removeQuestion, values, under: PAGE });
  });
  routes.post('/:id{\\d{1,15}}/remove', async (context) => {
    const person = await personOf(context);
    if (person === null) return goOn(context, PAGE, { key: 'not-found' });
    const hasLeft = await forgetEntirely(context.get('bot'), person);
    return goOn(context, PAGE, { key: hasLeft ? 'person-removed' : 'person-removed-here' });
  });

  return routes;
}

async function personOf(context: AdminContext): Promise<Person | null> {
  return readPerson(context.get('bot').db, Number(context.req.param('id')));
}
