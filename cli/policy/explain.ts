import { DeterminationView, TraceView } from '../../contracts/api/reviews.ts';
import { type Language, languages } from '../../contracts/problems.ts';
import { DeterminationId } from '../../domain/ids.ts';
import { granted } from '../connection/call.ts';
import { type Connection, connect } from '../connection/connect.ts';
import type { ConnectionOptions } from '../connection/options.ts';
import { CommandFailure } from '../failure.ts';
import { says } from '../language.ts';
import type { Outcome, Session } from '../session.ts';
import { explanationIn, factsUsed, measuredTests } from './explain-text.ts';

/** The roles that may read determinations, the one that sees the whole province first. */
const readers = ['provincial', 'auditor', 'county-worker', 'approver', 'township-worker'] as const;

export interface ExplainOptions extends ConnectionOptions {
  readonly inLanguages: readonly Language[];
  /** Prints every test with its citation, too. */
  readonly full: boolean;
}

const idOf = (text: string): DeterminationId => {
  const parsed = DeterminationId.safeParse(text);
  if (parsed.success) return parsed.data;
  throw new CommandFailure({
    title: says('不是决定的标识', 'This is no id of a determination'),
    cause: says(
      `“${text}”不符合 det_ 后接 32 位十六进制数的格式。`,
      `"${text}" is not det_ and 32 hexadecimal digits.`,
    ),
    cure: says('请从办理结果或 npm start 的输出中取得标识。', 'Take it from a review, or from what npm start prints.'),
    exitCode: 2,
  });
};

/** The determination as it is worded in each language. */
const viewsOf = async (connection: Connection, determinationId: DeterminationId, { terminal, language }: Session) => {
  const inLanguage = (each: Language) =>
    granted(
      connection,
      { operation: 'readDetermination', params: { determinationId }, language: each, schema: DeterminationView },
      terminal,
    );
  // First as the reader reads, so that a refusal comes in that language.
  const own = await inLanguage(language);
  return language === 'zh' ? { zh: own, en: await inLanguage('en') } : { zh: await inLanguage('zh'), en: own };
};

/** Prints why a determination is as it is, in the languages asked for. Changes nothing. */
export const explain = async (determination: string, options: ExplainOptions, session: Session): Promise<Outcome> => {
  const determinationId = idOf(determination);
  const { terminal, language } = session;
  const connection = connect(options, terminal, readers);
  const views = await viewsOf(connection, determinationId, session);
  const trace = await granted(
    connection,
    { operation: 'readTrace', params: { determinationId }, language, schema: TraceView },
    terminal,
  );
  const shown = languages.filter((each) => options.inLanguages.includes(each));
  session.show(shown.map((each) => explanationIn(views[each], trace, each, options.full)).join('\n\n\n'));
  const { reasons: _reasons, appeal: _appeal, items: _items, ...facts } = views.en;
  return {
    exitCode: 0,
    object: {
      determination: facts,
      reasons: { zh: views.zh.reasons, en: views.en.reasons },
      appeal: { zh: views.zh.appeal, en: views.en.appeal },
      items: { zh: views.zh.items, en: views.en.items },
      distances: measuredTests(trace).map(({ code, tier, subject, measured, unit, threshold, distance, result }) => ({
        code,
        tier,
        subject,
        measured,
        unit,
        threshold,
        distance,
        result,
      })),
      facts: factsUsed(trace),
      ...(options.full ? { trace } : {}),
    },
  };
};
