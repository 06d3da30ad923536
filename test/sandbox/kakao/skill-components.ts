import * as v from 'valibot';

/**
 * As in docs/platforms/kakao.md, Skill answers. Lengths are counted in UTF-16, the strictest unit.
 */
const words = v.pipe(v.string(), v.minLength(1));
const text = (limit: number) => v.pipe(v.string(), v.minLength(1), v.maxLength(limit));
const address = v.pipe(v.string(), v.url());
const extra = v.optional(v.record(v.string(), v.unknown()));
const forwardable = v.optional(v.boolean());

const thumbnail = v.strictObject({
  imageUrl: address,
  altText: v.optional(text(50)),
  fixedRatio: v.optional(v.boolean()),
  link: v.optional(v.strictObject({ web: v.optional(address) })),
});

const button = v.variant('action', [
  v.strictObject({ label: text(14), action: v.literal('webLink'), webLinkUrl: address, extra }),
  v.strictObject({ label: text(14), action: v.literal('message'), messageText: words, extra }),
  v.strictObject({ label: text(14), action: v.literal('phone'), phoneNumber: words, extra }),
  v.strictObject({
    label: text(14),
    action: v.literal('block'),
    blockId: words,
    messageText: v.optional(words),
    extra,
  }),
  v.strictObject({ label: text(14), action: v.picklist(['share', 'operator']), extra }),
]);

const layout = v.optional(v.picklist(['vertical', 'horizontal']));

type Buttoned = {
  readonly buttons?: readonly { readonly label: string }[] | undefined;
  readonly buttonLayout?: 'vertical' | 'horizontal' | undefined;
};

const crowded = 'too many buttons, or too wide ones';

/** Two buttons side by side have less room; a channel shows three below each other, a room five. */
function areButtonsInRoom({ buttons = [], buttonLayout }: Buttoned, most: number): boolean {
  if (buttonLayout !== 'horizontal') return buttons.length <= most;
  return buttons.length <= 2 && (buttons.length < 2 || buttons.every((b) => b.label.length <= 8));
}

/** Cards, one schema each; a carousel gives them less room. */
function cardsFor(inGroup: boolean, inCarousel: boolean) {
  const buttons = {
    buttons: v.optional(v.array(button)),
    buttonLayout: layout,
    forwardable,
  };
  const most = inGroup ? 5 : 3;
  const item = v.strictObject({
    title: words,
    description: v.optional(words),
    imageUrl: v.optional(address),
    link: v.optional(v.strictObject({ web: v.optional(address) })),
    action: v.optional(v.picklist(['block', 'message'])),
    blockId: v.optional(words),
    messageText: v.optional(words),
    extra,
  });
  return {
    textCard: v.pipe(
      v.strictObject({ title: v.optional(text(50)), description: v.optional(words), ...buttons }),
      v.check(({ title = '', description = '' }) => {
        const length = title.length + description.length;
        return length > 0 && length <= (inCarousel ? 128 : 400);
      }, 'title and description are empty or too long together'),
      v.check((card) => areButtonsInRoom(card, most), crowded),
    ),
    basicCard: v.pipe(
      v.strictObject({
        title: v.optional(text(50)),
        description: v.optional(text(230)),
        thumbnail,
        ...buttons,
      }),
      v.check((card) => areButtonsInRoom(card, most), crowded),
    ),
    commerceCard: v.pipe(
      v.strictObject({
        title: v.optional(text(30)),
        description: text(40),
        price: v.pipe(v.number(), v.integer()),
        currency: v.literal('won'),
        discount: v.optional(v.number()),
        discountRate: v.optional(v.number()),
        discountedPrice: v.optional(v.number()),
        thumbnails: v.pipe(v.array(thumbnail), v.length(1)),
        ...buttons,
      }),
      v.check((card) => areButtonsInRoom(card, most), crowded),
    ),
    listCard: v.pipe(
      v.strictObject({
        header: v.strictObject({ title: words, imageUrl: v.optional(address) }),
        items: v.pipe(v.array(item), v.minLength(1), v.maxLength(inCarousel ? 4 : 5)),
        ...buttons,
      }),
      v.check((card) => areButtonsInRoom(card, 2), crowded),
    ),
    itemCard: v.pipe(
      v.strictObject({
        thumbnail: v.optional(thumbnail),
        head: v.optional(v.strictObject({ title: text(15) })),
        profile: v.optional(
          v.strictObject({
            title: text(15),
            imageUrl: v.optional(address),
            width: v.optional(v.number()),
            height: v.optional(v.number()),
          }),
        ),
        imageTitle: v.optional(
          v.strictObject({
            title: words,
            description: v.optional(words),
            imageUrl: v.optional(address),
          }),
        ),
        itemList: v.pipe(
          v.array(
            v.pipe(
              v.strictObject({ title: text(6), description: words }),
              v.check(({ title, description }) => title.length + description.length <= 200),
            ),
          ),
          v.minLength(1),
          v.maxLength(inCarousel ? 5 : 10),
        ),
        itemListAlignment: v.optional(v.picklist(['left', 'right'])),
        itemListSummary: v.optional(v.strictObject({ title: text(6), description: text(14) })),
        title: v.optional(words),
        description: v.optional(words),
        ...buttons,
      }),
      v.check((card) => areButtonsInRoom(card, most), crowded),
    ),
  };
}

const simpleText = v.strictObject({ text: text(1000), extra });
const simpleImage = v.strictObject({ imageUrl: address, altText: text(50) });

const items = <Item extends v.GenericSchema>(schema: Item, most: number) =>
  v.pipe(v.array(schema), v.minLength(1), v.maxLength(most));

const carousel = (() => {
  const card = cardsFor(false, true);
  const header = v.optional(
    v.strictObject({ title: words, description: words, thumbnail: v.optional(thumbnail) }),
  );
  return v.variant('type', [
    v.strictObject({ type: v.literal('textCard'), items: items(card.textCard, 10) }),
    v.strictObject({ type: v.literal('listCard'), items: items(card.listCard, 5) }),
    v.strictObject({ type: v.literal('basicCard'), items: items(card.basicCard, 10), header }),
    v.strictObject({
      type: v.literal('commerceCard'),
      items: items(card.commerceCard, 10),
      header,
    }),
    v.strictObject({ type: v.literal('itemCard'), items: items(card.itemCard, 10), header }),
  ]);
})();

type Components = Readonly<Record<string, v.GenericSchema>>;

/**
 * Every component that an answer may hold, by its name (docs/platforms/kakao.md, Skill answers and
 * Group rooms).
 */
export function skillComponents(inGroup: boolean): Components {
  const { commerceCard, ...cards } = cardsFor(inGroup, false);
  const everywhere = { simpleText, simpleImage, ...cards };
  return inGroup ? everywhere : { ...everywhere, commerceCard, carousel };
}
