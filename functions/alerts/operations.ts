import { z } from 'zod';
import { defineOperation, type Operation } from '../../adapters/http/operation.ts';
import {
  AlertDispositionBody,
  AlertList,
  AlertListQuery,
  AlertRulesQuery,
  AlertRulesView,
  AlertView,
} from '../../contracts/api/alerts.ts';
import { pathId } from '../../contracts/api/fields.ts';
import { AlertId } from '../../domain/ids.ts';
import { disposeAlert } from './dispose-alert.ts';
import { type AlertRuleDependencies, readAlertRules } from './read-alert-rules.ts';
import { listAlerts, readAlert } from './read-alerts.ts';

const params = z.object({ alertId: pathId(AlertId) });

/** The operations on alerts. They are raised by the relay alone, and end in no way but the one that is here. */
export const alertOperations = (dependencies: AlertRuleDependencies): readonly Operation[] => [
  defineOperation({
    operation: 'listAlerts',
    summary: 'List the alerts of a county in a state, of those open the most urgent first',
    query: AlertListQuery,
    page: z.string(),
    response: AlertList,
    status: 200,
    handle: ({ principal, query, after }) => listAlerts(dependencies, principal, { ...query, after }),
  }),
  defineOperation({
    operation: 'readAlert',
    summary: 'Read an alert: why it was raised, on what, and what the rules would decide',
    params,
    response: AlertView,
    status: 200,
    handle: ({ principal, params: { alertId } }) => readAlert(dependencies, principal, alertId),
  }),
  defineOperation({
    operation: 'disposeAlert',
    summary: 'End an alert in one of the four ways, saying whether it was right and what that rests on',
    params,
    body: AlertDispositionBody,
    response: AlertView,
    status: 200,
    precondition: 'required',
    problems: ['lifecycle-conflict'],
    handle: ({ principal, params: { alertId }, body, ifMatch }) =>
      disposeAlert(dependencies, { principal, alertId, ifMatch, body }),
  }),
  defineOperation({
    operation: 'readAlertRules',
    summary: 'List the rules for alerts with their basis, and how often each was right',
    query: AlertRulesQuery,
    response: AlertRulesView,
    status: 200,
    handle: ({ principal, query: { division } }) => readAlertRules(dependencies, principal, division),
  }),
];
