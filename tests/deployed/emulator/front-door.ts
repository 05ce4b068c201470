import { once } from 'node:events';
import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

export type FrontDoor = { readonly url: string; readonly port: number; readonly close: () => Promise<void> };

export type FrontDoorOptions = {
  /** Port of the emulator on the loopback address. */
  readonly targetPort: number;
  /** Headers set on every request, over what the caller sent. */
  readonly headers: () => Readonly<Record<string, string>>;
};

/**
 * A door before the emulator that sets headers and passes everything else on as it is. One door stands for the TLS
 * endpoint of AWS (`x-forwarded-proto: https`, so that policies which demand TLS let callers pass), another for the host name of
 * the HTTP API, which has no address of its own on this machine.
 */
export const openFrontDoor = async ({ targetPort, headers }: FrontDoorOptions): Promise<FrontDoor> => {
  const agent = new Agent({ keepAlive: true });
  const server = createServer((incoming, answer) => {
    const onward = request(
      {
        agent,
        host: '127.0.0.1',
        port: targetPort,
        method: incoming.method,
        path: incoming.url,
        headers: { ...incoming.headers, ...headers() },
      },
      (response) => {
        answer.writeHead(response.statusCode ?? 502, response.headers);
        response.pipe(answer);
      },
    );
    onward.on('error', (error) => {
      if (answer.headersSent) answer.destroy(error);
      else answer.writeHead(502).end(String(error));
    });
    incoming.pipe(onward);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
      agent.destroy();
    },
  };
};
