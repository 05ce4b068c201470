import { catalogueOn } from '../catalogue/catalogue-on.ts';
import { variablesIn } from '../catalogue/condition.ts';
import type { ConditionContext } from '../catalogue/condition-context.ts';
import { itemStates, turnTo } from '../catalogue/item-states.ts';
import type { ConditionVariable } from '../catalogue/variable.ts';
import { readerOf } from '../catalogue/variables.ts';
import type { LocalDate } from '../dates.ts';
import type { Digest } from '../dependencies.ts';
import type { Evaluation } from '../eligibility/evaluation.ts';
import { planFor } from '../eligibility/plan.ts';
import type { Fact } from '../facts/fact.ts';
import { type FactKind, factKinds, isOccurrence } from '../facts/fact-kinds.ts';
import { occurrencesOf, type Readings, readingIn, slotOf } from '../facts/readings.ts';
import type { Household } from '../households/household.ts';
import type { PersonId } from '../ids.ts';
import type { PolicyPack } from '../policy/policy-pack.ts';
import type { AlertEvidence } from './alert.ts';
import type { AlertRule } from './alert-rule.ts';
import { alertRulesOn, type ConditionRule } from './alert-rules-on.ts';

/** A rule that fires for a household: about whom, on which facts, and the mark by which the same is known again. */
export interface Fired {
  readonly rule: AlertRule;
  readonly persons: readonly PersonId[];
  readonly evidence: readonly AlertEvidence[];
  /** A hash; of a rule that asks about each occurrence by itself one for each that fires, with blanks between them. */
  readonly mark: string;
}

export const evidenceOf = ({ kind, subject, dataset, asOf }: Fact, { members }: Household): AlertEvidence => ({
  kind,
  personId: members.find(({ personId }) => personId === subject)?.personId ?? null,
  dataset,
  asOf,
});

/**
 * What of a fact makes an alert another one: whom it is about and what it says. That the same is told again, by another dataset or of a
 * later day, is nothing new; but for an occurrence, whose day says which one it is.
 */
export const substanceOf = ({ kind, subject, value, asOf }: Fact): readonly unknown[] =>
  isOccurrence(kind) ? [kind, subject, value, asOf] : [kind, subject, value];

export const markOf = (digest: Digest, { code }: AlertRule, substance: unknown): string =>
  digest(JSON.stringify(['alert', code, substance]));

/**
 * Whether all that a rule fires on was marked already. Of occurrences some may be gone, since their days run out: a large bill of long ago that
 * counts no more makes nothing new of those that still do.
 */
export const isMarked = (before: Pick<Fired, 'mark'>, { mark }: Pick<Fired, 'mark'>): boolean => {
  const known = before.mark.split(' ');
  return mark.split(' ').every((each) => known.includes(each));
};

const kindsOf = (variable: ConditionVariable): readonly FactKind[] =>
  'fact' in variable ? [variable.fact] : (variable.madeFrom ?? []);

const factIn = (file: Readings, kind: FactKind): readonly Fact[] => {
  const read = readingIn(file, slotOf(kind));
  return read.known ? [read.fact] : [];
};

/** The facts behind a variable: those of the household, or of the member it is turned to, or of all where it is made from theirs. */
const factsBehind = (variable: ConditionVariable, { home, own, files, member }: ConditionContext): readonly Fact[] =>
  kindsOf(variable).flatMap((kind) => {
    if (factKinds[kind].about === 'household') return factIn(home, kind);
    return member === null ? files.flatMap((file) => factIn(file, kind)) : factIn(own, kind);
  });

/** A choice made from no fact, such as the tier that stands. Numbers, such as an age, move with the calendar and make nothing new. */
const choiceIn = (variable: ConditionVariable, context: ConditionContext): readonly unknown[] =>
  kindsOf(variable).length === 0 && variable.type !== 'int' ? [readerOf(variable)(context)] : [];

interface Hit {
  readonly personId: PersonId | null;
  readonly facts: readonly Fact[];
  readonly substance: readonly unknown[];
}

const hitOf = ({ condition }: ConditionRule, context: ConditionContext): Hit => {
  const used = new Map(variablesIn(condition).map(({ name, variable }) => [name, variable]));
  const facts = new Set([...used.values()].flatMap((variable) => factsBehind(variable, context)));
  const choices = [...used].map(([name, variable]) => [name, ...choiceIn(variable, context)]);
  const personId = context.member?.personId ?? null;
  return { personId, facts: [...facts], substance: [personId, choices, [...facts].map(substanceOf)] };
};

const firedFrom = (
  digest: Digest,
  { rule, tried }: ConditionRule,
  hits: readonly Hit[],
  household: Household,
): Fired => {
  const substances = hits.map(({ substance }) => substance);
  const marked = tried.length === 0 ? [substances] : substances.map((substance) => [substance]);
  return {
    rule,
    persons: [...new Set(hits.flatMap(({ personId }) => personId ?? []))],
    evidence: [...new Set(hits.flatMap(({ facts }) => facts))].map((fact) => evidenceOf(fact, household)),
    mark: marked.map((each) => markOf(digest, rule, each)).join(' '),
  };
};

/** What is on file about the one asked about: where the rule tries each occurrence, once for each, as though it were the only one. */
const filesFor = ({ tried }: ConditionRule, { household, settings, member, own }: ConditionContext) => {
  const files = tried.flatMap((kind) => {
    const slot = slotOf(kind);
    if (member === null || !readingIn(own, slot).known) return [];
    return occurrencesOf(household.facts, member.personId, kind, settings.on).map((each) => own.with(slot, each));
  });
  return files.length === 0 ? [own] : files;
};

/** Leaves the context with one of its files: it is turned to somebody before each rule. */
const hitsFor = (rule: ConditionRule, context: ConditionContext): readonly Hit[] =>
  filesFor(rule, context).flatMap((file) => {
    context.own = file;
    return rule.run(context) === true ? [hitOf(rule, context)] : [];
  });

/**
 * The rules with a condition that fire for a household on a day, in the order of the pack; before the pack's first day none does. What is
 * unknown fires nothing: the rule on what cannot be decided tells of it. `evaluation` is that of the household on that day.
 */
export const firedConditions = (
  digest: Digest,
  evaluation: Evaluation,
  household: Household,
  policy: PolicyPack,
  date: LocalDate,
): readonly Fired[] => {
  if (date < policy.coversFrom) return [];
  const states = itemStates(catalogueOn(planFor(policy, date)), evaluation, household);
  const { context, width } = states;
  return alertRulesOn(policy, date).conditions.flatMap((rule) => {
    const hits: Hit[] = [];
    const last = rule.isForPersons ? width - 1 : 0;
    for (let subject = rule.isForPersons ? 1 : 0; subject <= last; subject += 1) {
      turnTo(states, subject);
      hits.push(...hitsFor(rule, context));
    }
    return hits.length === 0 ? [] : [firedFrom(digest, rule, hits, household)];
  });
};
