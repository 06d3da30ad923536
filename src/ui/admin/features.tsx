import type { Bot } from '../../bot/context.ts';
import { type CardView, channelInfo } from '../../bot/platform.ts';
import type { AdminPath, Book, FeatureState } from '../../config/reader.ts';
import { isKeyOf } from '../../lib/text.ts';
import { type Hook, readHooks } from '../../store/hooks.ts';
import { say, type Text } from '../language.ts';
import { Badge, Card, Row, type State } from '../parts.tsx';
import type { OwnerAt } from './page.tsx';

const texts = {
  on: { ko: '켜짐', en: 'On' },
  off: { ko: '꺼짐', en: 'Off' },
  failing: { ko: '문제 있음', en: 'Failing' },
  missing: { ko: '켜려면 필요한 값', en: 'Needs' },
  none: { ko: '아직 등록한 채널이 없어요.', en: 'No channel is registered yet.' },
  add: { ko: '채널 등록하기', en: 'Register a channel' },
} as const satisfies Record<string, Text>;

const own: Text = { ko: '직접 정해요', en: 'of your own choice' };

/** What `/healthz` names that no room declares. */
const otherNames = {
  settings: { ko: '설정', en: 'Settings' },
  storage: { ko: '데이터 저장', en: 'Storage' },
  jobs: { ko: '정해진 일', en: 'Jobs' },
} as const satisfies Record<string, Text>;

/** The owner's password as it is set among the Worker's secrets. */
type Password =
  | { readonly state: 'set'; readonly value: string }
  | { readonly state: 'missing' }
  | { readonly state: 'short' };

export const MIN_PASSWORD_LENGTH = 12;

/** What the owner's pages stand on. */
interface AdminSettings {
  readonly password: Password;
  /** `TOKEN_KEY` as it is set; whether it is a key, the signer tells. */
  readonly tokenKey: string;
}

/** Reads the secrets of the owner's pages; a blank one counts as missing. */
export function adminSettings(env: object): AdminSettings {
  const values = new Map<string, unknown>(Object.entries(env));
  const read = (name: string): string => {
    const value = values.get(name);
    return typeof value === 'string' ? value.trim() : '';
  };
  return { password: toPassword(read('ADMIN_PASSWORD')), tokenKey: read('TOKEN_KEY') };
}

function toPassword(value: string): Password {
  if (value === '') return { state: 'missing' };
  return value.length < MIN_PASSWORD_LENGTH ? { state: 'short' } : { state: 'set', value };
}

/** A feature in a list: whether it works, and if not, what it needs. */
export function FeatureRow({
  id,
  name,
  feature,
  at,
}: {
  id: string;
  /** Of what is no part of `/healthz`. */
  name?: Text;
  feature: FeatureState;
  at: OwnerAt;
}) {
  const { language } = at;
  const easier = partOf(id, at)?.easier;
  return (
    <Row
      title={name ? say(name, language) : featureName(id, at)}
      lines={[
        ...(easier && feature.state === 'off'
          ? [<a href={pageOf(id, at)}>{say(easier, language)}</a>]
          : []),
        ...explain(id, feature, at),
      ]}
    >
      <Badge {...badges[feature.state]} language={language} />
    </Row>
  );
}

/** Some of the features, each a {@link FeatureRow}. */
export function FeatureRows({
  ids,
  features,
  at,
}: {
  ids: readonly string[];
  features: Readonly<Record<string, FeatureState>>;
  at: OwnerAt;
}) {
  return (
    <>
      {Object.entries(features)
        .filter(([id]) => ids.includes(id))
        .map(([id, feature]) => (
          <FeatureRow id={id} feature={feature} at={at} />
        ))}
    </>
  );
}

const badges = {
  on: { state: 'ok', text: texts.on },
  off: { state: 'off', text: texts.off },
  failing: { state: 'bad', text: texts.failing },
} as const;

function explain(id: string, feature: FeatureState, at: OwnerAt) {
  const { book, language } = at;
  if (feature.state === 'on') return [];
  if (feature.state === 'failing') return [reasonOf(id, feature.reason, at)];
  const bySource = Map.groupBy(feature.missing, (name) => whereIs(name, book)[language]);
  return [...bySource].map(([source, names]) => (
    <>
      {say(texts.missing, language)}{' '}
      {names.map((name) => (
        <>
          <code>{name}</code>{' '}
        </>
      ))}
      {source !== '' && `(${source})`}
    </>
  ));
}

/** Where the owner gets a value. */
function whereIs(name: string, { settings }: Book): Text {
  return settings.find((setting) => setting.name === name)?.about.where ?? own;
}

function partOf(id: string, { book }: Pick<OwnerAt, 'book'>) {
  return book.parts.find((part) => part.id === id);
}

/** A feature by its id in `/healthz`, as the owner calls it. */
export function featureName(id: string, at: OwnerAt): string {
  const name = partOf(id, at)?.name ?? (isKeyOf(otherNames, id) ? otherNames[id] : null);
  return name ? say(name, at.language) : id;
}

/** Why a feature fails, in words where there are some, else as `/healthz` has it. */
export function reasonOf(id: string, reason: string, { platforms, language }: OwnerAt): string {
  const [text] = platforms.flatMap(({ reasonText }) => reasonText?.(id, reason) ?? []);
  return text ? say(text, language) : reason;
}

/** The page on which the owner can do something about a feature. */
export function pageOf(id: string, at: Pick<OwnerAt, 'book'>): AdminPath {
  return partOf(id, at)?.page ?? '/admin/doctor';
}

const MOST_SHOWN = 20;

const states: Readonly<Record<Hook['state'], { readonly state: State; readonly text: Text }>> = {
  asked: { state: 'warn', text: { ko: '코드를 기다려요', en: 'Waits for its code' } },
  proved: { state: 'ok', text: { ko: '확인됨', en: 'Proved' } },
  gone: { state: 'bad', text: { ko: '없어졌어요', en: 'Gone' } },
};

/**
 * The card of a platform whose addresses are secrets: how it is, what is registered there without
 * its secret, and the way to register more.
 */
export function hookCard(channel: string) {
  return async (bot: Bot, view: CardView) => {
    const { language } = view;
    const at = { ...view, book: bot.book, platforms: bot.platforms };
    const info = channelInfo(bot, channel);
    const hooks = await readHooks(bot.db, channel, MOST_SHOWN);
    return (
      <Card title={info ? say(info.name, language) : channel} id={channel}>
        <ul class="rows">
          <FeatureRows ids={[channel]} features={bot.states} at={at} />
          {hooks.map(({ address, state }) => (
            <Row title={<code>{info?.shown?.(address) ?? '…'}</code>}>
              <Badge {...states[state]} language={language} />
            </Row>
          ))}
        </ul>
        {hooks.length === 0 && <p class="empty">{say(texts.none, language)}</p>}
        <div class="actions">
          <a class="button" href={`/register?channel=${channel}`}>
            {say(texts.add, language)}
          </a>
        </div>
      </Card>
    );
  };
}
