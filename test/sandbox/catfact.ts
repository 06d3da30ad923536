import { Hono } from 'hono';

export interface CatfactSandbox {
  /** What the host knows; change it at will. */
  readonly facts: string[];
}

const facts = [
  'Cats sleep for around thirteen to sixteen hours a day.',
  "A group of cats is called a clowder, and a cat's whiskers are about as wide as its body.",
  'A cat has thirty-two muscles in each ear.',
  'Most cats have five toes on each front paw and four on each back paw.',
  "A cat's nose print is as unique as a person's fingerprint.",
  'Cats cannot taste sweetness.',
  'Adult cats meow mostly at people & rarely at other cats.',
  'A cat can jump up to six times its own length.',
  'Cats rub against things to leave their scent, which tells others "this is mine".',
  'The oldest cat on record lived for thirty-eight years and three days, in Austin, Texas, where she ate bacon and eggs for breakfast and drank coffee with cream, as her keeper told anyone who asked him about it.',
  'Cats walk like camels and giraffes: both right feet first, then both left feet.',
];

/**
 * catfact.ninja: `/fact` gives the facts in turn, `/facts` a page of them
 * (docs/platforms/sources.md, Cat facts).
 */
export function createCatfact(): {
  readonly sandbox: CatfactSandbox;
  readonly handle: (request: Request) => Promise<Response>;
} {
  const sandbox: CatfactSandbox = { facts: [...facts] };
  let turn = 0;
  const app = new Hono();

  app.get('/fact', (c) => {
    const known = within(sandbox.facts, c.req.query('max_length'));
    const fact = known[turn % known.length];
    turn += 1;
    // The real host answers an impossible length with an empty object.
    return c.json(fact === undefined ? {} : entry(fact));
  });

  app.get('/facts', (c) => {
    const known = within(sandbox.facts, c.req.query('max_length'));
    const limit = Math.min(Math.max(Number(c.req.query('limit') ?? 10) || 10, 1), 1000);
    const page = Math.max(Number(c.req.query('page') ?? 1) || 1, 1);
    const start = (page - 1) * limit;
    const data = known.slice(start, start + limit).map(entry);
    const last = Math.max(Math.ceil(known.length / limit), 1);
    const path = 'https://catfact.ninja/facts';
    return c.json({
      current_page: page,
      data,
      first_page_url: `${path}?page=1`,
      from: data.length > 0 ? start + 1 : null,
      last_page: last,
      last_page_url: `${path}?page=${last}`,
      next_page_url: page < last ? `${path}?page=${page + 1}` : null,
      path,
      per_page: limit,
      prev_page_url: page > 1 ? `${path}?page=${page - 1}` : null,
      to: data.length > 0 ? start + data.length : null,
      total: known.length,
    });
  });

  app.notFound((c) => c.json({ message: 'Not Found', code: 404 }, 404));
  return { sandbox, handle: async (request) => await app.fetch(request) };
}

function within(known: readonly string[], maxLength: string | undefined): readonly string[] {
  return maxLength === undefined ? known : known.filter((fact) => fact.length <= Number(maxLength));
}

function entry(fact: string): { fact: string; length: number } {
  return { fact, length: fact.length };
}
