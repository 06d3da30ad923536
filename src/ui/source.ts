import { sha256Hex } from '../lib/encoding.ts';

/**
 * Under which name what comes from an address is counted. An IPv6 network hands its customer
 * 2^64 addresses at least, so those count as one. Only a hash is kept.
 */
export async function sourceOf(address: string): Promise<string> {
  return (await sha256Hex(`login ${networkOf(address)}`)).slice(0, 32);
}

function networkOf(address: string): string {
  if (!address.includes(':')) return address;
  const [head = '', tail] = address.toLowerCase().split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const gap = Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0');
  const groups = tail === undefined ? left : [...left, ...gap, ...right];
  return groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}
