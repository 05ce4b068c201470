import { verifyExport } from '../audit/verify/verify.ts';
import type { TableExport } from '../export/read-export.ts';
import type { Findings } from './findings.ts';

/** I7 by the program that verifies the chain; without published heads, which somebody else has to have kept. */
export const countChain = async (
  audit: Pick<TableExport, 'folder'>,
  findings: Findings,
  blocks: number,
): Promise<void> => {
  if (blocks === 0) {
    findings.notChecked('I7', 'the hash chain: there is none in this export');
    return;
  }
  const { counts, breaks, gaps } = await verifyExport(audit.folder, []);
  for (const [what, count] of Object.entries(counts)) findings.count('I7', what, Number(count));
  const { total, kept } = breaks();
  for (const { kind, place } of kept.slice(0, total)) findings.violation('I7', place, kind);
  for (let more = kept.length; more < total; more += 1)
    findings.violation('I7', 'audit', 'see npx hearth audit verify');
  for (const { kind, place } of gaps) findings.notChecked('I7', `${place}: ${kind}`);
  findings.notChecked('I7', 'heads as they were published: npx hearth audit verify --url or --heads');
};
