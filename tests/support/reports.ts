import { ReportOutcomeBody, SubmitReportBody } from '../../contracts/api/reports.ts';
import type { Principal } from '../../contracts/principal.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import type { ReportId } from '../../domain/ids.ts';
import { applyFromReport } from '../../functions/reports/apply-from-report.ts';
import { endReport, followUpReport } from '../../functions/reports/move-report.ts';
import { readPublicReport, readReport } from '../../functions/reports/read-reports.ts';
import { receiveReport } from '../../functions/reports/receive-report.ts';
import { couple, township, townshipWorker } from './people.ts';

let numbers = 0;
const next = (): number => {
  numbers += 1;
  return numbers;
};

export const words = 'The widow next door has sold her stove and does not answer.';
export const place = 'third house behind the mill';

/** A word from a neighbour about somebody whose ID nobody knows. */
export const wordOf = (changes: object = {}, person: object = { place }) => ({
  ...{ division: township, reporter: 'neighbour', hardship: 'no-income', person, words },
  ...changes,
});

/** Reports through their steps, with the use cases themselves on a real store. */
export const reports = (dependencies: Dependencies) => {
  const receive = (body: object = wordOf(), as: Principal | null = null, key = `report-${next()}`) =>
    receiveReport(dependencies, {
      ...{ principal: as, body: SubmitReportBody.parse(body), idempotencyKey: key },
      fingerprint: dependencies.digest(JSON.stringify(body)),
    });
  const followUp = (id: ReportId, as: Principal = townshipWorker, ifMatch: number | null = null) =>
    followUpReport(dependencies, { principal: as, reportId: id, ifMatch });
  /** As whoever has read the newest version, where none is named. */
  const end = async (id: ReportId, body: object, as: Principal = townshipWorker, ifMatch?: number) => {
    const version = ifMatch ?? (await dependencies.store.report(id))?.version ?? 0;
    return endReport(dependencies, { principal: as, reportId: id, ifMatch: version }, ReportOutcomeBody.parse(body));
  };
  const apply = (
    id: ReportId,
    family = couple(),
    { as = townshipWorker, key = `application-${next()}` }: { as?: Principal; key?: string } = {},
  ) =>
    applyFromReport(dependencies, {
      ...{ principal: as, reportId: id, body: family, idempotencyKey: key },
      fingerprint: dependencies.digest(JSON.stringify(family)),
    });
  const read = (id: ReportId, as: Principal = townshipWorker) => readReport(dependencies, as, id);
  const seenBy = (receipt: { reportId: ReportId; secret: string }) =>
    readPublicReport(dependencies, receipt.reportId, receipt.secret);
  return { receive, followUp, end, apply, read, seenBy };
};
