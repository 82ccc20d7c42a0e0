import { isIPv6 } from 'node:net';

const GROUPS = 8;
const NETWORK_GROUPS = 4;
const MAPPED = /^(?:0+:)*(?:::)?ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/**
 * What an address counts as: an IPv4 address as itself, an IPv6 address as its network of 64 bits, for whoever has one
 * of these has all of them.
 */
export function addressGroup(address: string): string {
  const plain = address.replace(/%.*$/, '');
  const mapped = MAPPED.exec(plain)?.[1];
  if (mapped) return mapped;
  if (!isIPv6(plain)) return plain;
  const [head, tail] = plain.split('::');
  const front = groupsOf(head);
  const back = groupsOf(tail ?? '');
  const zeros = tail === undefined ? 0 : Math.max(0, GROUPS - front.length - back.length);
  const all = [...front, ...Array<string>(zeros).fill('0'), ...back];
  return `${all.slice(0, NETWORK_GROUPS).join(':')}::/64`;
}

function groupsOf(part: string): string[] {
  return part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16).toString(16));
}
