import type { AssistanceEntryView } from '../../contracts/api/assistance-chain.ts';
import type { InTheWay, Named } from '../../contracts/api/in-the-way.ts';
import type { AssistanceEntry } from '../../domain/assistance/assistance-entry.ts';
import { lastDayOf } from '../../domain/assistance/period.ts';
import type { PolicyPack } from '../../domain/policy/policy-pack.ts';

/** What something of the catalogue is called, by the newest of its versions. What a policy no longer knows goes by its code. */
export const named = (versions: readonly Named[], code: string): Named => {
  const found = versions.findLast((version) => version.code === code);
  return { code, name: found?.name ?? { zh: code, en: code } };
};

/** An entry as those see it who may see all of it. */
export const viewOf = (entry: AssistanceEntry, { catalogue, departments }: PolicyPack): AssistanceEntryView => {
  const { version: _, places: _places, guards: _guards, deliveredAt, item, department, ...rest } = entry;
  return {
    ...rest,
    deliveredOn: deliveredAt,
    item: named(catalogue, item),
    department: named(departments, department),
  };
};

/** All that anybody learns of an entry of another department: the kind of aid, from whom, and until when. */
export const inTheWayOf = (entry: AssistanceEntry, { catalogue, departments }: PolicyPack): InTheWay => {
  const { period, endedAfter } = entry;
  const standing = period.of === 'months' && endedAfter !== null ? { ...period, to: endedAfter } : period;
  return {
    item: named(catalogue, entry.item),
    department: named(departments, entry.department),
    until: lastDayOf(standing),
  };
};
