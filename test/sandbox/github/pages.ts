/**
 * A page of a list as `per_page` (default 30, at most 100) and `page` ask for, with the `Link`
 * header that leads on. Only the page's own items are made into JSON.
 */
export function paged<Item>(
  request: Request,
  list: readonly Item[],
  json: (item: Item) => unknown = (item) => item,
  whole: (items: readonly unknown[]) => unknown = (items) => items,
): Response {
  const url = new URL(request.url);
  const perPage = Math.min(numberIn(url, 'per_page', 30), 100);
  const page = numberIn(url, 'page', 1);
  const last = Math.max(1, Math.ceil(list.length / perPage));
  const to = (target: number, rel: string) => {
    url.searchParams.set('page', String(target));
    return `<${url.href}>; rel="${rel}"`;
  };
  const links = [
    ...(page > 1 ? [to(page - 1, 'prev')] : []),
    ...(page < last ? [to(page + 1, 'next'), to(last, 'last')] : []),
    ...(page > 1 ? [to(1, 'first')] : []),
  ];
  const items = list.slice((page - 1) * perPage, page * perPage).map(json);
  const headers: Record<string, string> = links.length > 0 ? { link: links.join(', ') } : {};
  return Response.json(whole(items), { headers });
}

function numberIn(url: URL, name: string, fallback: number): number {
  const number = Number(url.searchParams.get(name) ?? fallback);
  return Number.isInteger(number) && number > 0 ? number : fallback;
}
