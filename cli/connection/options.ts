import type { Command } from 'commander';
import { z } from 'zod';

/** Where the instance is and who calls, as far as the command line or the environment says so. */
export const ConnectionOptions = z.object({
  url: z.string().optional(),
  token: z.string().optional(),
  tokenUrl: z.string().optional(),
  clientId: z.string().optional(),
  clientSecret: z.string().optional(),
  data: z.string().optional(),
});
export type ConnectionOptions = z.infer<typeof ConnectionOptions>;

/** The environment variable of each option; an option that is given goes before it. */
export const connectionVariables = {
  url: 'HEARTH_URL',
  token: 'HEARTH_TOKEN',
  tokenUrl: 'HEARTH_TOKEN_URL',
  clientId: 'HEARTH_CLIENT_ID',
  clientSecret: 'HEARTH_CLIENT_SECRET',
  data: 'HEARTH_DATA',
} as const satisfies Record<keyof ConnectionOptions, string>;

/** The options, filled up from the environment. An empty text counts as not given. */
export const withEnvironment = (
  options: ConnectionOptions,
  environment: Readonly<Record<string, string | undefined>>,
): ConnectionOptions =>
  ConnectionOptions.parse(
    Object.fromEntries(
      Object.entries(connectionVariables).map(([name, variable]) => {
        const given = ConnectionOptions.keyof().parse(name);
        return [name, options[given] || environment[variable] || undefined];
      }),
    ),
  );

/** Declares the options on a command. */
export const addConnectionOptions = (command: Command, say: (zh: string, en: string) => string): Command =>
  command
    .option(
      '--url <address>',
      say(
        '接口地址（HEARTH_URL）；不给时用本机 npm start 的实例',
        'address of the API (HEARTH_URL); without it, the instance npm start runs on this machine',
      ),
    )
    .option('--client-id <id>', say('OIDC 客户端（HEARTH_CLIENT_ID）', 'OIDC client (HEARTH_CLIENT_ID)'))
    .option(
      '--client-secret <secret>',
      say('客户端密钥（最好用 HEARTH_CLIENT_SECRET）', 'its secret (better in HEARTH_CLIENT_SECRET)'),
    )
    .option(
      '--token-url <address>',
      say('令牌端点（HEARTH_TOKEN_URL）', 'where the issuer gives tokens (HEARTH_TOKEN_URL)'),
    )
    .option(
      '--token <jwt>',
      say('已有的访问令牌（最好用 HEARTH_TOKEN）', 'an access token you have already (better in HEARTH_TOKEN)'),
    )
    .option(
      '--data <folder>',
      say(
        '本机实例的数据目录（HEARTH_DATA，默认 .hearth）',
        'data folder of the local instance (HEARTH_DATA; default .hearth)',
      ),
    );
