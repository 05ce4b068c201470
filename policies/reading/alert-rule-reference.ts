import type { AlertRule } from '../../domain/alerts/alert-rule.ts';
import { versionsInForce } from '../../domain/catalogue/catalogue.ts';
import type { PolicyPack } from '../../domain/policy/policy-pack.ts';

/** Makes a table in Markdown of heads and rows of cells. */
type Table = (heads: readonly string[], rows: readonly (readonly string[])[]) => string;

const whenText = ({ when }: AlertRule): string =>
  'decision' in when ? `the rules would decide otherwise: ${when.decision}` : `\`${when.condition}\` (${when.subject})`;

const ruleRow = (rule: AlertRule): readonly string[] => [
  `\`${rule.code}\``,
  `${rule.name.zh} · ${rule.name.en}`,
  rule.level,
  whenText(rule),
  rule.suggests,
  rule.validFrom,
  rule.basis,
  rule.citation,
];

/** What the reference says of alerts: the newest version of each rule. */
export const alertRuleReference = ({ alertRules, coversFrom }: PolicyPack, table: Table): string => {
  const newest = [coversFrom, ...alertRules.map(({ validFrom }) => validFrom)].toSorted().at(-1) ?? coversFrom;
  const rules = versionsInForce(alertRules, ({ code }) => code, newest);
  return `## Rules for alerts

What becomes of an alert: [alerts.md](alerts.md). \`standing.tier\` is the tier by the decision that stands; only these rules may ask for it.

${table(['Rule', 'Name', 'Level', 'When', 'Suggests', 'From', 'Basis', 'Citation'], rules.map(ruleRow))}
`;
};
