import { expect, test } from 'vitest';
import { readStartOptions } from '../../../synthetic/start-options.ts';

test('without options it is the county of 2,000 households on port 8787, kept in .hearth', () => {
  expect(readStartOptions([])).toMatchObject({
    data: '.hearth',
    port: 8787,
    households: 2_000,
    county: '140922',
    clock: '2026-03-02T01:00:00Z',
    language: 'en',
    fresh: false,
    json: false,
  });
});

test('every option that cannot be used is named at once, with what it must be', () => {
  const faulty = [
    '--port',
    '99999',
    '--households',
    'many',
    '--county',
    '140999',
    '--language',
    'fr',
    '--clock',
    'noon',
  ];
  const read = (): unknown => readStartOptions(faulty);
  for (const said of [
    '--port must be',
    '--households must be',
    '--county must be',
    '--language must be',
    '--clock must be',
  ]) {
    expect(read).toThrow(said);
  }
});

test('a misspelt option is refused by its name', () => {
  expect(() => readStartOptions(['--housholds', '10'])).toThrow('--housholds');
});

test('a clock that the county could not reach back from is refused', () => {
  expect(() => readStartOptions(['--clock', '2025-10-01T15:59:59Z'])).toThrow('--clock must not be before 2025-10-02');
  expect(readStartOptions(['--clock', '2025-10-01T16:00:00Z'])).toMatchObject({ clock: '2025-10-01T16:00:00Z' });
  expect(readStartOptions(['--clock', 'now'])).toMatchObject({ clock: 'now' });
});
