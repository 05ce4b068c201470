import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Item } from '../../support/engine.ts';
import type { World } from '../world.ts';
import { flips, type Tampering, wholeClasses } from './bytes.ts';

/** A sealed attribute of a stored row, and how the product opens it. */
interface Sealed {
  readonly row: Item;
  readonly attribute: string;
  readonly open: () => Promise<unknown>;
}

export interface Tampered {
  readonly class: string;
  readonly caught: boolean;
  readonly what: string;
}

const prefixOf = ({ pk }: Item): string => String(pk).split('#')[0] ?? '';

/** Opens whatever a row is, by the product's own reading of it; undefined for rows that no reading by key is made of. */
const openerOf = ({ roster: { store } }: World, row: Item): (() => Promise<unknown>) | undefined => {
  const id = String(row['pk']).split('#')[1] as never;
  switch (`${prefixOf(row)} ${String(row['sk'])}`) {
    case 'HOUSEHOLD STATE':
      return () => store.household(id);
    case 'APPLICATION STATE':
      return () => store.application(id);
    case 'TASK STATE':
      return () => store.task(id);
    case 'NOTICE STATE':
      return () => store.notice(id);
    case 'DETERMINATION STATE':
      return () => store.determination(id);
    case 'POLICY-RUN STATE':
      return () => store.policyRun(id);
    case 'TASK TOKEN':
    case 'NOTICE TOKEN':
      return () => store.token(id);
    default:
      return undefined;
  }
};

const sealedIn = (world: World, rows: readonly Item[]): Sealed[] =>
  rows.flatMap((row) => {
    const open = openerOf(world, row);
    return Object.entries(row).flatMap(([attribute, value]) =>
      value instanceof Uint8Array && open !== undefined ? [{ row, attribute, open }] : [],
    );
  });

const kindOf = ({ row, attribute }: Sealed): string => `${prefixOf(row)} ${String(row['sk'])} ${attribute}`;
const bytesOf = ({ row, attribute }: Sealed): Buffer => Buffer.from(row[attribute] as Uint8Array);

/**
 * Changes the bytes of an envelope where they lie, in the table, and reads the record by the product. Every kind of envelope there
 * is in the table is attacked; what opens, or is read as if nothing were there, was not caught.
 */
export const tamperWithEnvelopes = async (world: World, every: number): Promise<readonly Tampered[]> => {
  const { tables, items } = world.roster;
  const sealed = sealedIn(world, await items('roster'));
  const results: Tampered[] = [];
  const put = (row: Item) => tables.client.send(new PutCommand({ TableName: tables.roster, Item: row }));
  for (const [kind, alike] of Map.groupBy(sealed, kindOf)) {
    const [one, other] = alike;
    if (one === undefined) continue;
    const whole = bytesOf(one);
    const intact = await one.open().then(
      (value) => value !== undefined,
      () => false,
    );
    if (!intact) throw new Error(`${kind} could not be opened before it was touched`);
    const otherGroup = Object.entries(one.row).find(
      ([name, value]) => name !== one.attribute && value instanceof Uint8Array,
    );
    const swapped: Tampering[] =
      otherGroup === undefined
        ? []
        : [{ name: 'that of another group of the record', make: () => Buffer.from(otherGroup[1] as Uint8Array) }];
    const fromAnother: Tampering[] = other === undefined ? [] : [...wholeClasses];
    const classes = [
      ...flips(whole.length, every),
      ...(other === undefined ? wholeClasses.slice(0, 9) : fromAnother),
      ...swapped,
    ];
    for (const { name, make } of classes) {
      const bytes = make(whole, other === undefined ? whole : bytesOf(other));
      if (bytes === undefined || bytes.equals(whole)) continue;
      await put({ ...one.row, [one.attribute]: bytes });
      const opened = await one.open().then(
        () => true,
        () => false,
      );
      results.push({ class: 'envelope', caught: !opened, what: `${kind}: ${name}` });
    }
    await put(one.row);
  }
  return results;
};
