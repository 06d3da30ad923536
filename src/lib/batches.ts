/**
 * A list cut into parts of at most `size`, in order.
 *
 * @example inBatches([1, 2, 3], 2) // [[1, 2], [3]]
 */
export function inBatches<Item>(items: readonly Item[], size: number): Item[][] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, index) => items.slice(index * size, (index + 1) * size));
}
