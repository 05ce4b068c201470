import { createHash } from 'node:crypto';
import type { PolicyVersionView, SimulationView } from '../../contracts/api/policies.ts';
import { callersOf, permissions } from '../../domain/access/permissions.ts';
import type { PolicyDraft } from '../../domain/policy/policy-draft.ts';
import type { ChangeLine } from '../../domain/policy-versions/change-line.ts';
import { connect } from '../connection/connect.ts';
import type { ConnectionOptions } from '../connection/options.ts';
import { CommandFailure } from '../failure.ts';
import { says } from '../language.ts';
import type { Outcome, Session } from '../session.ts';
import { count } from '../show/money.ts';
import { differencesBetween } from './differences.ts';
import { draftAt, isThere } from './draft-file.ts';
import { type Policies, policiesAt } from './policy-instance.ts';
import { cameToNothing, followed } from './run-progress.ts';
import {
  changesSentence,
  countiesTable,
  namedTable,
  type SimulationResult,
  tiersTable,
  warningLines,
} from './simulation-text.ts';
import { simulationWords } from './simulation-words.ts';

export interface SimulateOptions extends ConnectionOptions {
  /** How many lines of the named list are printed. */
  readonly list: number;
  readonly by: 'tier' | 'county';
  /** Simulates anew although there is a finished simulation. */
  readonly again: boolean;
}

/** Lines of the named list that are asked for and printed at a time. */
const linesOfAPage = 100;

const looksLikeVersion = (target: string): boolean => /^[a-z]{2,30}-20\d{2}\.[1-9]\d{0,2}$/u.test(target);

const otherContent = (version: string, there: unknown, draft: PolicyDraft): CommandFailure | undefined => {
  const differences = differencesBetween(there, JSON.parse(JSON.stringify(draft)));
  if (differences.length === 0) return undefined;
  return new CommandFailure({
    title: says('同名版本内容不同', 'The version has another content'),
    cause: says(
      `实例上的 ${version} 与此草案在以下各处不同：`,
      `${version} at the instance differs from this draft in:`,
    ),
    cure: says(
      '版本一经起草不得修改：请为更改后的草案取新的版本号。',
      'A version is never edited: give the changed draft a new version.',
    ),
    details: differences.map(({ path, there: old, here }) => `${path}: ${old} → ${here}`),
  });
};

const noSuchVersion = (target: string): CommandFailure =>
  new CommandFailure({
    title: says('没有这个草案或版本', 'There is no such draft or version'),
    cause: says(
      `${target} 既不是文件，也不是实例上的政策版本。`,
      `${target} is neither a file here nor a version at the instance.`,
    ),
    cure: says(
      '请给出草案文件，或用 npx hearth policy list 查看已有版本。',
      'Name the file of a draft, or see npx hearth policy list.',
    ),
    exitCode: 2,
  });

/** The version to simulate: one that is there, or the draft of a file, handed in unless the same content is there already. */
const versionOf = async (target: string, policies: Policies, session: Session): Promise<PolicyVersionView> => {
  const { terminal, say } = session;
  if (!isThere(target, terminal.folder)) {
    const found = looksLikeVersion(target) ? await policies.version(target) : undefined;
    if (found === undefined) throw noSuchVersion(target);
    return found;
  }
  const draft = draftAt(target, terminal.folder);
  const found = await policies.version(draft.version);
  if (found !== undefined) {
    const failure = otherContent(draft.version, found.draft, draft);
    if (failure !== undefined) throw failure;
    return found;
  }
  const digest = createHash('sha256').update(JSON.stringify(draft)).digest('hex');
  const drafted = await policies.drafted(draft, `cli-draft-${digest}`);
  terminal.tell(say(says(`已起草 ${drafted.version}`, `Drafted ${drafted.version}`)));
  return drafted;
};

/**
 * The simulation to show: the newest that has finished, else the one that is under way, else a new one. The key follows from the draft and
 * from the newest finished simulation, so that the same command finds what an interrupted one has begun.
 */
const simulationOf = async (
  { version, draftHash, simulation }: PolicyVersionView,
  again: boolean,
  policies: Policies,
  session: Session,
): Promise<SimulationView> => {
  if (simulation !== null && !again) return policies.simulation(version, simulation.simulationId);
  const stem = `cli-${(draftHash ?? 'built-in').slice(0, 32)}-after-${simulation?.simulationId.slice(0, 20) ?? 'none'}`;
  const begun = await policies.startedSimulation(version, stem);
  const { say } = session;
  return followed(
    begun,
    () => policies.simulation(version, begun.simulationId),
    say(says('测算', 'Simulating')),
    session,
  );
};

/** The first lines of the named list, page by page, each shown as it comes. */
const namedList = async (
  simulation: SimulationView,
  most: number,
  policies: Policies,
  session: Session,
): Promise<readonly ChangeLine[]> => {
  const lines: ChangeLine[] = [];
  let cursor: string | null = null;
  while (lines.length < most) {
    const page: Awaited<ReturnType<Policies['changes']>> = await policies.changes(
      simulation,
      Math.min(linesOfAPage, most - lines.length),
      cursor,
    );
    if (page.changes.length > 0) session.show(namedTable(page.changes, session.language));
    lines.push(...page.changes);
    cursor = page.nextCursor;
    if (cursor === null) break;
  }
  return lines;
};

const headline = (
  { version, requestedAt, endedAt }: SimulationView,
  result: SimulationResult,
  basedOn: string | null,
) =>
  says(
    `${version}（基于 ${basedOn ?? '–'}），按 ${result.asOf} 测算；完成于 ${endedAt ?? requestedAt}`,
    `${version} (based on ${basedOn ?? '–'}), applied on ${result.asOf}; simulated ${endedAt ?? requestedAt}`,
  );

/** The command by which this simulation is activated. */
export const activationCommand = (version: string, hash: string): string =>
  `npx hearth policy activate ${version} --simulation ${hash}`;

const showFigures = (result: SimulationResult, options: SimulateOptions, { show, language }: Session): void => {
  show(`\n${tiersTable(result, language)}\n`);
  if (options.by === 'county') show(`${countiesTable(result, language)}\n`);
  show(changesSentence(result, language));
  for (const line of warningLines(result, language)) show(line);
};

const listHeading = (shown: number, all: number) =>
  shown >= all
    ? says(`名单（共${count(all)}户）`, `Named list (${count(all)})`)
    : says(
        `名单（前${count(shown)}户，共${count(all)}户；--list all 列出全部）`,
        `Named list (first ${count(shown)} of ${count(all)}; --list all for everything)`,
      );

/** Simulates a draft or version over the whole roster and prints what would change, and how to activate it. */
export const simulate = async (target: string, options: SimulateOptions, session: Session): Promise<Outcome> => {
  const { show, say } = session;
  const policies = policiesAt(connect(options, session.terminal, callersOf(permissions.draftPolicy)), session);
  const version = await versionOf(target, policies, session);
  const simulation = await simulationOf(version, options.again, policies, session);
  const { result } = simulation;
  if (simulation.status !== 'done' || result === null) throw cameToNothing(simulation.simulationId);
  show(say(headline(simulation, result, version.basedOn)));
  showFigures(result, options, session);
  const { enters, leaves, tier, amount, undecided } = result.changes;
  const all = enters + leaves + tier + amount + undecided;
  show(`\n${all === 0 ? say(simulationWords.nobody) : say(listHeading(Math.min(options.list, all), all))}`);
  const lines = all === 0 ? [] : await namedList(simulation, options.list, policies, session);
  const command = activationCommand(simulation.version, result.hash);
  show(`\n${say(simulationWords.hash)}  ${result.hash}\n${say(simulationWords.activateWith)}\n  ${command}`);
  return { exitCode: 0, object: { simulation, changes: lines, changesInAll: all, activate: command } };
};
