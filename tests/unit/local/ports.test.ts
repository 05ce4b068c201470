import { expect, test } from 'vitest';
import { controlPlace, issuerPlace } from '../../../local/ports.ts';

const followed = '--port (the control server and the issuer follow it)';

test('a port that follows the API’s is moved with the API’s', () => {
  expect(controlPlace({ apiPort: 19_880 })).toEqual({ port: 19_881, flag: followed });
  expect(issuerPlace({ apiPort: 19_880 })).toEqual({ port: 19_882, flag: followed });
});

test('a port that was given is moved by its own option', () => {
  const given = { apiPort: 19_880, controlPort: 5001, issuerPort: 5002 };
  expect([controlPlace(given), issuerPlace(given)]).toEqual([
    { port: 5001, flag: '--control-port' },
    { port: 5002, flag: '--issuer-port' },
  ]);
});

test('beside an API on any free port, any free one is taken', () => {
  expect([controlPlace({ apiPort: 0 }).port, issuerPlace({ apiPort: 0 }).port]).toEqual([0, 0]);
});
