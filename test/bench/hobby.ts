import { sandboxSecrets } from '../sandbox/secrets.ts';
import { type Machine, ORIGIN } from '../soak/machine.ts';

/** Branches of an owner as a hobby, and what goes with them: all else grows in step. */
export const HOBBY = { branches: 300, people: 50, watches: 600, pushes: 100, chats: 60 };

/** Everybody is there, and so is what they watch. Gives their chats on Telegram. */
export async function populate(
  { world, query, fetch }: Machine,
  branches: number,
  people: number,
): Promise<readonly number[]> {
  const { telegram, github, clock } = world;
  telegram.reachBy(fetch);
  telegram.connect(`${ORIGIN}/webhook/telegram`, sandboxSecrets.TELEGRAM_WEBHOOK_SECRET);
  const chats = Array.from(
    { length: people },
    () => telegram.addPerson({ name: '사람', language: 'ko' }).id,
  );
  await query(
    `INSERT INTO people (channel, address, language, created_at)
     SELECT 'telegram', value, 'ko', 0 FROM json_each(?1)`,
    JSON.stringify(chats.map(String)),
  );
  await query(
    `INSERT INTO topics (topic, person, is_on, changed_at) SELECT 'menu', id, 1, 0 FROM people`,
  );
  github.fill(branches);
  const rows = github.repositories().flatMap(({ id, nodeId, owner, name, branches: its }) => {
    const main = its.get('main');
    return owner === 'fleet' && main
      ? [{ id, nodeId, name, ref: main.nodeId, head: main.head }]
      : [];
  });
  const asked = JSON.stringify(rows);
  await query(
    `INSERT INTO repositories (id, node_id, owner, name, added_at)
     SELECT value->>'id', value->>'nodeId', 'fleet', value->>'name', 0 FROM json_each(?1)`,
    asked,
  );
  await query(
    `INSERT INTO branches (repository, name, node_id, head, depth, changed_at, state)
     SELECT value->>'id', 'main', value->>'ref', value->>'head', 1, ?2, 'ok' FROM json_each(?1)`,
    asked,
    clock.now(),
  );
  for (const nth of [0, 1]) {
    await query(
      `INSERT INTO watches (person, branch, nickname, nickname_key, created_at)
       SELECT people.id, branches.id, 'r' || branches.id, 'r' || branches.id, 0 FROM branches
       JOIN people ON people.id = 1 + (branches.id + ?1 * 7) % ?2 WHERE true ON CONFLICT DO NOTHING`,
      nth,
      people,
    );
  }
  return chats;
}
