/** How a table is cut: rows of all kinds that one segment is to have, and how many segments there are at least and at most. */
export interface Cut {
  readonly rowsPerSegment: number;
  readonly fewest: number;
  readonly most: number;
}

/** Into how many segments a table of so many rows is cut. */
export const segmentsFor = (rows: number, { rowsPerSegment, fewest, most }: Cut): number =>
  Math.min(most, Math.max(fewest, Math.ceil(rows / rowsPerSegment)));
