import { type Guard, unit, useCase } from './guard.ts';

/** What holds complaints and administrative reviews: each has a test that turns red without it. */
export const grievanceGuards: readonly Guard[] = [
  {
    name: 'grievance: whoever had a hand in it does not examine it',
    file: 'functions/grievances/move-grievance.ts',
    written: '  if (conflict !== undefined) return refuse(conflict.problem);\n',
    without: '  void conflict;\n',
    tests: [useCase('grievances')],
  },
  {
    name: 'grievance: nor puts right what was upheld',
    file: 'functions/tasks/remedy-faults.ts',
    written: '  if (conflict !== undefined) return refuse(conflict.problem);\n',
    without: '  void conflict;\n',
    tests: [useCase('grievances')],
  },
  {
    name: 'grievance: whoever confirmed has a hand in the decision',
    file: 'functions/grievances/involved-in.ts',
    written: "      { duty: 'confirm', subject: confirmedBy },\n      ...work.flatMap(performersOf),\n",
    without: "      ...[confirmedBy].slice(1).map((subject) => ({ duty: 'confirm' as const, subject })),\n",
    tests: [useCase('grievances')],
  },
  {
    name: 'grievance: whom it is about does not read who complained',
    file: 'functions/grievances/grievance-view.ts',
    written: 'const isKept = isInvolved(grievance, subject);',
    without: 'const isKept = isInvolved(grievance, subject) && subject.length === 0;',
    tests: [useCase('grievances')],
  },
  {
    name: 'grievance: what was said lies in an envelope',
    file: 'adapters/dynamodb/rows.ts',
    written: "attributes: ['complainant', 'grounds', 'reasons']",
    without: "attributes: ['complainant']",
    tests: [useCase('grievances')],
  },
  {
    name: 'grievance: a township sees what it took down itself',
    file: 'domain/access/reach.ts',
    written: 'caller.subject === grievance.takenDownBy',
    without: '(caller.subject === grievance.takenDownBy || grievance.takenDownBy !== null)',
    tests: [useCase('grievances')],
  },
  {
    name: 'division scope: a grievance',
    file: 'functions/grievances/read-grievances.ts',
    written: ' && mayReachGrievance(principal, grievance)',
    without: ' && (mayReachGrievance(principal, grievance) || grievance.version > 0)',
    tests: [useCase('grievances')],
  },
  {
    name: 'grievance: an anonymous one is seen by its receipt alone',
    file: 'functions/grievances/anonymous-grievances.ts',
    written: 'grievance.receiptHash !== digest(receiptText(grievanceId, secret))',
    without: 'digest(receiptText(grievanceId, secret)) === grievanceId',
    tests: [useCase('grievances')],
  },
  {
    name: 'grievance: a complainant whom nobody knows takes nothing back',
    file: 'functions/grievances/decide-grievance.ts',
    written: "  if (grievance?.complainant === null) return refuse('forbidden');\n",
    without: "  if (grievance?.version === 0) return refuse('forbidden');\n",
    tests: [useCase('grievances')],
  },
  {
    name: 'grievance: each kind has a deadline of its own',
    file: 'domain/policy/look-up.ts',
    written: "'grievance-review': 'grievance.administrative-review'",
    without: "'grievance-review': 'grievance.complaint'",
    tests: [unit('domain/grievance-tasks'), useCase('grievances')],
  },
  {
    name: 'grievance: a decision is not put right by a note alone',
    file: 'functions/tasks/remedy-faults.ts',
    written:
      "return kind === 'administrative-review' ? faulty('/review', fault('grievance.not-reviewed')) : succeed([]);",
    without: 'return succeed([]);',
    tests: [useCase('grievances-review')],
  },
  {
    name: 'grievance: whoever decided does not go along to review it',
    file: 'functions/tasks/remedy-faults.ts',
    written: 'for (const subject of [principal.subject, ...investigators])',
    without: 'for (const subject of [principal.subject, ...investigators.slice(0, 0)])',
    tests: [useCase('grievances-review')],
  },
  {
    name: 'grievance: whoever decided does not check what its review would take away',
    file: 'functions/tasks/checked-change.ts',
    written: '  if (conflict !== undefined) return refuse(conflict.problem);\n',
    without: '  void conflict;\n',
    tests: [useCase('grievances-review')],
  },
];
