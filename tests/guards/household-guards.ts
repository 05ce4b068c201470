import { type Guard, useCase } from './guard.ts';

const changes = [useCase('household-changes')];
const decided = [useCase('household-redecided')];

/** What keeps changes in households, and what they lead to, right: each has a test that turns red without it. */
export const householdGuards: readonly Guard[] = [
  {
    name: 'household changes: nobody leaves, and nothing moves, on a day that is still to come',
    file: 'domain/households/apply-change.ts',
    written: "  if (on > today) return 'date.future';\n  const whose",
    without: '  if (on > today) return null;\n  const whose',
    tests: changes,
  },
  {
    name: 'household changes: nobody comes on a day that is still to come',
    file: 'domain/households/apply-change.ts',
    written: "  if (on > today) return 'date.future';\n  const left",
    without: '  if (on > today) return null;\n  const left',
    tests: changes,
  },
  {
    name: 'household changes: nothing happens before what it follows from',
    file: 'domain/households/apply-change.ts',
    written: 'const before = [earliest, followsFrom(household, personId)]',
    without: 'const before = [earliest, false ? followsFrom(household, personId) : undefined]',
    tests: changes,
  },
  {
    name: 'household changes: nobody comes back before having left',
    file: 'domain/households/apply-change.ts',
    written: 'on < birthDate || (left !== undefined && on < left)',
    without: 'on < birthDate || (left !== undefined && birthDate < left && on < birthDate)',
    tests: changes,
  },
  {
    name: 'household changes: a person is in one household',
    file: 'functions/households/joining.ts',
    written: '  if (known !== undefined) return known.householdId !== null;\n',
    without: '  if (known !== undefined) return false;\n',
    tests: changes,
  },
  {
    name: 'household changes: a child without a number is recorded once',
    file: 'functions/households/joining.ts',
    written: '(identity.residentId === null || residentId === null)',
    without: 'identity.residentId !== null && residentId === null',
    tests: changes,
  },
  {
    name: 'household changes: who is in no household is found in none',
    file: 'functions/households/leaving.ts',
    written: 'claims: isHere ? [{ residentId, seen, personId, householdId: null, applicationId: null }] : [],',
    without:
      'claims: isHere && on === null ? [{ residentId, seen, personId, householdId: null, applicationId: null }] : [],',
    tests: changes,
  },
  {
    name: 'household changes: a household has an applicant',
    file: 'functions/households/leaving.ts',
    written: 'needed && areRelationsOf(left, relations) ? null',
    without: 'needed ? null',
    tests: changes,
  },
  {
    name: 'household changes: what was answered is answered again',
    file: 'functions/households/record-household-change.ts',
    written: '  if (before !== undefined) return before;\n',
    without: '',
    tests: changes,
  },
  {
    name: 'household changes: an application keeps the history',
    file: 'functions/applications/assemble-application.ts',
    written: '      ...(before?.household.history === undefined ? {} : { history: before.household.history }),\n',
    without: '',
    tests: changes,
  },
  {
    name: 'household changes: erasing who has left leaves alone where the person is now',
    file: 'functions/keys/erase-person.ts',
    written: '    residentId: await findable(store, roster, personId),\n'.trimStart(),
    without: 'residentId: roster.identities.find((identity) => identity.personId === personId)?.residentId ?? null,\n',
    tests: [useCase('erasure')],
  },
  {
    name: 'household changes: erasing one frees nobody who is elsewhere',
    file: 'functions/keys/erase-person.ts',
    written: ' || seen.householdId !== remaining?.household.householdId',
    without: '',
    tests: [useCase('erasure')],
  },
  {
    name: 'decided anew: nothing is written where nothing differs',
    file: 'functions/relay/redecide-changed.ts',
    written: "return differs(standing, next) ? next : 'unchanged';",
    without: "return differs(standing, next) || next.version === 1 ? next : 'unchanged';",
    tests: decided,
  },
  {
    name: 'decided anew: what cannot be decided is somebody’s to look at',
    file: 'functions/relay/redecide-changed.ts',
    written: "if (decided === 'cannotDecide' && met !== undefined)",
    without: "if (decided === 'unchanged' && met !== undefined)",
    tests: decided,
  },
  {
    name: 'decided anew: an event decides once',
    file: 'functions/decide-anew.ts',
    written: '    if (before !== undefined) return before;\n',
    without: '',
    tests: decided,
  },
  {
    name: 'decided anew: a decision about the household as it was is not confirmed',
    file: 'functions/tasks/checked-change.ts',
    written: '    !isComposedAs(roster.household, householdSeen(proposed)) ||\n',
    without: '',
    tests: decided,
  },
  {
    name: 'decided anew: a household that moved is decided where it lives',
    file: 'domain/policy-versions/change-determination.ts',
    written: 'return householdSeen(standing).residenceDivision === household.residenceDivision',
    without: 'return householdSeen(standing).members.length >= 0',
    tests: decided,
  },
  {
    name: 'decided anew: what is referred moves with the household',
    file: 'functions/relay/plan-assistance.ts',
    written: 'hasMoved ? await withdrawable(dependencies, difference.standing) : []',
    without: 'hasMoved ? [] : []',
    tests: decided,
  },
];
