import { BlockList, isIPv6 } from 'node:net';

type Range = readonly [network: string, prefix: number];

/** Special-purpose ranges of the IANA registry: this machine, private networks, carrier NAT, link-local with its metadata, documentation. */
const closedIpv4: readonly Range[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];
/** Of IPv6 only global unicast is open, and of that not what carries an IPv4 address within it, nor documentation. */
const openIpv6: Range = ['2000::', 3];
const closedIpv6: readonly Range[] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
];

const listOf = (ranges: readonly Range[], family: 'ipv4' | 'ipv6'): BlockList => {
  const list = new BlockList();
  for (const [network, prefix] of ranges) list.addSubnet(network, prefix, family);
  return list;
};
const closed4 = listOf(closedIpv4, 'ipv4');
const closed6 = listOf(closedIpv6, 'ipv6');
const open6 = listOf([openIpv6], 'ipv6');

/** Whether an address is one that anybody on the internet could call: whatever else there is behind the platform's own walls. */
export const isPublicAddress = (address: string): boolean =>
  isIPv6(address) ? open6.check(address, 'ipv6') && !closed6.check(address, 'ipv6') : !closed4.check(address, 'ipv4');
