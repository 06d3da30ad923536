import { expect, test } from 'vitest';
import { createBrowser, createDesk, PASSWORD } from '../pages/admin/desk.ts';

test('the owner’s page of channels offers Discord and Slack, and shows no secret of theirs', async () => {
  const desk = await createDesk();
  const owner = createBrowser(desk);
  await owner.post('/admin/login', { password: PASSWORD });
  const { world } = desk.harness;
  world.github.addRepository({ owner: 'hana', name: 'garden' });
  const url = world.discord.hooks[0]?.url ?? '';
  await desk.fetch(
    new Request('https://soshik.example/api/', {
      method: 'POST',
      headers: { authorization: 'Bearer sandbox-owners-api-key' },
      body: new URLSearchParams({
        id: url,
        type: 'discord',
        fav_repository: 'hana/garden',
        nick_name: '정원',
        branch: 'main',
      }),
    }),
  );
  const page = await owner.page('/admin/channels');
  expect(page).toContain('/register?channel=discord');
  expect(page).toContain('/register?channel=slack');
  expect(page).toContain('코드를 기다려요');
  expect(page).not.toContain(url.split('/').at(-1));
});
