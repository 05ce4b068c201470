import { type ProblemBody, ProblemBody as ProblemSchema } from '../../contracts/problems.ts';
import type { CallerRole } from '../../domain/access/roles.ts';
import { CommandFailure } from '../failure.ts';
import { asSaid, says } from '../language.ts';

const roleNeeded = (roles: readonly CallerRole[]) =>
  says(
    `此操作需要以下角色之一：${roles.join('、')}（令牌的 role 声明），且区划为全省（14）。`,
    `This needs one of the roles ${roles.join(', ')} (claim "role" of the token), for the whole province (division 14).`,
  );

/** What was wrong with the fields, and what is said of the record, a line each. */
const detailsOf = ({ errors = [], links = {}, state }: ProblemBody): readonly string[] => [
  ...errors.map(({ in: place, field, cause, cure }) => `${place}${field}: ${cause} ${cure}`),
  ...(state === undefined ? [] : [`state: ${state}`]),
  ...Object.entries(links).map(([name, path]) => `${name}: ${path}`),
];

/** A problem of the API as a failure of the command: its title, cause and cure as they were answered. */
const failureOf = (problem: ProblemBody, roles: readonly CallerRole[]): CommandFailure => {
  const { title, detail, cure, status, instance } = problem;
  const needed = status === 401 || status === 403 ? roleNeeded(roles) : undefined;
  const whole = { zh: `${cure}${needed?.zh ?? ''}`, en: `${cure}${needed === undefined ? '' : ` ${needed.en}`}` };
  return new CommandFailure({
    title: asSaid(title),
    cause: asSaid(detail),
    cure: whole,
    details: [...detailsOf(problem), ...(status >= 500 ? [`instance: ${instance}`] : [])],
  });
};

/** A gateway answers some refusals itself, without a body of ours. */
const withoutBody = (status: number, roles: readonly CallerRole[]): CommandFailure => {
  if (status === 401 || status === 403)
    return new CommandFailure({
      title: says('未被允许', 'Not permitted'),
      cause: says(`实例未接受该令牌（HTTP ${status}）。`, `The instance did not accept the token (HTTP ${status}).`),
      cure: roleNeeded(roles),
    });
  if (status === 404)
    return new CommandFailure({
      title: says('该实例没有此操作', 'The instance does not offer this'),
      cause: says('该地址没有对应的接口（HTTP 404）。', 'There is no such route at this address (HTTP 404).'),
      cure: says(
        '请核对 --url；实例版本须与本命令行一致。',
        'Check --url; the instance has to be of the same version as this command line.',
      ),
    });
  return new CommandFailure({
    title: says('实例的应答无法使用', 'The answer of the instance cannot be used'),
    cause: says(`实例以 HTTP ${status} 应答，且没有说明。`, `It answered HTTP ${status} without saying why.`),
    cure: says('请核对 --url，或稍后重试。', 'Check --url, or try again later.'),
  });
};

/** What an answer that is not 2xx says: our problem, or the bare status where somebody else answered. */
export type Refusal = { readonly status: number; readonly problem: ProblemBody | null };

/** Reads the body of a refusal. */
export const refusalOf = (status: number, body: unknown): Refusal => {
  const parsed = ProblemSchema.safeParse(body);
  return { status, problem: parsed.success ? parsed.data : null };
};

/** The failure with which a command ends that was refused. */
export const refusedWith = ({ status, problem }: Refusal, roles: readonly CallerRole[]): CommandFailure =>
  problem === null ? withoutBody(status, roles) : failureOf(problem, roles);
