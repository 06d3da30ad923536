import type { Language } from '../../../lib/time.ts';
import { say } from '../../../ui/language.ts';
import { webAddress } from '../../../ui/webAddress.ts';
import type { HistoryEntry } from '../polling/history.ts';
import type { WatchedRepository } from '../store/history.ts';
import { texts } from './texts.ts';

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
