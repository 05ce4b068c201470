import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { callerRoles, systemActors } from '../../../domain/access/roles.ts';

const Move = z.strictObject({ from: z.array(z.string()), to: z.string(), by: z.array(z.string()) });
export type Move = z.infer<typeof Move>;

/** A lifecycle as the domain has it: every state there is, and every move that may be made. */
export interface Table {
  /** Such as `task`, from the export `taskLifecycle`. */
  readonly name: string;
  readonly states: readonly string[];
  readonly moves: Readonly<Record<string, Move>>;
}

const folder = resolve(import.meta.dirname, '../../../domain/lifecycles');

/** Every lifecycle of the domain, found by the form of its exports, so that one that is added is attacked as well. */
export const readTables = async (): Promise<readonly Table[]> => {
  const tables: Table[] = [];
  for (const file of readdirSync(folder).filter((each) => each !== 'lifecycle.ts')) {
    const module = z.record(z.string(), z.unknown()).parse({ ...(await import(join(folder, file))) });
    for (const [exported, value] of Object.entries(module).filter(([name]) => name.endsWith('Lifecycle'))) {
      const name = exported.replace(/Lifecycle$/u, '');
      const states = z.array(z.string()).safeParse(module[`${name}States`]);
      if (!states.success) throw new Error(`${file} has ${exported} and no ${name}States`);
      tables.push({ name, states: states.data, moves: z.record(z.string(), Move).parse(value) });
    }
  }
  return tables;
};

/** Everyone who can act: who calls, and the system itself. */
export const actors: readonly string[] = [...callerRoles, ...systemActors];
