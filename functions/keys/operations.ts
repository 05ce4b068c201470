import { z } from 'zod';
import { defineOperation, type Operation } from '../../adapters/http/operation.ts';
import { pathId } from '../../contracts/api/fields.ts';
import { ErasureBody, ErasureView, KeyGenerationList, KeyUsePage, RewrapPage } from '../../contracts/api/keys.ts';
import { PersonId } from '../../domain/ids.ts';
import { erasePerson } from './erase-person.ts';
import type { KeyDependencies } from './key-dependencies.ts';
import { countKeyUse, listKeys, rewrapKeys, rotateKeys } from './rotate-keys.ts';

/** The operations on the keys of the roster: seeing them, renewing them, and destroying a person's. */
export const keyOperations = (dependencies: KeyDependencies): readonly Operation[] => [
  defineOperation({
    operation: 'listKeys',
    summary: 'List the generations of data keys',
    response: KeyGenerationList,
    status: 200,
    handle: () => listKeys(dependencies),
  }),
  defineOperation({
    operation: 'countKeyUse',
    summary: 'Count the households whose keys lie under each generation, one stretch of the roster at a time',
    page: z.string(),
    response: KeyUsePage,
    status: 200,
    handle: ({ after }) => countKeyUse(dependencies, after),
  }),
  defineOperation({
    operation: 'rotateKeys',
    summary: 'Add a data key, under which everything is wrapped from then on',
    response: KeyGenerationList,
    status: 201,
    precondition: 'required',
    handle: ({ principal, ifMatch }) => rotateKeys(dependencies, principal, ifMatch),
  }),
  defineOperation({
    operation: 'rewrapKeys',
    summary: 'Wrap the keys of households anew under the newest data key, one stretch of the roster at a time',
    page: z.string(),
    response: RewrapPage,
    status: 200,
    handle: ({ principal, after }) => rewrapKeys(dependencies, principal, after),
  }),
  defineOperation({
    operation: 'erasePerson',
    summary: 'Erase a person by destroying the key under which everything about the person lies',
    params: z.object({ personId: pathId(PersonId) }),
    body: ErasureBody,
    response: ErasureView,
    status: 200,
    idempotent: true,
    precondition: 'required',
    problems: ['erasure-work-open', 'erasure-aid-granted', 'erasure-too-early'],
    handle: (call) => erasePerson(dependencies, { ...call, personId: call.params.personId }),
  }),
];
