import type { DisclosureRulesView } from '../../contracts/api/lookups.ts';
import { type Outcome, succeed } from '../../contracts/outcome.ts';
import { callerRoles } from '../../domain/access/roles.ts';
import { versionsInForce } from '../../domain/catalogue/catalogue.ts';
import { dateInChina, type LocalDate } from '../../domain/dates.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import { rowNeedsConsent } from '../../domain/disclosure/disclosure-row.ts';
import { identityFieldsFor } from '../../domain/disclosure/identity-rules.ts';
import { lookupFieldWords } from '../../domain/disclosure/lookup-fields.ts';
import { identityPurposes, purposeCodes, purposes } from '../../domain/disclosure/purposes.ts';
import type { PolicyPack } from '../../domain/policy/policy-pack.ts';

const identityRows = (): DisclosureRulesView['identity'] =>
  callerRoles.flatMap((role) =>
    identityPurposes.flatMap((purpose) => {
      const fields = identityFieldsFor(role, purpose);
      return fields === undefined ? [] : [{ role, purpose, fields: [...fields] }];
    }),
  );

const lookupRows = (policy: PolicyPack, on: LocalDate): DisclosureRulesView['lookups'] => {
  const items = versionsInForce(policy.catalogue, ({ code }) => code, on);
  const departments = versionsInForce(policy.departments, ({ code }) => code, on);
  return versionsInForce(policy.disclosures, ({ code }) => code, on).flatMap((row) => {
    const item = items.find(({ code, leadDepartment }) => code === row.code && leadDepartment === row.department);
    const department = departments.find(({ code }) => code === row.department);
    if (item === undefined || department === undefined) return [];
    return [
      {
        department: { code: department.code, name: department.name },
        item: { code: item.code, name: item.name },
        fields: row.fields.map((field) => ({ field, name: { ...lookupFieldWords(field) } })),
        needsConsent: rowNeedsConsent(row, item),
        basis: row.basis,
        citation: row.citation,
      },
    ];
  });
};

/** Who may see what of a person, for what: open to everyone, and about nobody. */
export const readDisclosureRules = async ({ policies, now }: Dependencies): Promise<Outcome<DisclosureRulesView>> => {
  const policy = await policies.inForce();
  const on = dateInChina(now());
  return succeed({
    policyVersion: policy.version,
    on,
    purposes: purposeCodes.map((code) => ({ code, name: purposes[code] })),
    identity: identityRows(),
    lookups: lookupRows(policy, on),
  });
};
