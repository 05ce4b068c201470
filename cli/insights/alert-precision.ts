import type { AlertRulesView } from '../../contracts/api/alerts.ts';
import { says } from '../language.ts';
import type { Session } from '../session.ts';
import { count } from '../show/money.ts';
import { tableOf } from '../show/table.ts';

type Counted = AlertRulesView['datasets'][number];

const named = [says('预警规则', 'Rule for alerts'), says('预警数据', 'Dataset of alerts')] as const;
const headings = [says('属实', 'Right'), says('误报', 'Wrong'), says('准确率', 'Precision')] as const;
const verdict = says('评价', 'Verdict');
const tooOftenWrong = says('误报过多', 'too often wrong');
const ended = says('（已失效）', ' (ended)');
const widestName = 40;

/** A share in whole percent, rounded down: what is short of the floor is never shown as having reached it. */
const percent = (share: number | null): string => (share === null ? '' : `${Math.floor(share * 100)}%`);

const tableOfCounts = (
  heading: string,
  counts: readonly { readonly name: string; readonly of: Omit<Counted, 'dataset'> }[],
  { say }: Session,
): string =>
  tableOf(
    [
      { heading, atMost: widestName },
      ...headings.map((each) => ({ heading: say(each), isNumber: true })),
      { heading: say(verdict) },
    ],
    counts.map(({ name, of }) => [
      name,
      count(of.confirmed),
      count(of.falseAlarms),
      percent(of.precision),
      of.tooOftenWrong ? say(tooOftenWrong) : '',
    ]),
  );

/** How often each rule for alerts, and each dataset they rest on, was right; what is too often wrong is named. */
export const alertPrecision = (view: AlertRulesView, session: Session): readonly string[] => {
  const { say, language } = session;
  const { rules, datasets, months, judgedBy } = view;
  const [ofRules, ofDatasets] = named.map((each) => say(each));
  const nameOf = ({ name, inForce }: AlertRulesView['rules'][number]): string =>
    inForce ? name[language] : `${name[language]}${say(ended)}`;
  return [
    tableOfCounts(
      ofRules ?? '',
      rules.map((rule) => ({ name: nameOf(rule), of: rule })),
      session,
    ),
    ...(datasets.length === 0
      ? []
      : [
          tableOfCounts(
            ofDatasets ?? '',
            datasets.map((each) => ({ name: each.dataset, of: each })),
            session,
          ),
        ]),
    say(
      says(
        `预警处置：${months.from} 至 ${months.to}；至少 ${judgedBy.from} 件处置且属实不足 ${percent(judgedBy.floor)} 的为误报过多（${judgedBy.citation}）。`,
        `Alerts that ended: ${months.from} to ${months.to}; too often wrong: of at least ${judgedBy.from}, fewer than ${percent(judgedBy.floor)} were right (${judgedBy.citation}).`,
      ),
    ),
  ];
};
