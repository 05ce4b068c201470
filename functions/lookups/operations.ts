import { defineOperation, type Operation } from '../../adapters/http/operation.ts';
import { DisclosureRulesView, LookupBody, LookupView } from '../../contracts/api/lookups.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import { lookUpPeople } from './look-up-people.ts';
import { readDisclosureRules } from './read-disclosure-rules.ts';

/** The operations by which departments ask about people, and the list of what they are given. */
export const lookupOperations = (dependencies: Dependencies): readonly Operation[] => [
  defineOperation({
    operation: 'lookUpPeople',
    summary: 'Look people up by resident ID for an item of the caller’s department; each look-up is recorded',
    body: LookupBody,
    response: LookupView,
    status: 200,
    problems: ['lookup-not-permitted'],
    handle: ({ principal, body }) => lookUpPeople(dependencies, principal, body),
  }),
  defineOperation({
    operation: 'readDisclosureRules',
    summary: 'Read who may see what of a person, and for what',
    response: DisclosureRulesView,
    status: 200,
    handle: () => readDisclosureRules(dependencies),
  }),
];
