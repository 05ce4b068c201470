import type { Place } from './http.ts';
import type { ResolvedOptions } from './options.ts';

type Ports = Pick<ResolvedOptions, 'apiPort' | 'controlPort' | 'issuerPort'>;

/** A port that was not given follows the API's: whoever has it taken is told of the one option that moves them all. */
const placeOf = (given: number | undefined, flag: string, apiPort: number, after: number): Place =>
  given === undefined
    ? { port: apiPort === 0 ? 0 : apiPort + after, flag: '--port (the control server and the issuer follow it)' }
    : { port: given, flag };

export const controlPlace = ({ apiPort, controlPort }: Ports): Place =>
  placeOf(controlPort, '--control-port', apiPort, 1);

export const issuerPlace = ({ apiPort, issuerPort }: Ports): Place => placeOf(issuerPort, '--issuer-port', apiPort, 2);
