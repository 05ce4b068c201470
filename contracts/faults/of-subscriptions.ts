import { says } from './says.ts';

/** Faults in the address at which a department wants to be called. */
export const subscriptionFaults = {
  'webhook.malformed': says(
    '网址格式不正确。',
    '请填写完整的 https 网址，例如 https://example.org/hearth。',
    'This is no complete address.',
    'Give a whole https address, such as https://example.org/hearth.',
  ),
  'webhook.scheme': says(
    '网址不是 https。',
    '请填写以 https:// 开头的网址。',
    'The address is not https.',
    'Give an address that begins with https://.',
  ),
  'webhook.credentials': says(
    '网址中含有用户名或密码。',
    '请将其删去；通知的真实性由签名证明。',
    'There is a user name or password in the address.',
    'Leave it out: the signature shows that a call is genuine.',
  ),
  'webhook.port': says(
    '端口不是 443。',
    '请通过 443 端口提供服务，并删去网址中的端口。',
    'The port is not 443.',
    'Serve it on port 443 and leave the port out.',
  ),
  'webhook.private': says(
    '网址指向内网、本机或元数据服务的地址。',
    '请填写互联网上可以访问的公网地址。',
    'The address leads into a private network, to this machine, or to a metadata service.',
    'Give one with a public address on the internet.',
  ),
  'webhook.unresolved': says(
    '域名无法解析。',
    '请核对域名；刚登记的域名请稍后再试。',
    'The host name leads to no address.',
    'Check the name; where it is new, try again later.',
  ),
} as const;
