import { AlertRulesView } from '../../contracts/api/alerts.ts';
import { InsightsView } from '../../contracts/api/insights.ts';
import { granted } from '../connection/call.ts';
import { connect } from '../connection/connect.ts';
import type { ConnectionOptions } from '../connection/options.ts';
import { says } from '../language.ts';
import type { Outcome, Session } from '../session.ts';
import { count, yuan } from '../show/money.ts';
import { tableOf } from '../show/table.ts';
import { alertPrecision } from './alert-precision.ts';

export interface InsightsOptions extends ConnectionOptions {
  readonly division: string;
  readonly department?: string | undefined;
  readonly item?: string | undefined;
}

type Counts = InsightsView['totals'];

const labels = [says('县区', 'County'), says('部门', 'Department'), says('项目', 'Item')] as const;
const headings = [
  says('在办', 'Open'),
  says('已受理', 'Accepted'),
  says('按时', 'On time'),
  says('逾期', 'Late'),
  says('退回', 'Returned'),
  says('已升级', 'Escalated'),
  says('办结', 'Closed'),
  says('避免重复', 'Prevented'),
  says('避免金额（元）', 'Prevented, yuan'),
] as const;
const total = says('合计', 'Total');
const cannotBeRead = says('（无法读取）', '(cannot be read)');
const notTold = says('未填报', 'not told');
const widestName = 28;

/** An amount that nobody told is not zero: it is said to be not told, and left empty where nothing was prevented. */
const amountOf = ({ claims, amount }: Counts['prevented'], { say }: Session): string => {
  if (amount !== null) return yuan(amount);
  return claims === 0 ? '' : say(notTold);
};

const cellsOf = (counts: Counts, session: Session): string[] => [
  count(counts.open),
  count(counts.accepted),
  count(counts.onTime),
  count(counts.late),
  count(counts.returned),
  count(counts.escalated),
  count(counts.closed),
  count(counts.prevented.claims),
  amountOf(counts.prevented, session),
];

const nameOf = (names: InsightsView['items'], code: string | null, { language, say }: Session): string =>
  code === null ? say(cannotBeRead) : (names.find((one) => one.code === code)?.name[language] ?? code);

/** The lines as a table, with their sum at the end. */
const tableOfInsights = ({ lines, totals, departments, items }: InsightsView, session: Session): string => {
  const { say } = session;
  const columns = [
    ...labels.map((label) => ({ heading: say(label), atMost: widestName })),
    ...headings.map((heading) => ({ heading: say(heading), isNumber: true })),
  ];
  return tableOf(columns, [
    ...lines.map((line) => [
      line.county,
      nameOf(departments, line.department, session),
      nameOf(items, line.item, session),
      ...cellsOf(line, session),
    ]),
    [say(total), '', '', ...cellsOf(totals, session)],
  ]);
};

const notesOn = ({ asOf, months, unreadable, totals }: InsightsView): string[][] => [
  [
    `统计于 ${asOf}；办结与避免重复：${months.from} 至 ${months.to}。`,
    `As of ${asOf}; closed and prevented: ${months.from} to ${months.to}.`,
  ],
  ...(unreadable === 0
    ? []
    : [
        [`在办中有 ${unreadable} 件的项目已无法读取。`, `Of what is open, nobody can read what ${unreadable} are for.`],
      ]),
  ...(totals.prevented.amount === null || totals.prevented.withoutAmount === 0
    ? []
    : [
        [
          `避免的重复中有 ${totals.prevented.withoutAmount} 件未填报金额，不在合计内。`,
          `Of what was prevented, ${totals.prevented.withoutAmount} told no amount and are not in the sum.`,
        ],
      ]),
];

const nothing = says('此区划没有转介，也没有避免的重复。', 'Nothing was referred there, and no duplicate prevented.');

/** Prints the counts of a division, by county, department and item, and how often alerts were right where none of these is asked for alone. */
export const insights = async (options: InsightsOptions, session: Session): Promise<Outcome> => {
  const { terminal, language, say, show } = session;
  const { division, department, item, ...of } = options;
  const connection = connect(of, terminal, ['provincial', 'auditor']);
  const filters = { ...(department === undefined ? {} : { department }), ...(item === undefined ? {} : { item }) };
  const view = await granted(
    connection,
    { operation: 'readInsights', query: { division, ...filters }, language, schema: InsightsView },
    terminal,
  );
  show(view.lines.length === 0 ? say(nothing) : tableOfInsights(view, session));
  for (const [zh = '', en = ''] of notesOn(view)) show(say(says(zh, en)));
  if (Object.keys(filters).length > 0) return { exitCode: 0, object: { insights: view } };
  const alertRules = await granted(
    connection,
    { operation: 'readAlertRules', query: { division }, language, schema: AlertRulesView },
    terminal,
  );
  for (const part of alertPrecision(alertRules, session)) show(`\n${part}`);
  return { exitCode: 0, object: { insights: view, alertRules } };
};
