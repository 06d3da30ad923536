import { beforeEach, describe, expect, test } from 'vitest';
import { HOUR_MS } from '../../../../src/lib/time.ts';
import {
  type Browser,
  createDesk,
  type Desk,
  type Fields,
  logIn,
} from '../../../pages/admin/desk.ts';
import { health } from '../../../worker/harness.ts';

/** Monday 2026-11-23 11:30 in Seoul. */
const LUNCH = Date.UTC(2026, 10, 23, 2, 30);

const canteen = {
  place: '생활관 식당',
  url: 'https://canteen.example/menu',
  kind: 'css',
  where: 'table.ctable01:nth-of-type(2) td',
  breakfast: '1',
  lunch: '8',
  dinner: '15',
  step: '1',
  days: '7',
  split: 'line',
};

let desk: Desk;
let owner: Browser;
beforeEach(async () => {
  desk = await createDesk({ LANGUAGE: 'ko' });
  desk.harness.world.clock.advance(LUNCH - HOUR_MS - desk.harness.world.clock.now());
  owner = await logIn(desk);
});

async function submit(path: string, fields: Fields): Promise<string> {
  const response = await owner.submit(path, fields);
  expect(response.status).toBe(200);
  return response.text();
}

const visits = () =>
  desk.harness.world.requests.filter(({ url }) => new URL(url).pathname === '/menu').length;

describe('the menu page', () => {
  test("shows the school's menu of today as people will see it", async () => {
    const page = await owner.page('/admin/menu');
    expect(page).toContain('나이스 학교 급식 (B10:7010113)');
    expect(page).toContain('11월 23일 월요일 점심');
    expect(page).toContain('한우갈비탕');
    expect(page).not.toContain('(1.16)');
  });

  test('without a school and a page tells how to name one', async () => {
    desk.harness.redeploy({ MENU_SCHOOL: '' });
    expect(await owner.page('/admin/menu')).toContain('MENU_SCHOOL에 교육청 코드와 학교 코드');
  });

  test('says in words why a source fails', async () => {
    desk.harness.world.neis.failure = 'ERROR-290';
    expect(await owner.page('/admin/menu')).toContain('읽지 못하게 해요');
  });

  test('is for the owner alone, and its forms too', async () => {
    const stranger = await desk.fetch(new Request('https://soshik.example/admin/menu'));
    expect(stranger.status).toBe(303);
    const forged = await owner.post('/admin/menu/save', { ...canteen, csrf: 'forged' });
    expect(forged.status).toBe(403);
  });
});

describe('a page the owner describes', () => {
  test('is previewed with its meals of today and its numbered cells, and nothing is saved', async () => {
    const page = await submit('/admin/menu/preview', canteen);
    expect(page).toContain('11월 23일 월요일 아침');
    expect(page).toContain('된장찌개');
    expect(page).toContain('찾은 칸 21개');
    expect(page).toContain('action="/admin/menu/save"');
    const after = await owner.page('/admin/menu');
    expect(after).toContain('나이스 학교 급식');
    expect((await health(desk.harness)).features['menu-page']).toBeUndefined();
  });

  test('is what the menu comes from once it is saved, until it is removed', async () => {
    expect((await owner.submit('/admin/menu/save', canteen)).status).toBe(303);
    const page = await owner.page('/admin/menu');
    expect(page).toContain('생활관 식당');
    expect(page).toContain('쌀밥');
    expect(page).toContain('value="table.ctable01:nth-of-type(2) td"');
    expect(await owner.page('/admin/menu/remove')).toContain('그만 쓸까요?');
    expect((await owner.submit('/admin/menu/remove')).status).toBe(303);
    expect(await owner.page('/admin/menu')).toContain('나이스 학교 급식');
  });

  test('that has changed since is shown as failing, and told to nobody', async () => {
    await owner.submit('/admin/menu/save', canteen);
    desk.harness.world.canteen.layout = 'changed';
    await desk.harness.cron(LUNCH);
    await desk.harness.settle();
    expect((await health(desk.harness)).features['menu-page']).toMatchObject({ state: 'failing' });
    owner = await logIn(desk);
    expect(await owner.page('/admin/menu')).toContain('페이지가 설명과 달라요');
    await owner.submit('/admin/menu/remove');
    expect((await health(desk.harness)).features['menu-page']).toBeUndefined();
  });

  test('whose cells are not found is neither offered for saving nor saved', async () => {
    const wrong = { ...canteen, where: 'table.menu td' };
    const page = await submit('/admin/menu/preview', wrong);
    expect(page).toContain('칸 찾는 법과 칸 번호를 다시 봐 주세요');
    expect(page).not.toContain('action="/admin/menu/save"');
    await submit('/admin/menu/save', wrong);
    expect(await owner.page('/admin/menu')).toContain('나이스 학교 급식');
  });

  test('with fewer cells than described shows the cells there are', async () => {
    const page = await submit('/admin/menu/preview', { ...canteen, dinner: '16' });
    expect(page).toContain('21 cells where 22 are described');
    expect(page).toContain('찾은 칸 21개');
  });

  test('with no meal today can be saved all the same', async () => {
    desk.harness.world.canteen.layout = 'empty';
    const page = await submit('/admin/menu/preview', canteen);
    expect(page).toContain('오늘은 메뉴가 없다고 해요');
    expect(page).toContain('action="/admin/menu/save"');
  });

  test('that robots.txt forbids is not read', async () => {
    desk.harness.world.canteen.robots = 'User-agent: *\nDisallow: /';
    expect(await submit('/admin/menu/preview', canteen)).toContain('읽지 못하게 해요');
    expect(visits()).toBe(0);
  });

  test.each([
    ['a private address', { url: 'http://192.168.0.1/menu' }, '내부망 주소는 쓸 수 없어요'],
    ['a metadata host', { url: 'http://metadata.google.internal/' }, '내부망에서만 쓰는 이름'],
    ['another port', { url: 'https://canteen.example:22/menu' }, '포트 80과 443만'],
    ['a user name', { url: 'https://me:pw@canteen.example/' }, '사용자 이름과 비밀번호를 빼'],
    ['no address', { url: 'canteen' }, '온전한 주소'],
    ['no name', { place: ' ' }, '식당 이름을 60자까지'],
    ['a broken selector', { where: 'td[' }, '칸 찾는 법을 읽을 수 없어요'],
    ['a path that is none', { kind: 'json', where: 'a..b' }, '칸 찾는 법을 읽을 수 없어요'],
    ['a kind that is none', { kind: 'xml' }, '목록에서 골라 주세요'],
    ['no meal at all', { breakfast: '', lunch: '', dinner: '' }, '끼니를 하나 이상'],
    ['a cell that is no number', { lunch: 'eight' }, '칸 번호는 1에서 200'],
    ['cell 0', { lunch: '0' }, '칸 번호는 1에서 200'],
    ['a step of 0', { step: '0' }, '다음 날까지 칸 수'],
    ['days that are no choice', { days: '9' }, '목록에서 골라 주세요'],
    ['dishes between nothing', { split: 'tab' }, '목록에서 골라 주세요'],
  ])('with %s is refused in words, and never asked for', async (_what, change, words) => {
    const page = await submit('/admin/menu/preview', { ...canteen, ...change });
    expect(page).toContain(words);
    expect(visits()).toBe(0);
  });

  test('is described and refused in English for who reads English', async () => {
    owner = await logIn(desk);
    await owner.get('/admin?lang=en');
    const response = await owner.submit('/admin/menu/preview', {
      ...canteen,
      url: 'http://10.0.0.1/',
    });
    expect(await response.text()).toContain('That is an address inside a network');
  });
});
