import { beforeEach, describe, expect, test } from 'vitest';
import { createBrowser } from '../../../pages/admin/desk.ts';
import { createHarness, type Harness } from '../../../worker/harness.ts';

let harness: Harness;
let visitor: ReturnType<typeof createBrowser>;

beforeEach(async () => {
  harness = await createHarness();
  harness.world.github.addRepository({ owner: 'hana', name: 'garden' });
  visitor = createBrowser({ fetch: (request) => harness.fetch(request) });
});

function url(): string {
  return harness.world.discord.hooks[0]?.url ?? '';
}

/** What a page's first form of a kind carries in hidden fields. */
function hiddenIn(html: string, action: string): Record<string, string> {
  const form = html.slice(html.indexOf(`action="${action}"`));
  const end = form.slice(0, form.indexOf('</form>'));
  return Object.fromEntries(
    [...end.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)].map(
      ([, name = '', value = '']) => [name, value],
    ),
  );
}

async function lastStep(): Promise<string> {
  const first = await visitor.page('/register?channel=discord');
  const { token = '' } = hiddenIn(first, '/register');
  const query = new URLSearchParams({
    channel: 'discord',
    token,
    address: 'hana/garden',
    branch: 'main',
    nickname: '우리 정원',
    kinds: 'releases',
  });
  return visitor.page(`/register?${query.toString()}`);
}

describe('the four steps to a channel of Discord', () => {
  test('end with a code that comes back', async () => {
    expect(await visitor.page('/register')).toContain('channel=discord');
    const fields = hiddenIn(await lastStep(), '/register/hook');
    expect(fields).toMatchObject({ nickname: '우리 정원', options: '릴리스만' });
    const asked = await visitor.post('/register/hook', { ...fields, hook: url() });
    const page = await asked.text();
    expect(page).not.toContain(url().split('/').at(-1));
    const code = /\d{6}/.exec(harness.world.discord.hooks[0]?.messages[0]?.content ?? '')?.[0];
    const wrong = await visitor.post('/register/code', {
      ...hiddenIn(page, '/register/code'),
      code: code === '000000' ? '000001' : '000000',
    });
    expect(wrong.status).toBe(400);
    const right = await visitor.post('/register/code', {
      ...hiddenIn(page, '/register/code'),
      code: code ?? '',
    });
    expect(await right.text()).toContain('등록했어요');
    const watches = await harness.env.DB.prepare(
      'SELECT nickname, commits, releases FROM watches',
    ).all();
    expect(watches.results).toEqual([{ nickname: '우리 정원', commits: 0, releases: 1 }]);
  });

  test('send nothing to an address that is none, nor for a form from elsewhere', async () => {
    const fields = hiddenIn(await lastStep(), '/register/hook');
    const other = await visitor.post('/register/hook', { ...fields, hook: 'https://example.com/' });
    expect(other.status).toBe(400);
    const forged = await visitor.post('/register/hook', { ...fields, token: 'x', hook: url() });
    expect(forged.status).toBe(400);
    expect(harness.world.discord.hooks[0]?.messages).toEqual([]);
  });
});
