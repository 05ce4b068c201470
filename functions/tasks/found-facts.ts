import type { TaskResult } from '../../contracts/api/tasks.ts';
import { fault } from '../../contracts/field-faults.ts';
import { type FieldRefusal, type Outcome, refuse, succeed } from '../../contracts/outcome.ts';
import { dateInChina, type Instant, type LocalDate } from '../../domain/dates.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import { Fact } from '../../domain/facts/fact.ts';
import { factKinds } from '../../domain/facts/fact-kinds.ts';
import type { Household } from '../../domain/households/household.ts';
import type { AggregateWrite } from '../../domain/store/roster-store.ts';
import type { CaseTask } from '../../domain/tasks/task.ts';
import { visitIn } from './reviewed-household.ts';

/** The household with what was found added, or every fault of the findings; nothing to write when nothing was found. */
export const foundFacts = async (
  { store }: Dependencies,
  task: Pick<CaseTask, 'householdId'>,
  result: TaskResult,
  at: Instant,
): Promise<Outcome<readonly AggregateWrite[]>> => {
  const seen = visitIn(result);
  const findings = seen?.visit.findings ?? ('findings' in result ? result.findings : []);
  const today = dateInChina(at);
  const asOf = seen?.visit.visitedOn ?? today;
  const place = seen?.at ?? '';
  if (asOf > today) {
    return refuse('validation-failed', { errors: [{ field: `${place}/visitedOn`, code: fault('date.future') }] });
  }
  if (findings.length === 0) return succeed([]);
  const roster = await store.household(task.householdId);
  if (roster === undefined) throw new Error(`${task.householdId} is not in the store`);
  const { facts, errors } = factsOf(findings, roster.household, { place, asOf, recordedAt: at });
  if (errors.length > 0) return refuse('validation-failed', { errors });
  return succeed([
    {
      kind: 'household',
      value: {
        ...roster,
        version: roster.version + 1,
        household: { ...roster.household, facts: [...roster.household.facts, ...facts] },
      },
    },
  ]);
};

type Findings = Extract<TaskResult, { findings: unknown }>['findings'];

const factsOf = (
  findings: Findings,
  household: Household,
  { place, asOf, recordedAt }: { place: string; asOf: LocalDate; recordedAt: Instant },
): { facts: Fact[]; errors: FieldRefusal[] } => {
  const facts: Fact[] = [];
  const errors: FieldRefusal[] = [];
  for (const [index, { kind, personId, value }] of findings.entries()) {
    const { about, unit } = factKinds[kind];
    const field = `${place}/findings/${index}`;
    if (personId !== null && !household.members.some((member) => member.personId === personId)) {
      errors.push({ field: `${field}/personId`, code: fault('member.unknown-reference') });
    } else if ((about === 'person') !== (personId !== null)) {
      errors.push({ field: `${field}/personId`, code: fault('fact.subject') });
    } else {
      const subject = personId ?? household.householdId;
      const fact = Fact.safeParse({ kind, subject, value, unit, dataset: 'field-assessment', asOf, recordedAt });
      if (fact.success) facts.push(fact.data);
      else errors.push({ field: `${field}/value`, code: fault('fact.value') });
    }
  }
  return { facts, errors };
};
