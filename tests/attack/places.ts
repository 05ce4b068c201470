import { checkCharacterOf } from '../../domain/people/resident-id.ts';
import type { Claims } from './api.ts';

/** Where a record may lie, seen from a caller of the first county: in the own township, beside it, or in another county. */
export const places = {
  'own-township': { county: '140121', township: '140121100' },
  'own-county': { county: '140121', township: '140121101' },
  'other-county': { county: '140105', township: '140105001' },
} as const;
export type PlaceName = keyof typeof places;
export const placeNames = Object.keys(places) as PlaceName[];

/** Who may have handed an application in, seen from a caller of the first agency. */
export const agencies = { 'own-agency': 'disabled-persons-federation', 'other-agency': 'education' } as const;
export type AgencyName = keyof typeof agencies;
export const agencyNames = Object.keys(agencies) as AgencyName[];

/** Everyone who can call, spelt here once more: a role that is added without an expectation turns the attack red. */
export const expectedRoles = [
  'township-worker',
  'county-worker',
  'approver',
  'provincial',
  'auditor',
  'administrator',
  'agency',
  'public',
] as const;
export type Role = (typeof expectedRoles)[number];

/** Claims of somebody of a role who works at a place, as the issuer would write them; null for the public, who has no token. */
export const claimsOf = (
  role: Role,
  place: PlaceName = 'own-township',
  agency: AgencyName = 'own-agency',
  who = '',
): Claims | null => {
  const { county, township } = places[place];
  const subject = `${role}${who}`;
  switch (role) {
    case 'public':
      return null;
    case 'township-worker':
      return { sub: subject, role, division: township };
    case 'county-worker':
    case 'approver':
      return { sub: subject, role, division: county };
    case 'agency':
      return { sub: `${agencies[agency]}${who}`, role, division: county, agency: agencies[agency] };
    case 'provincial':
    case 'auditor':
    case 'administrator':
      return { sub: subject, role, division: '14' };
  }
};

/** A resident ID of nobody: the address block 1499xx is not assigned. Every number gives another person. */
export const residentIdOf = (number: number): string => {
  const day = new Date(Date.UTC(1950, 0, 1) + (Math.floor(number / 900) % 15_000) * 86_400_000)
    .toISOString()
    .slice(0, 10);
  const digits = `149903${day.replaceAll('-', '')}${String(number % 900).padStart(3, '0')}`;
  return digits + checkCharacterOf(digits);
};

/** What a rural couple below the standard hands in, with all papers or with none of them. */
export const coupleOf = (number: number, township: string, papers: 'all' | 'none' = 'all') => {
  const member = (ref: string, relation: string, at: number) => ({
    ref,
    name: ref === 'husband' ? '张测试' : '王测试',
    residentId: residentIdOf(at),
    relation,
    incomes: { transfer: 60_000 },
    capableSupporters: 1,
    consent: { givenOn: '2026-02-27', expiresOn: '2027-02-28' },
  });
  return {
    registeredDivision: township,
    residenceDivision: township,
    settlement: 'rural',
    declarationSignedOn: '2026-02-27',
    consentToNextTier: true,
    members: [member('husband', 'applicant', number * 2), member('wife', 'spouse', number * 2 + 1)],
    property: { financialAssets: 200_000, dwellings: 1, vehicles: 0, businesses: 0, nonResidential: 0 },
    papers:
      papers === 'none'
        ? []
        : [
            { kind: 'household-register' },
            ...['husband', 'wife'].flatMap((ref) => [
              { kind: 'identity-document', member: ref },
              { kind: 'income-proof', member: ref },
            ]),
          ],
  };
};

/** Somebody after a fire at a place. */
export const emergencyOf = (number: number, division: string) => ({
  incidentDivision: division,
  settlement: 'rural',
  person: { known: 'identified', name: '周测试', residentId: residentIdOf(number) },
  cause: 'fire',
  happenedOn: '2026-03-01',
  reportedOn: '2026-03-01',
  amount: 100,
});
