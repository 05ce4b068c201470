import { defineOperation, type Operation } from '../../adapters/http/operation.ts';
import { InsightsQuery, InsightsView } from '../../contracts/api/insights.ts';
import { type InsightDependencies, readInsights } from './read-insights.ts';

/** What officers see of how referrals go: counts, and nobody's case. */
export const insightOperations = (dependencies: InsightDependencies): readonly Operation[] => [
  defineOperation({
    operation: 'readInsights',
    summary: 'Count referrals and prevented duplicates of a county, prefecture or the province, by department and item',
    query: InsightsQuery,
    response: InsightsView,
    status: 200,
    handle: ({ principal, query }) => readInsights(dependencies, principal, query),
  }),
];
