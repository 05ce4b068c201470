const chain = ['tests/integration/use-cases/assistance-chain.test.ts'];
const keys = ['tests/unit/assistance/guards.test.ts'];

/** What keeps aid from being given twice: each has a test that turns red without it. */
export const assistanceGuards = [
  {
    name: 'assistance: a place that is taken cannot be taken',
    file: 'adapters/dynamodb/guards.ts',
    written: '`attribute_not_exists(#b${index})`',
    without: '`(attribute_not_exists(#b${index}) OR attribute_exists(#b${index}))`',
    tests: chain,
  },
  {
    name: 'assistance: the guards of a claim are in its transaction',
    file: 'functions/assistance-chain/claim-assistance.ts',
    written: 'take: guards, free: []',
    without: 'take: guards.slice(0, 0), free: []',
    tests: chain,
  },
  {
    name: 'assistance: a household’s item is guarded for each who shares it',
    file: 'domain/assistance/guards.ts',
    written: '[householdId, ...persons]',
    without: '[householdId]',
    tests: keys,
  },
  {
    name: 'assistance: items that exclude each other share a guard',
    file: 'domain/assistance/guards.ts',
    written: 'exclusion.stands === entry.item || exclusion.yields === entry.item',
    without: 'exclusion.stands === entry.item',
    tests: keys,
  },
  {
    name: 'assistance: an agency reaches its own entries only',
    file: 'functions/assistance-chain/own-department.ts',
    written: 'entry === undefined || entry.department !== departmentOf(principal)',
    without: 'entry === undefined',
    tests: chain,
  },
  {
    name: 'assistance: a person is named with the own household',
    file: 'functions/assistance-chain/own-department.ts',
    written: 'personId === null || household.members.some((member) => member.personId === personId)',
    without: 'household.members.length > 0',
    tests: chain,
  },
  {
    name: 'assistance: what is told is recorded before it is told',
    file: 'functions/assistance-chain/find-in-the-way.ts',
    written: 'store.commit({ aggregates: [], event, alsoRecorded, actor, division })',
    without: 'Promise.resolve({ ok: true as const, conflict: [event, alsoRecorded, actor, division] })',
    tests: chain,
  },
  {
    name: 'assistance: a chain shows an agency nothing of the others',
    file: 'functions/assistance-chain/read-assistance-chain.ts',
    written: "(principal.role !== 'agency' || department === departmentOf(principal))",
    without: "(principal.role !== 'agency' || department !== '')",
    tests: chain,
  },
] as const;
