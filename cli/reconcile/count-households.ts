import type { Findings } from './findings.ts';
import { groupsBy, type Ledger, type Row, text } from './ledger.ts';

const undecided = new Set(['submitted', 'awaiting-papers', 'accepted']);

/** A decision holds unless a new policy led to it and it waits, or the county left what stood. */
const holds = (determination: Row): boolean => ['', 'in-force'].includes(text(determination, 'sort'));

interface Group {
  readonly household: Row | undefined;
  readonly applications: readonly Row[];
  readonly determinations: readonly Row[];
  readonly claims: readonly Row[];
}

const judgeDecisions = (id: string, { household, determinations }: Group, findings: Findings): void => {
  const standing = text(household ?? {}, 'determination');
  const holding = determinations.filter(holds);
  findings.count('I2', 'determinations in force', standing === '' ? 0 : 1);
  const found = holding.find((each) => text(each, 'id') === standing);
  if (standing !== '' && found === undefined)
    findings.violation('I2', id, 'stands on a determination that is not there or not in force');
  for (const other of holding) {
    const isNewer = found === undefined || text(other, 'at') >= text(found, 'at');
    if (other !== found && isNewer)
      findings.violation('I2', id, `has a second determination in force: ${text(other, 'id')}`);
  }
  const runs = determinations.map((each) => text(each, 'run')).filter((run) => run !== '');
  if (new Set(runs).size < runs.length) findings.violation('I2', id, 'was decided twice by one run of a policy');
};

const judgeApplications = (id: string, { household, applications, claims }: Group, findings: Findings): void => {
  const open = applications.filter((each) => undecided.has(text(each, 'state')));
  findings.count('I2', 'open applications', open.length);
  if (open.length > 1) findings.violation('I2', id, `has ${open.length} open applications`);
  for (const application of open) {
    const applicationId = text(application, 'id');
    if (text(household ?? {}, 'application') !== applicationId)
      findings.violation('I2', id, `${applicationId} is open, and the household is at another`);
    if (!claims.some((claim) => text(claim, 'application') === applicationId))
      findings.violation('I2', id, `${applicationId} is open, and no person is claimed for it`);
  }
  for (const claim of claims) {
    const named = text(claim, 'application');
    if (named !== '' && !applications.some((each) => text(each, 'id') === named))
      findings.violation('I2', text(claim, 'person'), 'is claimed for an application of another household, or of none');
  }
};

/** I2 of every household: one open application, one standing decision, and its people claimed by it alone. */
export const countHouseholds = (ledger: Ledger, findings: Findings): void => {
  const rows = ledger.rows(
    `SELECT household, kind, id, state, application, determination, at, sort, run, NULL AS person FROM record
       WHERE household IS NOT NULL AND kind IN ('household', 'application', 'determination')
     UNION ALL SELECT household, 'claim', print, NULL, application, NULL, NULL, NULL, NULL, person FROM claim WHERE household IS NOT NULL
     ORDER BY household`,
  );
  for (const [id, group] of groupsBy(rows, 'household')) {
    const of = (kind: string): readonly Row[] => group.filter((row) => text(row, 'kind') === kind);
    const [household] = of('household');
    findings.count('I2', 'households', household === undefined ? 0 : 1);
    if (household === undefined) findings.violation('I2', id, 'is named by other records, and is not there');
    const parts: Group = {
      household,
      applications: of('application'),
      determinations: of('determination'),
      claims: of('claim'),
    };
    judgeApplications(id, parts, findings);
    if (text(household ?? {}, 'sort') === 'erased') findings.count('I2', 'households erased');
    else judgeDecisions(id, parts, findings);
  }
  for (const row of ledger.rows('SELECT person FROM claim WHERE household IS NULL AND application IS NOT NULL'))
    findings.violation('I2', text(row, 'person'), 'is in no household, and claimed for an application');
  for (const row of ledger.rows('SELECT person, count(*) AS number FROM claim GROUP BY person HAVING count(*) > 1'))
    findings.violation('I2', text(row, 'person'), `has ${text(row, 'number')} resident IDs`);
  for (const row of ledger.rows('SELECT count(*) AS number FROM claim'))
    findings.count('I2', 'people claimed', Number(text(row, 'number')));
  findings.notChecked(
    'I2',
    'entitlements lie in envelopes: that none is doubled is counted by their determinations, of which each household has one in force',
  );
};
