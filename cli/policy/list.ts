import type { PolicyVersionSummary } from '../../contracts/api/policies.ts';
import { callersOf, permissions } from '../../domain/access/permissions.ts';
import { connect } from '../connection/connect.ts';
import type { ConnectionOptions } from '../connection/options.ts';
import { says } from '../language.ts';
import type { Outcome, Session } from '../session.ts';
import { count } from '../show/money.ts';
import { tableOf } from '../show/table.ts';
import { confirmed } from './confirm.ts';
import { policiesAt } from './policy-instance.ts';

const stateWords = {
  draft: says('草案', 'draft'),
  simulated: says('已测算', 'simulated'),
  activated: says('已启用', 'activated'),
  withdrawn: says('已撤回', 'withdrawn'),
} as const;
const inForce = says('现行', 'in force');

const headings = [
  says('版本', 'Version'),
  says('状态', 'State'),
  says('基于', 'Based on'),
  says('数值生效日', 'Values from'),
  says('测算日', 'Simulated on'),
  says('受影响户数', 'Households'),
  says('施行日', 'In force from'),
  says('摘要', 'Summary'),
] as const;
const affectedColumn = 5;

const rowOf = (one: PolicyVersionSummary, { say }: Session): readonly string[] => {
  const { simulation, activation } = one;
  const changes = simulation?.changes;
  const affected =
    changes === undefined
      ? '–'
      : count(changes.enters + changes.leaves + changes.tier + changes.amount + changes.undecided);
  return [
    one.version,
    one.inForce ? `${say(stateWords[one.state])}, ${say(inForce)}` : say(stateWords[one.state]),
    one.basedOn ?? '–',
    one.effectiveFrom ?? '–',
    simulation?.asOf ?? '–',
    affected,
    activation?.activeFrom ?? '–',
    one.summary === null ? '–' : say(one.summary),
  ];
};

/** Prints every version of the policy that the instance knows, with its state. */
export const list = async (options: ConnectionOptions, session: Session): Promise<Outcome> => {
  const policies = policiesAt(connect(options, session.terminal, callersOf(permissions.listPolicies)), session);
  const versions: PolicyVersionSummary[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof policies.page>> = await policies.page(cursor);
    versions.push(...page.policies);
    cursor = page.nextCursor;
  } while (cursor !== null);
  const columns = headings.map((heading, index) => ({
    heading: session.say(heading),
    isNumber: index === affectedColumn,
    ...(index === headings.length - 1 ? { atMost: 50 } : {}),
  }));
  session.show(
    tableOf(
      columns,
      versions.map((one) => rowOf(one, session)),
    ),
  );
  return { exitCode: 0, object: { policies: versions } };
};

export interface WithdrawOptions extends ConnectionOptions {
  readonly yes: boolean;
}

/** Withdraws a version that is not in force yet, once it has been confirmed. It stays on record. */
export const withdraw = async (version: string, options: WithdrawOptions, session: Session): Promise<Outcome> => {
  const { terminal, say, show } = session;
  const policies = policiesAt(connect(options, terminal, callersOf(permissions.withdrawPolicy)), session);
  await confirmed(
    says(
      `撤回 ${version}？撤回后不能再启用。(yes/no)`,
      `Withdraw ${version}? It cannot be activated afterwards. (yes/no)`,
    ),
    options.yes,
    session,
  );
  const withdrawn = await policies.withdrawn(version);
  show(say(says(`${version} 已撤回`, `${version} is withdrawn`)));
  return { exitCode: 0, object: { policy: withdrawn } };
};
