import { Hono } from 'hono';
import { forgetEntirely } from '../../../bot/forgetting.ts';
import { type Person, readPerson } from '../../../store/people.ts';
import { confirmPage } from '../../../ui/admin/confirm.tsx';
import { goOn } from '../../../ui/admin/flash.ts';
import { clockOf } from '../../../ui/admin/page.tsx';
import type { AdminContext, AdminEnv } from '../../../ui/admin/types.ts';
import { channelName, peoplePage, removeQuestion, shortAddress } from './page.tsx';

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
