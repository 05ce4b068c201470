import { metricCatalogue, metricsPlace } from '../../contracts/metrics.ts';
import { messages } from './messages.ts';

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');

const messageRows = Object.entries(messages).map(([code, { level, text }]) => [`\`${code}\``, level, text]);
const metricRows = Object.entries(metricCatalogue).map(([name, { unit, meaning, alarm, impact }]) => [
  `\`${name}\``,
  unit,
  meaning,
  alarm === null ? '–' : `${alarm.threshold} in ${alarm.minutes} minutes`,
  impact,
]);

/** docs/messages.md: every code that a log line or a metric can have, made from the catalogues themselves. */
export const catalogueDocument = (): string => `# Messages and metrics

Made from the catalogues by \`npm run messages\`; do not edit it by hand.

## Log messages

A log line is one line of JSON. It has one of these codes in \`messageCode\`, and beside it nothing but identifiers, codes and measures:
\`requestId\`, \`correlationId\`, the operation or task, ids of records, status, problem, count, duration. It never has a payload, and no
field takes free text: a value that is not an identifier is written as \`withheld\`. An error is told by its name and its place in the
code; its message is left out.

The correlation id is the caller's \`X-Correlation-Id\` when that is a UUID, else the id of the request. It goes from the request into the
outbox item, from there into the input of the workflow, and with it into every step, so that one search finds all that a request led to.
The steps that read the roster in segments are found by \`policyRunId\`, and the end of a wait by the id of its task or notice.

${table(['Code', 'Level', 'Meaning'], messageRows)}

## Metrics

In the namespace \`${metricsPlace.namespace}\`, dimension \`service\` = \`${metricsPlace.service}\`: one sum for the whole platform. The log group of a line tells which
function counted. The alarms say to the person on call what stands under "People".

${table(['Metric', 'Unit', 'One of it is', 'Alarm from', 'People'], metricRows)}
`;
