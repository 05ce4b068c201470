import type { ActivationView, PolicyVersionView } from '../../contracts/api/policies.ts';
import { callersOf, permissions } from '../../domain/access/permissions.ts';
import { dateInChina, LocalDate } from '../../domain/dates.ts';
import type { Drift } from '../../domain/policy-versions/policy-run.ts';
import { connect } from '../connection/connect.ts';
import type { ConnectionOptions } from '../connection/options.ts';
import { CommandFailure } from '../failure.ts';
import { usedWrongly } from '../flags.ts';
import { asSaid, says } from '../language.ts';
import type { Outcome, Session } from '../session.ts';
import { count } from '../show/money.ts';
import { confirmed } from './confirm.ts';
import { policiesAt } from './policy-instance.ts';
import { cameToNothing, followed, type Stage } from './run-progress.ts';

export interface ActivateOptions extends ConnectionOptions {
  readonly simulation: string;
  /** The first day; without it, the first on which one of the draft's values holds, not before the day that was simulated. */
  readonly from?: string | undefined;
  readonly yes: boolean;
}

const hashOf = (text: string): string => {
  if (/^[0-9a-f]{64}$/u.test(text)) return text;
  throw usedWrongly(
    says(
      '--simulation 须为 64 位十六进制的测算指纹。',
      '--simulation is the hash of a simulation, 64 hexadecimal digits.',
    ),
    says('请复制 simulate 打印的启用命令。', 'Copy the command that simulate prints.'),
  );
};

const firstDay = (from: string | undefined, { effectiveFrom, simulation }: PolicyVersionView): LocalDate => {
  if (from === undefined) {
    const [latest] = [effectiveFrom, simulation?.asOf ?? null]
      .filter((day) => day !== null)
      .toSorted()
      .toReversed();
    if (latest !== undefined) return latest;
    throw usedWrongly(
      says('该版本没有生效日期。', 'The version says no first day.'),
      says('请给出 --from。', 'Give --from.'),
    );
  }
  const parsed = LocalDate.safeParse(from);
  if (parsed.success) return parsed.data;
  throw usedWrongly(
    says(`--from ${from} 不是日期。`, `--from ${from} is no date.`),
    says('请写作 YYYY-MM-DD。', 'Write it as YYYY-MM-DD.'),
  );
};

const whatWillHappen = (view: PolicyVersionView, activeFrom: LocalDate, hash: string) => {
  const { version, basedOn, summary, simulation } = view;
  const bound = simulation?.hash === hash ? simulation : undefined;
  const { enters = 0, leaves = 0, tier = 0, amount = 0, undecided = 0 } = bound?.changes ?? {};
  const affected = count(enters + leaves + tier + amount);
  return says(
    [
      `${version}（取代 ${basedOn ?? '–'}）：${summary?.zh ?? ''}`,
      `自 ${activeFrom} 起施行。`,
      bound === undefined
        ? '所给指纹不是该版本最新测算的指纹；实例将拒绝。'
        : `按 ${bound.simulatedAt} 完成的测算，${affected}户将重新认定（纳入${count(enters)}，退出${count(leaves)}，层级变化${count(tier)}，金额变化${count(amount)}），另有${count(undecided)}户无法认定。启用前将再次核对底册。`,
    ].join('\n'),
    [
      `${version} (follows ${basedOn ?? '–'}): ${summary?.en ?? ''}`,
      `In force from ${activeFrom} on.`,
      bound === undefined
        ? 'The hash is not that of the latest simulation of this version; the instance will refuse.'
        : `By the simulation of ${bound.simulatedAt}, ${affected} households will be decided anew (${count(enters)} enter, ${count(leaves)} leave, ${count(tier)} change tier, ${count(amount)} change amount); ${count(undecided)} cannot be decided. The roster is compared again first.`,
    ].join('\n'),
  );
};

/** How far the roster has moved, in one sentence. */
const driftSaid = ({ simulated, fresh, appeared, gone, changed, tenThousandths, allowed }: Drift) => {
  const percent = (share: number): string => `${share / 100} %`;
  return says(
    `测算名单${count(simulated)}户，现为${count(fresh)}户：新增${count(appeared)}户，消失${count(gone)}户，变化不同${count(changed)}户；变动${percent(tenThousandths)}，允许${percent(allowed)}。`,
    `The simulated list has ${count(simulated)} households, the present one ${count(fresh)}: ${count(appeared)} new, ${count(gone)} gone, ${count(changed)} with another change; ${percent(tenThousandths)} moved, ${percent(allowed)} allowed.`,
  );
};

const refused = ({ refusal, drift, activationId }: ActivationView, { say }: Session): CommandFailure =>
  refusal === null
    ? cameToNothing(activationId)
    : new CommandFailure({
        title: says('未予启用', 'It was not activated'),
        cause: asSaid(refusal.cause),
        cure: asSaid(refusal.cure),
        details: drift === null ? [] : [say(driftSaid(drift))],
      });

const redecidedSaid = ({ inForce, awaitingCheck, awaitingApplication, cannotDecide }: ActivationView['redecided']) =>
  says(
    `重新认定：${count(inForce)}户已生效，${count(awaitingCheck)}户待核查，${count(awaitingApplication)}户待申请，${count(cannotDecide)}户无法认定`,
    `decided anew: ${count(inForce)} in force, ${count(awaitingCheck)} awaiting a check, ${count(awaitingApplication)} awaiting an application, ${count(cannotDecide)} cannot be decided`,
  );

/** How many of the households of the list have been decided anew, once that has begun. */
const redecidingStage = ({ status, result, redecided }: ActivationView, { say }: Session): Stage | null => {
  if (status !== 're-deciding' || result === null) return null;
  const { enters, leaves, tier, amount } = result.changes;
  const done = Object.values(redecided).reduce((sum, each) => sum + each, 0);
  return { done, of: enters + leaves + tier + amount, note: say(redecidedSaid(redecided)) };
};

/** Whether an activation waits for its first day, which is not the day on which it was asked for. */
const isForLater = ({ status, activeFrom, requestedAt }: ActivationView): boolean =>
  status === 'requested' && activeFrom > dateInChina(requestedAt);

const scheduledSaid = ({ version, activeFrom }: ActivationView) =>
  says(
    `已受理：${version} 于 ${activeFrom} 当日再次核对底册，核对无误后施行并重新认定。届时再次执行同一命令可查看结果。`,
    `Accepted: on ${activeFrom} the roster is compared again; unless it has moved too far, ${version} comes into force and the households are decided anew. Give the same command then to see what came of it.`,
  );

/** Shows what will happen, asks, activates, and shows the re-decision until it has ended. */
export const activate = async (version: string, options: ActivateOptions, session: Session): Promise<Outcome> => {
  const { terminal, say, show } = session;
  const simulationHash = hashOf(options.simulation);
  // On this machine as the administrator: whoever drafted a version may not activate it.
  const policies = policiesAt(connect(options, terminal, callersOf(permissions.activatePolicy).toReversed()), session);
  const view = await policies.version(version);
  if (view === undefined)
    throw usedWrongly(
      says(`没有版本 ${version}。`, `There is no version ${version}.`),
      says('见 npx hearth policy list。', 'See npx hearth policy list.'),
    );
  const activeFrom = firstDay(options.from, view);
  terminal.tell(say(whatWillHappen(view, activeFrom, simulationHash)));
  await confirmed(says('确认启用？(yes/no)', 'Activate it? (yes/no)'), options.yes, session);
  const stem = `cli-${simulationHash.slice(0, 32)}-${view.simulation?.simulationId.slice(0, 20) ?? 'none'}-${activeFrom}`;
  const begun = await policies.startedActivation(version, { simulationHash, activeFrom }, stem);
  if (isForLater(begun)) {
    show(say(scheduledSaid(begun)));
    return { exitCode: 0, object: { activation: begun } };
  }
  const ended = await followed(
    begun,
    () => policies.activation(version, begun.activationId),
    say(says('核对并重新认定', 'Comparing and deciding anew')),
    session,
    (run) => redecidingStage(run, session),
  );
  if (ended.status !== 'done') throw refused(ended, session);
  show(say(says(`${version} 自 ${ended.activeFrom} 起施行`, `${version} is in force from ${ended.activeFrom} on`)));
  show(say(redecidedSaid(ended.redecided)));
  if (ended.drift !== null) show(say(driftSaid(ended.drift)));
  return { exitCode: 0, object: { activation: ended } };
};
