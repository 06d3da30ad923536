import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { politeGet } from '../../src/lib/web/polite.ts';
import {
  type AddressProblem,
  checkPublicUrl,
  onlyPublic,
} from '../../src/lib/web/publicAddress.ts';
import { readRobots } from '../../src/lib/web/robots.ts';
import { fakeNetwork } from '../lib/web/fakeNetwork.ts';

const NOW = Date.UTC(2026, 10, 22, 3);

const forbidden: readonly (readonly [form: string, url: string, problem: AddressProblem])[] = [
  ['loopback', 'http://127.0.0.1/', 'private-address'],
  ['another loopback', 'http://127.8.9.10/', 'private-address'],
  ['decimal', 'http://2130706433/', 'private-address'],
  ['octal', 'http://0177.0.0.1/', 'private-address'],
  ['octal with zeros', 'http://00000177.0.0.1/', 'private-address'],
  ['hex', 'http://0x7f.0.0.1/', 'private-address'],
  ['hex in one', 'http://0x7f000001/', 'private-address'],
  ['hex in capitals', 'http://0X7F.0X0.0X0.0X1/', 'private-address'],
  ['mixed bases', 'http://0x7f.0.1/', 'private-address'],
  ['two parts', 'http://127.1/', 'private-address'],
  ['three parts', 'http://10.1.2/', 'private-address'],
  ['zero', 'http://0/', 'private-address'],
  ['this network', 'http://0.0.0.0/', 'private-address'],
  ['percent-encoded', 'http://%31%32%37.0.0.1/', 'private-address'],
  ['full-width digits', 'http://１２７.０.０.１/', 'private-address'],
  ['circled digits', 'http://①②⑦.⓪.⓪.①/', 'private-address'],
  ['ideographic full stops', 'http://127。0。0。1/', 'private-address'],
  ['soft hyphen', 'http://127.0.0.1\u00ad/', 'private-address'],
  ['trailing dot', 'http://127.0.0.1./', 'private-address'],
  ['a tab inside', 'http://127.0\t.0.1/', 'private-address'],
  ['backslashes', 'http:\\\\127.0.0.1\\', 'private-address'],
  ['no slashes', 'https:127.0.0.1', 'private-address'],
  ['private 10/8', 'https://10.0.0.1/', 'private-address'],
  ['private 172.16/12, first', 'https://172.16.0.1/', 'private-address'],
  ['private 172.16/12, last', 'https://172.31.255.255/', 'private-address'],
  ['private 192.168/16', 'https://192.168.0.1/', 'private-address'],
  ['carrier-grade NAT, first', 'https://100.64.0.1/', 'private-address'],
  ['carrier-grade NAT, last', 'https://100.127.255.254/', 'private-address'],
  ['link-local: metadata', 'http://169.254.169.254/latest/meta-data/', 'private-address'],
  ['metadata, decimal', 'http://2852039166/', 'private-address'],
  ['metadata of Alibaba', 'http://100.100.100.200/', 'private-address'],
  ["Azure's own host", 'http://168.63.129.16/', 'private-address'],
  ['benchmarking', 'https://198.19.255.255/', 'private-address'],
  ['protocol assignments', 'https://192.0.0.192/', 'private-address'],
  ['documentation', 'https://203.0.113.7/', 'private-address'],
  ['multicast', 'https://224.0.0.1/', 'private-address'],
  ['reserved', 'https://240.0.0.1/', 'private-address'],
  ['broadcast', 'https://255.255.255.255/', 'private-address'],
  ['IPv6 loopback', 'http://[::1]/', 'private-address'],
  ['IPv6 loopback in full', 'http://[0:0:0:0:0:0:0:1]/', 'private-address'],
  ['IPv6 unspecified', 'http://[::]/', 'private-address'],
  ['IPv4-mapped', 'http://[::ffff:127.0.0.1]/', 'private-address'],
  ['IPv4-mapped, hex', 'http://[::ffff:7f00:1]/', 'private-address'],
  ['IPv4-mapped metadata', 'http://[::ffff:a9fe:a9fe]/', 'private-address'],
  ['IPv4-mapped public', 'http://[::ffff:8.8.8.8]/', 'private-address'],
  ['IPv4-compatible', 'http://[::7f00:1]/', 'private-address'],
  ['NAT64', 'http://[64:ff9b::7f00:1]/', 'private-address'],
  ['local NAT64', 'http://[64:ff9b:1::a00:1]/', 'private-address'],
  ['6to4', 'http://[2002:7f00:1::]/', 'private-address'],
  ['Teredo', 'http://[2001:0:7f00:1::]/', 'private-address'],
  ['IPv6 link-local', 'http://[fe80::1]/', 'private-address'],
  ['IPv6 site-local', 'http://[fec0::1]/', 'private-address'],
  ['IPv6 unique local', 'http://[fd00:ec2::254]/', 'private-address'],
  ['IPv6 multicast', 'http://[ff02::1]/', 'private-address'],
  ['IPv6 documentation', 'http://[2001:db8::1]/', 'private-address'],
  ['IPv6 documentation, new', 'http://[3fff::1]/', 'private-address'],
  ['localhost', 'http://localhost/', 'private-name'],
  ['localhost in capitals', 'http://LOCALHOST/', 'private-name'],
  ['localhost with a dot', 'http://localhost./', 'private-name'],
  ['under localhost', 'http://app.localhost/', 'private-name'],
  ['localhost, full width', 'http://ｌｏｃａｌｈｏｓｔ/', 'private-name'],
  ['a name of one label', 'http://metadata/', 'private-name'],
  ['metadata of Google', 'http://metadata.google.internal/', 'private-name'],
  ['... with a dot', 'http://metadata.google.internal./', 'private-name'],
  ['multicast DNS', 'http://printer.local/', 'private-name'],
  ['a router', 'http://router.lan/', 'private-name'],
  ['home network', 'http://nas.home.arpa/', 'private-name'],
  ['cluster', 'http://kubernetes.default.svc.cluster.local/', 'private-name'],
  ['an address in a name', 'http://127.0.0.1.nip.io/', 'private-name'],
  ['a name for loopback', 'http://localtest.me/', 'private-name'],
  ['a user name', 'https://canteen.example@127.0.0.1/', 'user-name'],
  ['a password', 'https://:secret@canteen.example/', 'user-name'],
  ['a port of SSH', 'https://canteen.example:22/', 'port'],
  ['a port of Redis', 'http://canteen.example:6379/', 'port'],
  ['a port of the Worker', 'http://canteen.example:8787/', 'port'],
  ['a file', 'file:///etc/passwd', 'not-an-address'],
  ['data', 'data:text/html,hello', 'not-an-address'],
  ['gopher', 'gopher://127.0.0.1:6379/_', 'not-an-address'],
  ['ftp', 'ftp://canteen.example/', 'not-an-address'],
  ['script', 'javascript:alert(1)', 'not-an-address'],
  ['blob', 'blob:https://canteen.example/1', 'not-an-address'],
  ['no scheme', '//127.0.0.1/', 'not-an-address'],
  ['too large a number', 'http://4294967296/', 'not-an-address'],
  ['an octet too large', 'http://256.0.0.1/', 'not-an-address'],
  ['a zone', 'http://[fe80::1%25eth0]/', 'not-an-address'],
  ['nothing', '', 'not-an-address'],
];

describe('an address that leads into somebody’s network', () => {
  test.each(forbidden)('%s is refused: %s', (_form, url, problem) => {
    expect(checkPublicUrl(url, { allowHttp: true })).toEqual({ ok: false, problem });
  });

  test('is refused wherever it lies in a closed network, in decimal as in hex', () => {
    const networks = [
      [10, 0, 0, 8],
      [127, 0, 0, 8],
      [172, 16, 0, 12],
      [192, 168, 0, 16],
      [100, 64, 0, 10],
      [169, 254, 0, 16],
    ] as const;
    fc.assert(
      fc.property(fc.nat({ max: 2 ** 32 - 1 }), (address) => {
        const isClosed = networks.some(([one, two, three, bits]) => {
          const start = one * 2 ** 24 + two * 2 ** 16 + three * 2 ** 8;
          return address >= start && address < start + 2 ** (32 - bits);
        });
        const decimal = checkPublicUrl(`https://${address}/`);
        const hex = checkPublicUrl(`https://0x${address.toString(16)}/`);
        expect(decimal.ok).toBe(hex.ok);
        if (isClosed) expect(decimal.ok).toBe(false);
      }),
    );
  });
});

describe('an address of the public web', () => {
  test.each([
    'https://canteen.example/menu?week=1',
    'https://xn--3e0b707e.example/',
    'https://한국.example/',
    'https://canteen.example:443/',
    'https://canteen.example./',
    'https://8.8.8.8/',
    'https://172.32.0.1/',
    'https://100.128.0.1/',
    'https://[2606:4700:4700::1111]/',
    'https://[2001:4860:4860::8888]/',
    'https://internal.example/',
    'https://localhost.example/',
  ])('is allowed: %s', (url) => {
    expect(checkPublicUrl(url).ok).toBe(true);
  });

  test('without https is allowed only where that is enough', () => {
    expect(checkPublicUrl('http://canteen.example/')).toEqual({ ok: false, problem: 'not-https' });
    expect(checkPublicUrl('http://canteen.example/', { allowHttp: true }).ok).toBe(true);
    expect(checkPublicUrl('http://canteen.example:80/', { allowHttp: true }).ok).toBe(true);
  });

  test('that the owner vouches for is allowed as it is, port and all, and no other port with it', () => {
    const options = { trustedHosts: ['localhost:8788'] };
    expect(checkPublicUrl('http://localhost:8788/canteen/', options).ok).toBe(true);
    expect(checkPublicUrl('http://localhost:8787/', options).ok).toBe(false);
    expect(checkPublicUrl('http://user@localhost:8788/', options).ok).toBe(false);
  });
});

describe('a network of public addresses only', () => {
  const targets = [
    'http://169.254.169.254/',
    'https://localhost/',
    'http://[::1]/',
    'http://10.0.0.1:8080/',
  ];

  test.each(targets)('never carries a request to %s, whatever leads there', async (target) => {
    const network = fakeNetwork(({ url }) => {
      if (new URL(url).host !== 'canteen.example') return new Response('secret');
      return new Response(null, { status: 302, headers: { location: target } });
    }, NOW);
    const runtime = onlyPublic(network.runtime, { allowHttp: true });

    const robots = await readRobots({
      runtime,
      origin: 'https://canteen.example',
      agent: 'soshik',
      copy: undefined,
    });
    const page = await politeGet({
      runtime,
      url: 'https://canteen.example/menu',
      accept: 'text/html',
      contact: '',
      timeZone: 'Asia/Seoul',
      memory: { robots: { text: '', fetchedAt: NOW } },
    });

    expect(robots.kind).toBe('unreachable');
    expect(page.outcome.kind).toBe('broken');
    expect(new Set(network.requests.map(({ url }) => new URL(url).host))).toEqual(
      new Set(['canteen.example']),
    );
  });
});
