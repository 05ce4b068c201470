import { readEnvironment } from '../../contracts/environment.ts';
import { withClaims } from './token-claims.ts';

const names = readEnvironment(process.env, ['ROLE_CLAIM', 'DIVISION_CLAIM', 'AGENCY_CLAIM']);
const claimNames = { role: names.ROLE_CLAIM, division: names.DIVISION_CLAIM, agency: names.AGENCY_CLAIM };

/** The trigger of a Cognito user pool, deployed only where the configuration says `identity: cognito`. */
export const handler = async (event: unknown): Promise<Record<string, unknown>> => withClaims(event, claimNames);
