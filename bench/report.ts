/** One figure, what it should be, and whether it is. */
export interface Measure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly goal: string;
  readonly holds: boolean;
}

/** What a program that measures says: the table for people, or one JSON object for machines. */
export interface Report {
  readonly name: string;
  readonly measures: readonly Measure[];
}

export const atMost = (name: string, value: number, unit: string, limit: number): Measure => ({
  name,
  value,
  unit,
  goal: `<= ${limit}`,
  holds: value <= limit,
});

export const atLeast = (name: string, value: number, unit: string, limit: number): Measure => ({
  name,
  value,
  unit,
  goal: `>= ${limit}`,
  holds: value >= limit,
});

/** A figure that is told and not judged. */
export const told = (name: string, value: number, unit: string): Measure => ({
  name,
  value,
  unit,
  goal: 'told',
  holds: true,
});

const line = ({ name, value, unit, goal, holds }: Measure): string =>
  `${holds ? ' ok ' : 'MISS'}  ${name.padEnd(44)} ${String(value).padStart(10)} ${unit.padEnd(14)} ${goal}`;

/** Prints a report and says whether all of it holds. */
export const print = (report: Report, json: boolean): boolean => {
  console.log(json ? JSON.stringify(report) : [report.name, ...report.measures.map(line)].join('\n'));
  return report.measures.every(({ holds }) => holds);
};
