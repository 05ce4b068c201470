import { z } from 'zod';
import { CommandFailure } from '../failure.ts';
import { says } from '../language.ts';

/** Who asks the issuer for a token, and where (RFC 6749, section 4.4). */
export interface Client {
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

const Token = z.looseObject({ access_token: z.string().min(1) });

const refused = (client: Client, cause: readonly [zh: string, en: string], error?: unknown): CommandFailure =>
  new CommandFailure(
    {
      title: says('未能取得访问令牌', 'No access token was given'),
      cause: says(...cause),
      cure: says(
        `请核对令牌端点 ${client.tokenUrl}、客户端 ${client.clientId} 及其密钥。`,
        `Check the token address ${client.tokenUrl}, the client ${client.clientId} and its secret.`,
      ),
    },
    error === undefined ? undefined : { cause: error },
  );

const answerOf = async (client: Client): Promise<Response> => {
  const { tokenUrl, clientId, clientSecret } = client;
  const credentials = Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`);
  try {
    return await fetch(tokenUrl, {
      method: 'POST',
      headers: { authorization: `Basic ${credentials.toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    });
  } catch (error) {
    throw refused(client, ['令牌端点没有应答。', 'The token address does not answer.'], error);
  }
};

/** Asks the issuer for a token with the client's credentials. Throws a CommandFailure when it gives none. */
export const fetchToken = async (client: Client): Promise<string> => {
  const response = await answerOf(client);
  if (!response.ok)
    throw refused(client, [
      `签发方拒绝了该客户端（HTTP ${response.status}）。`,
      `The issuer refused the client (HTTP ${response.status}).`,
    ]);
  const parsed = Token.safeParse(await response.json().catch(() => null));
  if (!parsed.success)
    throw refused(client, ['签发方的应答中没有令牌。', 'What the issuer answered holds no token.'], parsed.error);
  return parsed.data.access_token;
};
