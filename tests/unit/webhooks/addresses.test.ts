import { describe, expect, test } from 'vitest';
import { isPublicAddress } from '../../../adapters/webhooks/addresses.ts';
import { httpWebhooks } from '../../../adapters/webhooks/webhooks.ts';

const publicAddress = '93.184.215.14';
const names: Readonly<Record<string, readonly string[]>> = {
  'agency.example': [publicAddress],
  'inside.example': ['10.0.0.7'],
  'both.example': [publicAddress, '192.168.1.1'],
  'six.example': ['2606:2800:21f:cb07:6820:80da:af6b:8b2c'],
  'mapped.example': ['::ffff:127.0.0.1'],
};
const resolve = async (host: string): Promise<readonly string[]> => {
  const found = names[host];
  if (found === undefined) throw new Error('ENOTFOUND');
  return found;
};
const deployed = httpWebhooks({ testHost: null, resolve });
const local = httpWebhooks({ testHost: '127.0.0.1', resolve });

describe('an address that is public', () => {
  test.each([publicAddress, '1.1.1.1', '223.5.5.5', '2606:4700:4700::1111', '2400:3200::1'])('%s', (address) =>
    expect(isPublicAddress(address)).toBe(true),
  );
});

describe('an address that is not', () => {
  test.each([
    ...['0.0.0.0', '10.1.2.3', '100.64.0.1', '100.100.100.200', '127.0.0.1', '127.9.9.9', '169.254.169.254'],
    ...['172.16.0.1', '172.31.255.255', '192.0.0.8', '192.0.2.1', '192.168.0.1', '198.18.0.1', '198.51.100.1'],
    ...['203.0.113.1', '224.0.0.1', '240.0.0.1', '255.255.255.255'],
    ...['::', '::1', 'fe80::1', 'fc00::1', 'fd00:ec2::254', 'ff02::1', '::ffff:169.254.169.254', '64:ff9b::a00:1'],
    ...['2001::1', '2001:db8::1', '2002:7f00:1::', '3fff::1', '::127.0.0.1'],
  ])('%s', (address) => expect(isPublicAddress(address)).toBe(false));
});

describe('a webhook may go to', () => {
  test.each(['https://agency.example/hearth', 'https://agency.example:443/a?b=c', 'https://six.example'])(
    '%s',
    async (url) => expect(await deployed.faultOf(url)).toBeUndefined(),
  );
});

describe('a webhook may not go to', () => {
  test.each([
    ['agency.example', 'webhook.malformed'],
    ['https://', 'webhook.malformed'],
    [`https://agency.example/${'a'.repeat(1_000)}`, 'webhook.malformed'],
    ['http://agency.example', 'webhook.scheme'],
    ['ftp://agency.example', 'webhook.scheme'],
    ['file:///etc/passwd', 'webhook.scheme'],
    ['https://user@agency.example', 'webhook.credentials'],
    ['https://user:word@agency.example', 'webhook.credentials'],
    ['https://agency.example:8443', 'webhook.port'],
    ['https://agency.example:80', 'webhook.port'],
    ['https://169.254.169.254/latest/meta-data', 'webhook.private'],
    ['https://[fd00:ec2::254]/', 'webhook.private'],
    ['https://[::1]/', 'webhook.private'],
    ['https://[::ffff:10.0.0.1]/', 'webhook.private'],
    ['https://127.0.0.1/', 'webhook.private'],
    // Other spellings of 127.0.0.1.
    ['https://2130706433/', 'webhook.private'],
    ['https://0x7f.1/', 'webhook.private'],
    ['https://017700000001/', 'webhook.private'],
    ['https://inside.example/', 'webhook.private'],
    ['https://both.example/', 'webhook.private'],
    ['https://mapped.example/', 'webhook.private'],
    ['https://nowhere.example/', 'webhook.unresolved'],
  ] as const)('%s', async (url, fault) => {
    expect(await deployed.faultOf(url)).toBe(fault);
    // What is refused when it is registered is refused when it is called.
    const call = { url, id: 'an-id', timestamp: 1, body: '{}', secrets: ['whsec_c2VjcmV0'] };
    expect(await deployed.call(call)).toBe(fault);
  });

  test('test addresses, except where the configuration names them', async () => {
    expect(await deployed.faultOf('http://127.0.0.1:4010/hook')).toBe('webhook.scheme');
    expect(await local.faultOf('http://127.0.0.1:4010/hook')).toBeUndefined();
    // What it names is one host and no other.
    expect(await local.faultOf('http://127.0.0.2:4010/hook')).toBe('webhook.scheme');
    expect(await local.faultOf('https://10.0.0.7/hook')).toBe('webhook.private');
    expect(await local.faultOf('http://user@127.0.0.1:4010/hook')).toBe('webhook.credentials');
  });

  test('where a name that was public leads to now', async () => {
    let address = publicAddress;
    const moved = httpWebhooks({ testHost: null, resolve: async () => [address] });
    expect(await moved.faultOf('https://agency.example/')).toBeUndefined();
    address = '169.254.169.254';
    const call = { url: 'https://agency.example/', id: 'an-id', timestamp: 1, body: '{}', secrets: [] };
    expect(await moved.call(call)).toBe('webhook.private');
  });
});
