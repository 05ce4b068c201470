import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { type Connection, connect } from '../connection/connect.ts';
import { findLocalInstance } from '../connection/local-instance.ts';
import { withEnvironment } from '../connection/options.ts';
import { CommandFailure } from '../failure.ts';
import { says } from '../language.ts';
import type { Session } from '../session.ts';

export interface AgenciesOptions {
  readonly url?: string | undefined;
  readonly tokenUrl?: string | undefined;
  readonly clients?: string | undefined;
  readonly data?: string | undefined;
}

/** A department that is played, and how its client calls. */
export interface Played {
  readonly department: string;
  readonly connection: Connection;
}

/** What is played: the departments, and the clock of the instance where it can be asked for. */
export interface Instance {
  readonly departments: readonly Played[];
  /** Address of the clock of an instance on this machine; null elsewhere, where it is the world's. */
  readonly clockUrl: string | null;
}

const ClientsFile = z
  .array(z.strictObject({ department: z.string(), clientId: z.string(), secret: z.string() }))
  .min(1);
const Claims = z.looseObject({ role: z.string(), agency: z.string() });
const Local = z.looseObject({ controlUrl: z.url() });

const unusable = (zh: string, en: string, error?: unknown): CommandFailure =>
  new CommandFailure(
    {
      title: says('没有可扮演的部门', 'There is no department to play'),
      cause: says(zh, en),
      cure: says(
        '请用 npm start 启动实例；其他实例请给出 --url、--token-url 与 --clients 文件。',
        'Start an instance with npm start; elsewhere give --url, --token-url and a file with --clients.',
      ),
      exitCode: 2,
    },
    error === undefined ? undefined : { cause: error },
  );

const clientsIn = (file: string): z.infer<typeof ClientsFile> => {
  try {
    return ClientsFile.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    throw unusable(
      '--clients 文件应为 [{"department", "clientId", "secret"}]。',
      'The file of --clients is to be [{"department", "clientId", "secret"}].',
      error,
    );
  }
};

const elsewhere = ({ url, tokenUrl, clients }: AgenciesOptions, { terminal }: Session): Instance => {
  if (clients === undefined) throw unusable('未给出 --clients。', '--clients was not given.');
  const departments = clientsIn(resolve(terminal.folder, clients)).map(({ department, clientId, secret }) => ({
    department,
    connection: connect({ url, tokenUrl, clientId, clientSecret: secret }, terminal, ['agency']),
  }));
  return { departments, clockUrl: null };
};

/** The departments that can be played: those that the instance on this machine has clients for, or those of a file. */
export const instanceOf = (options: AgenciesOptions, session: Session): Instance => {
  if (options.url !== undefined) return elsewhere(options, session);
  const { terminal } = session;
  const { data } = withEnvironment({ data: options.data }, terminal.environment);
  const found = findLocalInstance(data, terminal.folder);
  const departments = new Map<string, Played>();
  for (const { clientId, claims } of found.clients) {
    const { agency, role } = Claims.safeParse(claims).data ?? {};
    if (agency === undefined || role !== 'agency' || departments.has(agency)) continue;
    departments.set(agency, { department: agency, connection: connect({ data, clientId }, terminal, ['agency']) });
  }
  if (departments.size === 0) throw unusable('该实例没有部门的客户端。', 'The instance has no client of a department.');
  const { controlUrl } = Local.safeParse(found).data ?? {};
  return { departments: [...departments.values()], clockUrl: controlUrl === undefined ? null : `${controlUrl}/clock` };
};
