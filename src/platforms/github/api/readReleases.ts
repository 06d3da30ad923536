import * as v from 'valibot';
import { instantSchema } from './readRepository.ts';
import type { Release, Releases } from './types.ts';

const releaseSchema = v.object({
  id: v.string(),
  tagName: v.string(),
  name: v.nullable(v.string()),
  isDraft: v.boolean(),
  isPrerelease: v.boolean(),
  publishedAt: v.nullable(instantSchema),
  createdAt: instantSchema,
  url: v.string(),
});

const tagSchema = v.object({
  name: v.string(),
  target: v.nullable(
    v.object({
      committedDate: v.optional(instantSchema),
      tagger: v.nullish(v.object({ date: v.nullable(v.string()) })),
    }),
  ),
});

/** What fragment `News` asks for. */
export const newsSchema = v.object({
  url: v.string(),
  releases: v.object({ nodes: v.nullable(v.array(v.nullable(releaseSchema))) }),
  tags: v.nullable(v.object({ nodes: v.nullable(v.array(v.nullable(tagSchema))) })),
});

/** Releases without drafts, and the tags that have none, newest first. */
export function releasesOf({ url, releases, tags }: v.InferOutput<typeof newsSchema>): Releases {
  const published = present(releases.nodes).filter(({ isDraft }) => !isDraft);
  const released = new Set(published.map(({ tagName }) => tagName));
  const bare = present(tags?.nodes ?? null).filter(({ name }) => !released.has(name));
  return [
    ...published.map(
      (release): Release => ({
        kind: 'release',
        id: release.id,
        tag: release.tagName,
        title: release.name?.trim() || release.tagName,
        isPrerelease: release.isPrerelease,
        at: release.publishedAt ?? release.createdAt,
        url: release.url,
      }),
    ),
    ...bare.map(
      (tag): Release => ({
        kind: 'tag',
        id: `tag:${tag.name}`,
        tag: tag.name,
        title: tag.name,
        isPrerelease: false,
        at: taggedAt(tag),
        url: `${url}/releases/tag/${encodeURIComponent(tag.name)}`,
      }),
    ),
  ].toSorted((one, other) => other.at - one.at);
}

function taggedAt({ target }: v.InferOutput<typeof tagSchema>): number {
  // A tag may have been made by hand, with a date that is none.
  const taggerAt = Date.parse(target?.tagger?.date ?? '');
  return target?.committedDate ?? (Number.isNaN(taggerAt) ? 0 : taggerAt);
}

function present<Item>(nodes: readonly (Item | null)[] | null): Item[] {
  return (nodes ?? []).flatMap((node) => node ?? []);
}
