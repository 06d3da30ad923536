import type { Language } from '../../../lib/time.ts';
import { say, type Text } from '../../../ui/language.ts';
import { webAddress } from '../../../ui/parts.tsx';
import type { HistoryEntry } from '../polling/history.ts';
import type { WatchedRepository } from '../store/history.ts';

export const texts = {
  all: { ko: '지켜보는 저장소', en: 'Repositories that are watched' },
  allLead: {
    ko: '저장소를 누르면 그동안 알려 드린 커밋과 릴리스가 보여요.',
    en: 'Each one leads to the commits and releases that I told of.',
  },
  allNone: {
    ko: '아직 지켜보는 저장소가 없어요. 처음으로 등록해 보세요.',
    en: 'No repository is watched yet. Be the first to add one.',
  },
  more: { ko: '더 보기', en: 'More' },
  lead: {
    ko: '최근 {days}일 동안 알려 드린 커밋과 릴리스예요.',
    en: 'Commits and releases that I told of in the last {days} days.',
  },
  feed: { ko: 'Atom 피드', en: 'Atom feed' },
  github: { ko: 'GitHub에서 보기', en: 'See it on GitHub' },
  watch: { ko: '나도 등록하기', en: 'Watch it, too' },
  avatar: { ko: '{name}의 사진', en: 'Picture of {name}' },
  activity: { ko: '최근 30일', en: 'The last 30 days' },
  summary: {
    ko: '커밋 {commits}개, 릴리스 {releases}개가 있었어요.',
    en: 'Commits: {commits}. Releases: {releases}.',
  },
  busiest: {
    ko: '가장 바빴던 날은 {day}, {number}개예요.',
    en: 'The busiest day was {day}, with {number}.',
  },
  none: {
    ko: '아직 알려 드린 소식이 없어요. 새 커밋이나 릴리스가 올라오면 여기에 보여요.',
    en: 'There is no news yet. New commits and releases will be listed here.',
  },
  noneOlder: { ko: '더 오래된 소식은 없어요.', en: 'There is nothing older.' },
  older: { ko: '더 오래된 소식', en: 'Older' },
  newest: { ko: '처음으로', en: 'Newest' },
  pages: { ko: '쪽', en: 'Pages' },
  noMessage: { ko: '(메시지 없음)', en: '(no message)' },
  missing: { ko: '이 기록은 볼 수 없어요', en: 'There is nothing to read here' },
  missingText: {
    ko: '지켜보는 사람이 없거나, 삭제됐거나, 비공개로 바뀐 저장소예요.',
    en: 'Nobody watches this repository, or it was deleted or made private.',
  },
  feedTitle: { ko: '{name} 소식', en: 'News of {name}' },
} as const satisfies Record<string, Text>;

interface Feed {
  readonly repository: WatchedRepository;
  /** Newest first. */
  readonly entries: readonly HistoryEntry[];
  /** Where this Worker is reached; ids are made of it, so that they stay and nobody else's are. */
  readonly origin: string;
  readonly now: number;
  readonly language: Language;
}

/**
 * What happened in a repository as an Atom feed (RFC 4287). Ids are tag URIs (RFC 4151) of the
 * number a change has for good.
 */
export function atomFeed({ repository, entries, origin, now, language }: Feed): string {
  const { id, owner, name } = repository;
  const page = `${origin}/repos/${id}`;
  const title = say(texts.feedTitle, language, { name: `${owner}/${name}` });
  return [
    `<?xml version="1.0" encoding="utf-8"?>`,
    `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${language}">`,
    element('id', tagOf(origin, `repos/${id}`)),
    element('title', title),
    element('updated', instant(entries[0]?.at ?? now)),
    `<author>${element('name', 'soshik')}</author>`,
    link('self', `${page}/feed.atom?lang=${language}`),
    link('alternate', `${page}?lang=${language}`),
    ...entries.map((entry) => entryOf(entry, page, origin)),
    `</feed>`,
  ].join('\n');
}

function entryOf(entry: HistoryEntry, page: string, origin: string): string {
  const { id, at, branch, title, detail, url, commits, more } = entry;
  const first = commits[0]?.message.trim() ?? '';
  const head = branch === null ? title : `${branch}: ${title}`;
  const lines = commits.map((commit) => {
    const address = webAddress(commit.url);
    const said = escaped(commit.message);
    const linked = address === null ? said : `<a href="${escaped(address)}">${said}</a>`;
    return `<li>${linked} ${escaped(commit.author)}</li>`;
  });
  const html = [
    ...(detail === null ? [] : [`<p>${escaped(detail)}</p>`]),
    ...(lines.length === 0 ? [] : [`<ul>${lines.join('')}</ul>`]),
    ...(more === null ? [] : [`<p>${escaped(more)}</p>`]),
  ].join('');
  return [
    `<entry>`,
    element('id', tagOf(origin, `changes/${id}`)),
    element('title', first === '' ? head : `${head} · ${first}`),
    element('updated', instant(at)),
    link('alternate', webAddress(url) ?? page),
    `<content type="html">${escaped(html)}</content>`,
    `</entry>`,
  ].join('');
}

function tagOf(origin: string, what: string): string {
  return `tag:${new URL(origin).hostname},2026:${what}`;
}

function instant(at: number): string {
  return new Date(at).toISOString();
}

function element(name: string, text: string): string {
  return `<${name}>${escaped(text)}</${name}>`;
}

function link(rel: 'self' | 'alternate', to: string): string {
  return `<link rel="${rel}" href="${escaped(to)}"/>`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A text within XML 1.0 (or HTML), without the characters that no XML may hold (section 2.2). */
function escaped(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replace(/[&<>"']/g, (character) => ESCAPES[character] ?? '');
}
