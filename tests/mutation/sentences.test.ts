import { sentenceTests } from './test-files.ts';

// In one file, for each file of its own would load what it needs anew, and that is most of a mutant's time.
for (const file of sentenceTests) await import(file);
