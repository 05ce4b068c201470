import type { CallerRole } from '../../domain/access/roles.ts';
import { CommandFailure } from '../failure.ts';
import { says } from '../language.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { findLocalInstance } from './local-instance.ts';
import { type ConnectionOptions, withEnvironment } from './options.ts';
import { type Client, fetchToken } from './token.ts';

/** An instance, and how to get a token for it. */
export interface Connection {
  /** Address of the API, without a slash at its end. */
  readonly url: string;
  /** The token to send; a new one when the last was not accepted any more. */
  readonly token: (renew: boolean) => Promise<string>;
  /** The roles of which one is needed, for the message when the instance refuses. */
  readonly roles: readonly CallerRole[];
}

const usage = (cause: readonly [zh: string, en: string], cure: readonly [zh: string, en: string]): CommandFailure =>
  new CommandFailure({
    title: says('连接参数不完整或无法使用', 'The connection options cannot be used'),
    cause: says(...cause),
    cure: says(...cure),
    exitCode: 2,
  });

const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Throws unless it is an address to which a token or a secret may be sent. */
const safeAddress = (option: string, address: string): string => {
  const url = URL.parse(address);
  if (url === null || !['http:', 'https:'].includes(url.protocol))
    throw usage(
      [`${option} 不是有效的 http(s) 地址。`, `${option} is no http(s) address.`],
      ['例如 https://hearth.example.gov.cn。', 'For example https://hearth.example.gov.cn.'],
    );
  if (url.protocol === 'http:' && !loopback.has(url.hostname))
    throw usage(
      [`${option} 会以明文发送凭据。`, `${option} would send credentials unencrypted.`],
      ['请使用 https 地址；http 仅限本机。', 'Use an https address; http is for this machine only.'],
    );
  return address.replace(/\/+$/u, '');
};

const tokensOf = (client: Client): Connection['token'] => {
  let token: Promise<string> | undefined;
  return (renew) => {
    if (token === undefined || renew) token = fetchToken(client);
    return token;
  };
};

const toRemote = (url: string, options: ConnectionOptions, roles: readonly CallerRole[]): Connection => {
  const address = safeAddress('--url', url);
  const { token, tokenUrl, clientId, clientSecret } = options;
  if (token !== undefined) return { url: address, token: () => Promise.resolve(token), roles };
  if (tokenUrl === undefined || clientId === undefined || clientSecret === undefined)
    throw usage(
      [`没有用于 ${address} 的凭据。`, `There are no credentials for ${address}.`],
      [
        '请给出 --client-id、--client-secret 与 --token-url，或 --token（也可用 HEARTH_CLIENT_ID 等环境变量）。',
        'Give --client-id, --client-secret and --token-url, or --token (or HEARTH_CLIENT_ID and so on).',
      ],
    );
  return {
    url: address,
    token: tokensOf({ tokenUrl: safeAddress('--token-url', tokenUrl), clientId, clientSecret }),
    roles,
  };
};

const toLocal = (options: ConnectionOptions, terminal: Terminal, roles: readonly CallerRole[]): Connection => {
  const { apiUrl, tokenUrl, clients } = findLocalInstance(options.data, terminal.folder);
  const { token, clientId, clientSecret } = options;
  if (token !== undefined) return { url: apiUrl, token: () => Promise.resolve(token), roles };
  const known = clients.map(({ clientId: id, secret, claims }) => ({ id, secret, role: claims.role }));
  const chosen =
    clientId === undefined
      ? roles.map((role) => known.find((client) => client.role === role)).find((client) => client !== undefined)
      : known.find(({ id }) => id === clientId);
  const id = clientId ?? chosen?.id;
  const secret = clientSecret ?? chosen?.secret;
  if (id === undefined || secret === undefined)
    throw usage(
      [
        `本机实例没有可用的客户端（需要角色：${roles.join('、')}）。`,
        `The local instance has no client to use (role needed: ${roles.join(' or ')}).`,
      ],
      ['请给出 --client-id 与 --client-secret。', 'Give --client-id and --client-secret.'],
    );
  return {
    url: apiUrl,
    token: tokensOf({ tokenUrl: options.tokenUrl ?? tokenUrl, clientId: id, clientSecret: secret }),
    roles,
  };
};

/**
 * Finds the instance and who calls it: by the options, else the environment, else the instance that `npm start` runs on this machine,
 * as its client of the first of the roles. Throws a CommandFailure that says what is missing.
 */
export const connect = (given: ConnectionOptions, terminal: Terminal, roles: readonly CallerRole[]): Connection => {
  const options = withEnvironment(given, terminal.environment);
  return options.url === undefined ? toLocal(options, terminal, roles) : toRemote(options.url, options, roles);
};
