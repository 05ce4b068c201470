import { unit, useCase } from './guard.ts';

/** What holds quick aid in emergencies: each has a test that turns red without it. */
export const emergencyGuards = [
  {
    name: 'emergency: one event is aided once over all levels',
    file: 'adapters/dynamodb/emergency-guard.ts',
    written: "      ConditionExpression: 'attribute_not_exists(pk)',\n",
    without: '',
    tests: [useCase('emergency-aid')],
  },
  {
    name: 'emergency: no more than a month of the standard',
    file: 'functions/emergency-aid/check-grant.ts',
    written: 'amount > cap)',
    without: 'amount > cap + 1)',
    tests: [unit('domain/emergency-aid')],
  },
  {
    name: 'emergency: a reserve does not go below nothing',
    file: 'domain/emergency/reserve.ts',
    written: 'if (after < 0 || after > maximumFen) return undefined;',
    without: 'if (after > maximumFen) return undefined;',
    tests: [unit('domain/emergency-aid'), useCase('emergency-aid')],
  },
  {
    name: 'emergency: the money leaves the reserve that was read',
    file: 'functions/emergency-aid/grant-emergency-aid.ts',
    written: "      { kind: 'emergency-reserve', value: moved.reserve },\n",
    without: '',
    tests: [useCase('emergency-aid'), useCase('emergency-recount')],
  },
  {
    name: 'emergency: whom it struck, and how, lies in an envelope',
    file: 'adapters/dynamodb/rows.ts',
    written: "attributes: ['person', 'cause', 'papers']",
    without: "attributes: ['person']",
    tests: [useCase('emergency-aid')],
  },
  {
    name: 'emergency: another division finds nothing',
    file: 'functions/emergency-aid/aid-of.ts',
    written: '&& mayReach(principal, { division: aid.incidentDivision })',
    without: '',
    tests: [useCase('emergency-aid')],
  },
  {
    name: 'emergency: what was not paid gives the event free',
    file: 'functions/emergency-aid/close-emergency-aid.ts',
    written: "    emergencyOnce: { does: 'free', occasion: occasionOf(value), emergencyAidId },\n",
    without: '',
    tests: [useCase('emergency-aid'), useCase('emergency-recount')],
  },
];
