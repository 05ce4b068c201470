import { CallerRole } from '../domain/access/roles.ts';
import { demoClients } from '../synthetic/demo-clients.ts';
import type { Person } from './world.ts';

const personOf = (clientId: string): Person => {
  const client = demoClients().find((known) => known.clientId === clientId);
  if (client === undefined) throw new Error(`nobody logs in as ${clientId}`);
  const role = CallerRole.exclude(['public']).parse(client.claims.role);
  return { role, division: client.claims.division, subject: clientId };
};

/** The officers of the stories, as the development issuer knows them. */
export const staff = {
  /** The two workers of the town where the families apply. */
  investigator: personOf('township-worker-1'),
  secondInvestigator: personOf('township-worker-2'),
  countyWorker: personOf('county-worker'),
  approver: personOf('approver'),
  otherApprover: personOf('approver-2'),
  federation: personOf('agency'),
  healthcare: personOf('agency-2'),
  elsewhere: personOf('other-county-worker'),
  auditor: personOf('auditor'),
} as const;
