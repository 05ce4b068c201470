/** What holds the reading of departments' files: each has a test that turns red without it. */
export const feedReadingGuards = [
  {
    name: 'feeds: an old ID without a check character is refused',
    file: 'adapters/feeds/cell-values.ts',
    written: '  if (/^\\d{15}$/u.test(text)) return faults.id15Digits;\n',
    without: '',
    tests: ['tests/unit/feeds/read-rows.test.ts'],
  },
  {
    name: 'feeds: the check character is looked at on the fast way too',
    file: 'adapters/feeds/cell-values.ts',
    written: 'checkBytes[sum % 11] !== bytes[from + 17] || ',
    without: '',
    tests: ['tests/unit/feeds/any-file.test.ts'],
  },
  {
    name: 'feeds: a cell that begins like a formula is refused',
    file: 'adapters/feeds/row-check.ts',
    written: '    if (beginsFormula(bytes[from])) return formula;\n',
    without: '',
    tests: ['tests/unit/feeds/read-rows.test.ts'],
  },
  {
    name: 'feeds: a day to come is refused',
    file: 'adapters/feeds/row-check.ts',
    written: "      if (date > this.#about.day.number) return this.#refused(index, 'date-future');\n",
    without: '',
    tests: ['tests/unit/feeds/read-rows.test.ts'],
  },
  {
    name: 'feeds: a stray quote costs one line and not the file',
    file: 'adapters/feeds/csv-rows.ts',
    written: '  if (!isWhole && lineEnd(bytes, from, horizon) < horizon) return firstLineOnly(cells, from, horizon);\n',
    without: '',
    tests: ['tests/unit/feeds/read-rows.test.ts'],
  },
  {
    name: 'feeds: a duplicate of another piece is rejected',
    file: 'adapters/feeds/read-rows.ts',
    written: "(duplicates.has(told.rowNumber) ? 'duplicate' : null)",
    without: 'null',
    tests: ['tests/unit/feeds/read-rows.test.ts'],
  },
  {
    name: 'feeds: an index that is damaged is refused',
    file: 'adapters/feeds/fingerprint-index.ts',
    written:
      "    if (!sumOf(entries).equals(bytes.subarray(16, 48))) throw new IndexRefused('the index is damaged: make it anew');\n",
    without: '',
    tests: ['tests/unit/feeds/fingerprint-index.test.ts'],
  },
  {
    name: 'feeds: a reject file is never written over another file',
    file: 'cli/feeds/reject-path.ts',
    written: "'wx', 0o600",
    without: "'w', 0o600",
    tests: ['tests/unit/cli/feeds-check.test.ts'],
  },
  {
    name: 'feeds: a name that is taken by another file is refused before anything is sent or applied',
    file: 'cli/feeds/reject-path.ts',
    written: '  if (expected === null || !holds(to, expected)) throw cannotBeWritten(to);\n',
    without: '',
    tests: ['tests/unit/cli/reject-path.test.ts'],
  },
];
