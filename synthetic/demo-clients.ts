import type { CallerRole } from '../domain/access/roles.ts';
import { DivisionCode } from '../domain/people/divisions.ts';
import { receivingDepartments } from '../domain/referrals/receiving-departments.ts';
import { counties, townshipsOf } from '../policies/divisions/divisions.ts';
import { shanxiPack } from '../policies/shanxi/pack.ts';

/** A client of the development issuer, with what its tokens claim. Its id is the subject of what it does. */
export interface DemoClient {
  readonly clientId: string;
  readonly secret: 'development-only';
  readonly claims: Readonly<Record<string, string>> & { readonly role: CallerRole; readonly division: DivisionCode };
}

/** The county of the examples and of a first start: rural, with towns and townships (Wutai, 五台县). */
export const demoCounty = DivisionCode.parse('140922');

const client = (
  clientId: string,
  role: Exclude<CallerRole, 'public'>,
  division: DivisionCode,
  agency?: string,
): DemoClient => ({
  clientId,
  secret: 'development-only',
  claims: { role, division, ...(agency === undefined ? {} : { agency }) },
});

/** The departments of the examples: what is referred most goes to the second. */
const ofTheExamples: readonly string[] = ['disabled-persons-federation', 'healthcare-security'];

/** The county after this one in the order of codes: near, and somebody else's. */
const otherCounty = (county: DivisionCode): DivisionCode => {
  const all = counties().map(({ code }) => code);
  const next = all[(all.indexOf(county) + 1) % all.length];
  if (next === undefined || !all.includes(county)) throw new RangeError(`Shanxi has no county ${county}`);
  return next;
};

/**
 * Someone for every role around one county: two workers of its first township (a visit needs two investigators), the county's
 * worker, two approvers, every department that referrals go to (none sees what another handed in), a worker of another county, and the three who see the whole province: whoever drafted
 * a policy may not activate it, so the administrator does. Throws a RangeError for an unknown county.
 */
export const demoClients = (county: DivisionCode = demoCounty): readonly DemoClient[] => {
  const elsewhere = otherCounty(county);
  const township = townshipsOf(county)[0]?.code;
  if (township === undefined) throw new RangeError(`${county} has no township`);
  const province = DivisionCode.parse('14');
  const otherDepartments = receivingDepartments(shanxiPack).filter((code) => !ofTheExamples.includes(code));
  return [
    client('township-worker-1', 'township-worker', township),
    client('township-worker-2', 'township-worker', township),
    client('county-worker', 'county-worker', county),
    client('approver', 'approver', county),
    client('approver-2', 'approver', county),
    ...ofTheExamples.map((code, index) => client(index === 0 ? 'agency' : 'agency-2', 'agency', county, code)),
    ...otherDepartments.map((code) => client(`agency-${code}`, 'agency', county, code)),
    client('other-county-worker', 'county-worker', elsewhere),
    client('provincial', 'provincial', province),
    client('auditor', 'auditor', province),
    client('administrator', 'administrator', province),
  ];
};

/**
 * The program at which people log in: a public client of the development issuer. A console that is served at one of these addresses,
 * and the command line, can use it.
 */
export const demoApplications = [
  {
    clientId: 'hearth-console',
    redirectUris: [
      'http://127.0.0.1:5173/callback',
      'http://localhost:5173/callback',
      'http://127.0.0.1:4190/callback',
    ],
  },
] as const;
