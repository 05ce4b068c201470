import type { AlertRulesView } from '../../contracts/api/alerts.ts';
import { fault } from '../../contracts/field-faults.ts';
import { type FieldRefusal, type Outcome, refuse, succeed } from '../../contracts/outcome.ts';
import type { Principal } from '../../contracts/principal.ts';
import { worksIn } from '../../domain/access/reach.ts';
import type { AlertRule } from '../../domain/alerts/alert-rule.ts';
import { whenInWords } from '../../domain/alerts/alert-words.ts';
import type { DisposedAlerts } from '../../domain/alerts/counted-alerts.ts';
import { judgedByOn, precisionBook } from '../../domain/alerts/precision.ts';
import { monthIn, plusMonths } from '../../domain/assistance/period.ts';
import { versionsInForce } from '../../domain/catalogue/catalogue.ts';
import { dateInChina, type LocalDate } from '../../domain/dates.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import type { Months } from '../../domain/insights/counted.ts';
import { type DivisionCode, isWithin } from '../../domain/people/divisions.ts';
import type { PolicyPack } from '../../domain/policy/policy-pack.ts';
import type { Page } from '../../domain/store/roster-store.ts';
import { forEachAtOnce } from '../at-once.ts';

/** `counties` are those of the region. */
export interface AlertRuleDependencies extends Dependencies {
  readonly counties: readonly DivisionCode[];
}

/** So many months are looked back on, the present one included. */
const monthsBack = 12;
const pageSize = 200;

const ofDivision = (code: FieldRefusal['code']): { errors: FieldRefusal[] } => ({
  errors: [{ in: 'query', field: '/division', code }],
});

/** The rules for alerts with their basis, and of the alerts of a division how often each was right; what is too often wrong is named. */
export const readAlertRules = async (
  dependencies: AlertRuleDependencies,
  principal: Principal,
  division: DivisionCode,
): Promise<Outcome<AlertRulesView>> => {
  if (!worksIn(principal, division)) return refuse('forbidden', ofDivision(fault('division.out-of-scope')));
  const counties = dependencies.counties.filter((county) => isWithin(county, division));
  if (counties.length === 0) return refuse('validation-failed', ofDivision(fault('division.unknown')));
  const policy = await dependencies.policies.inForce();
  const today = dateInChina(dependencies.now());
  const to = monthIn(today);
  const months = { from: plusMonths(to, 1 - monthsBack), to };
  const judgedBy = judgedByOn(policy, today);
  const book = precisionBook(judgedBy);
  await forEachAtOnce(counties, (county) => countCounty(dependencies, county, months, book.add));
  return succeed({
    division,
    months,
    judgedBy,
    rules: rulesToTell(policy, today, book.names('rule')).map(({ rule, inForce }) => ({
      ...ruleViewOf(rule),
      inForce,
      ...book.of({ of: 'rule', name: rule.code }),
    })),
    datasets: book.names('dataset').map((name) => ({ dataset: name, ...book.of({ of: 'dataset', name }) })),
  });
};

const countCounty = async (
  { store }: Dependencies,
  county: DivisionCode,
  months: Months,
  add: (counted: DisposedAlerts) => void,
): Promise<void> => {
  for (let after: string | null = null; ; ) {
    const page: Page<DisposedAlerts> = await store.disposedAlerts(county, months, pageSize, after);
    page.items.forEach(add);
    if (page.next === null) return;
    after = page.next;
  }
};

/** The rules in force, and behind them the last versions of those that have ended and whose alerts were still counted. */
const rulesToTell = ({ alertRules }: PolicyPack, today: LocalDate, counted: readonly string[]) => {
  const inForce = versionsInForce(alertRules, ({ code }) => code, today);
  const known = new Set(inForce.map(({ code }) => code));
  const ended = counted
    .filter((code) => !known.has(code))
    .flatMap((code) => alertRules.findLast((rule) => rule.code === code) ?? []);
  return [...inForce.map((rule) => ({ rule, inForce: true })), ...ended.map((rule) => ({ rule, inForce: false }))];
};

const ruleViewOf = (rule: AlertRule) => {
  const { code, name, level, suggests, validFrom, basis, citation } = rule;
  return { code, name, level, suggests, validFrom, basis, citation, when: whenInWords(rule) };
};
