import { type Guard, unit, useCase } from './guard.ts';

const useCases = [useCase('alerts')];
const afterReviews = [useCase('alerts-after-a-review')];
const afterMoves = [useCase('alerts-after-a-move')];
const rules = [unit('domain/alert-rules')];

/** What keeps alerts right: each has a test that turns red without it. */
export const alertGuards: readonly Guard[] = [
  {
    name: 'alerts: what was raised before is found, whoever tells of it again',
    file: 'functions/relay/raise-alert.ts',
    written: '    if (last?.mark === fired.mark) return;\n',
    without: '',
    tests: useCases,
  },
  {
    name: 'alerts: one household has one open alert by a rule',
    file: 'functions/relay/raise-alert.ts',
    written: 'alertIdOf(digest, householdId, rule, number)',
    without: 'alertIdOf(digest, householdId, `${rule}${Math.random()}`, number)',
    tests: useCases,
  },
  {
    name: 'alerts: whoever lost to another reads the alerts again',
    file: 'functions/relay/raise-alert.ts',
    written: 'attempt === 0 ? place.alerts : readAgain',
    without: 'attempt < maximumAttempts ? place.alerts : readAgain',
    tests: useCases,
  },
  {
    name: 'alerts: an open one is made new, and not raised a second time',
    file: 'functions/relay/raise-alert.ts',
    written: "const isRefreshed = last?.state === 'open';",
    without: "const isRefreshed = last?.state === 'open' && last.mark === fired.mark;",
    tests: useCases,
  },
  {
    name: 'alerts: what a review is deciding is not told beside it',
    file: 'functions/relay/fired-alerts.ts',
    written: '  return isUnderWay(review) ? null : fired;',
    without: '  return isUnderWay(review) && fired === null ? null : fired;',
    tests: useCases,
  },
  {
    name: 'alerts: what is decided anew by a change on record is not told beside it',
    file: 'functions/relay/relay-event.ts',
    written: '{ withDecision: false }',
    without: '{ withDecision: true }',
    tests: useCases,
  },
  {
    name: 'alerts: what was told during a review that was withdrawn is looked at again',
    file: 'functions/relay/relay-event.ts',
    written: '      await cancelLeftovers(dependencies, event);\n      await lookAgain(dependencies, event);\n',
    without: '      await cancelLeftovers(dependencies, event);\n',
    tests: afterReviews,
  },
  {
    name: 'alerts: what was told during a review that did not decide by it is looked at again',
    file: 'functions/relay/relay-event.ts',
    written: '      await planAndFollow(dependencies, event);\n      await lookAgain(dependencies, event);\n',
    without: '      await planAndFollow(dependencies, event);\n',
    tests: afterReviews,
  },
  {
    name: 'alerts: those that are open go with a household that moves',
    file: 'functions/relay/relay-event.ts',
    written: '      await moveAlerts(dependencies, event.householdId);\n',
    without: '',
    tests: afterMoves,
  },
  {
    name: 'alerts: those that are open go where the first decision was made',
    file: 'functions/relay/relay-event.ts',
    written: '  await moveAlerts(dependencies, householdId);\n',
    without: '',
    tests: afterMoves,
  },
  {
    name: 'alerts: the task of one goes along with it',
    file: 'functions/relay/move-alerts.ts',
    written: "      { kind: 'task', value: task, from: [before.state] },\n",
    without: '',
    tests: afterMoves,
  },
  {
    name: 'alerts: one that goes elsewhere is kept in the audit of where it goes',
    file: 'functions/relay/move-alerts.ts',
    written: '    division,\n    opened,\n',
    without: '    division: from.division,\n    opened,\n',
    tests: afterMoves,
  },
  {
    name: 'alerts: nobody of elsewhere reads or disposes of one',
    file: 'functions/alerts/read-alerts.ts',
    written: 'alert !== undefined && mayReach(principal, alert)',
    without: 'alert !== undefined && (true || mayReach(principal, alert))',
    tests: useCases,
  },
  {
    name: 'alerts: nobody of elsewhere lists those of a county',
    file: 'functions/alerts/read-alerts.ts',
    written: 'if (partSeen(principal, county) !== county)',
    without: 'if (partSeen(principal, county) === principal.subject)',
    tests: useCases,
  },
  {
    name: 'alerts: nobody of elsewhere counts those of a county',
    file: 'functions/alerts/read-alert-rules.ts',
    written: 'if (!worksIn(principal, division))',
    without: 'if (!worksIn(principal, division) && false)',
    tests: useCases,
  },
  {
    name: 'alerts: a disposition rests on what the officer has seen',
    file: 'functions/alerts/dispose-alert.ts',
    written: '  if (ifMatch !== alert.version) return',
    without: '  if (ifMatch > alert.version) return',
    tests: useCases,
  },
  {
    name: 'alerts: what has ended is not ended otherwise',
    file: 'functions/alerts/dispose-alert.ts',
    written: '  if (!alertLifecycle.dispose.from.includes(alert.state)) return',
    without: '  if (alertLifecycle.dispose.from.length === 0) return',
    tests: useCases,
  },
  {
    name: 'alerts: each disposition is counted in its own transaction',
    file: 'adapters/dynamodb/commit.ts',
    written: '    ...disposalItems(tables, keyring, newest, change),\n',
    without: '    ...disposalItems(tables, keyring, newest, change).slice(1),\n',
    tests: useCases,
  },
  {
    name: 'alerts: what is unknown fires nothing',
    file: 'domain/alerts/fired.ts',
    written: 'rule.run(context) === true',
    without: 'rule.run(context) !== false',
    tests: rules,
  },
  {
    name: 'alerts: the same told of a later day is nothing new',
    file: 'domain/alerts/fired.ts',
    written: "kind === 'event.kind' ? [kind, subject, value, asOf] : [kind, subject, value]",
    without: "kind !== 'disability' ? [kind, subject, value, asOf] : [kind, subject, value]",
    tests: rules,
  },
  {
    name: 'alerts: an item does not ask what was given before',
    file: 'domain/catalogue/condition.ts',
    written: "  person: environmentOf(['household', 'event', 'person']),",
    without: "  person: environmentOf(['household', 'event', 'person', 'standing']),",
    tests: rules,
  },
  {
    name: 'alerts: a condition is checked when the pack loads',
    file: 'domain/policy/policy-pack.ts',
    written: '  ...alertRuleFaults(input),\n',
    without: '  ...alertRuleFaults({}),\n',
    tests: rules,
  },
];
