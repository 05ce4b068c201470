/** What keeps a made-up province from going where it should not: each has a test that turns red without it. */
export const seedGuards = [
  {
    name: 'seed: a folder with anything else in it is not written to',
    file: 'synthetic/province/write-province.ts',
    written:
      "  if (!isBegun && existsSync(folder) && readdirSync(folder).length > 0)\n    throw new FolderNotFree('something-else', folder);\n",
    without: '',
    tests: ['tests/integration/synthetic/seed-command.test.ts'],
  },
  {
    name: 'seed: a province that was begun with other options is not gone on with',
    file: 'synthetic/province/write-province.ts',
    written: '  if (isBegun && !sameOptions(folder, options))',
    without: '  if (isBegun && !existsSync(folder))',
    tests: ['tests/integration/synthetic/seed-command.test.ts'],
  },
  {
    name: 'seed: the counties that share an address in resident IDs share no number',
    file: 'synthetic/resident-ids.ts',
    written: '  if (place >= addresses) return [sequences / 2, sequences];',
    without: '  if (place >= addresses) return [0, sequences / 2];',
    tests: ['tests/unit/seed/resident-ids.test.ts'],
  },
] as const;
