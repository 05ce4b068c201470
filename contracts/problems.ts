import { z } from 'zod';
import { InTheWay } from './api/in-the-way.ts';
import { assistanceProblems } from './assistance-problems.ts';
import { disclosureProblems } from './disclosure-problems.ts';
import { emergencyProblems } from './emergency-problems.ts';
import { feedProblems } from './feed-problems.ts';
import { grievanceProblems } from './grievance-problems.ts';
import { householdProblems } from './household-problems.ts';
import { keyProblems } from './key-problems.ts';
import { limitProblems } from './limit-problems.ts';
import { paymentProblems } from './payment-problems.ts';
import { policyProblems } from './policy-problems.ts';
import { referralProblems } from './referral-problems.ts';
import { scanProblems } from './scan-problems.ts';

/** Languages in which the API answers. */
export const languages = ['zh', 'en'] as const;
export const Language = z.enum(languages);
export type Language = z.infer<typeof Language>;
/** The same sentence in every language of the API. */
export type Text = Readonly<Record<Language, string>>;

interface ProblemType {
  status: number;
  title: Text;
  /** Why it was refused. Never holds a value of the request. */
  cause: Text;
  /** What the caller can do about it. */
  cure: Text;
}

const text = (zh: string, en: string): Text => ({ zh, en });

/**
 * Every problem the API can answer with (RFC 9457), spelt once. The `type` of a problem is `urn:hearth:problem:<code>`, and it is
 * stable: a client may branch on it. The sentences may be improved at any time.
 */
export const problems = {
  'malformed-json': {
    status: 400,
    title: text('请求体不是有效的 JSON', 'The body is not acceptable JSON'),
    cause: text(
      '请求体无法作为 UTF-8 编码的 JSON 无歧义地读取。',
      'The body cannot be read as UTF-8 JSON with one meaning only.',
    ),
    cure: text('请改正所示位置后重新提交。', 'Correct the place that is named and send it again.'),
  },
  'body-too-large': {
    status: 413,
    title: text('请求体过大', 'The body is too large'),
    cause: text(
      '请求体超过该操作所允许的大小（见 errors）。',
      'The body is larger than this operation takes (see errors).',
    ),
    cure: text('请只提交记录本身；附件请另行提交。', 'Send the record only; papers are handed in separately.'),
  },
  'unsupported-media-type': {
    status: 415,
    title: text('不支持的内容类型', 'The content type is not supported'),
    cause: text('请求体须为未压缩的 UTF-8 编码 JSON。', 'A body must be JSON in UTF-8, not compressed.'),
    cure: text('请以 Content-Type: application/json 发送。', 'Send it with Content-Type: application/json.'),
  },
  'validation-failed': {
    status: 400,
    title: text('请求未通过校验', 'The request did not pass validation'),
    cause: text(
      '一个或多个字段不符合要求，未作任何更改。',
      'One or more fields do not meet the rules. Nothing was changed.',
    ),
    cure: text('请按 errors 中逐项所列改正。', 'Correct each field listed in errors.'),
  },
  'unknown-query-parameter': {
    status: 400,
    title: text('未知的查询参数', 'Unknown query parameter'),
    cause: text('该操作没有所列的查询参数。', 'This operation has no query parameter of that name.'),
    cure: text('请删去该参数或更正其名称。', 'Remove the parameter or correct its name.'),
  },
  'unauthenticated': {
    status: 401,
    title: text('需要登录', 'Authentication is required'),
    cause: text('请求没有附带有效的访问令牌。', 'The request carries no valid access token.'),
    cure: text(
      '请向身份提供方取得令牌并在 Authorization 头中发送。',
      'Get a token from the identity provider and send it in Authorization.',
    ),
  },
  'forbidden': {
    status: 403,
    title: text('无权进行此操作', 'Not permitted'),
    cause: text(
      '令牌中的角色或区划不允许此操作。',
      'The role or the division in the token does not permit this operation.',
    ),
    cure: text(
      '请由有权的人员办理，或请管理员更正令牌中的角色与区划。',
      'Have it done by someone who may, or ask the administrator to correct the role and division.',
    ),
  },
  'four-eyes': {
    status: 403,
    title: text('须由他人确认', 'Someone else must confirm'),
    cause: text(
      '受理该申请或参与该户入户调查的人员不得审核确认其结果。',
      'Whoever handed in the application or took part in the field assessment may not confirm its result.',
    ),
    cure: text(
      '请由未受理、未参与调查的审核人员确认。',
      'Have it confirmed by an approver who neither handed it in nor assessed.',
    ),
  },
  'break-glass-unknown': {
    status: 403,
    title: text('紧急查阅授权无效', 'There is no such break-glass grant'),
    cause: text(
      'Break-Glass 头所示授权不存在，或不属于您。',
      'The grant named in the header Break-Glass does not exist or is not yours.',
    ),
    cure: text('请核对标识，或重新申请紧急查阅。', 'Check the id, or open one of your own.'),
  },
  'break-glass-over': {
    status: 403,
    title: text('紧急查阅已结束', 'The break-glass grant is over'),
    cause: text('该授权已到期或已提前结束。', 'Its time has passed, or it was ended early.'),
    cure: text(
      '如仍有必要，请重新说明理由后申请。',
      'If it is still necessary, open another and give the reason again.',
    ),
  },
  'break-glass-read-only': {
    status: 403,
    title: text('紧急查阅仅限读取', 'Break-glass access is for reading only'),
    cause: text(
      '此操作或您的角色不能凭紧急查阅授权办理。',
      'This operation, or your role, takes no break-glass grant.',
    ),
    cure: text(
      '请去掉 Break-Glass 头；更改须由该区划的人员办理。',
      'Leave the header Break-Glass out; a change is for the officers of that division to make.',
    ),
  },
  'not-found': {
    status: 404,
    title: text('未找到', 'Not found'),
    cause: text('在您的管辖范围内没有这项记录。', 'There is no such record within your scope.'),
    cure: text(
      '请核对标识；如属其他区划，请联系该区划。',
      'Check the identifier; if it belongs to another division, ask there.',
    ),
  },
  'idempotency-key-missing': {
    status: 400,
    title: text('缺少 Idempotency-Key', 'Idempotency-Key is missing'),
    cause: text(
      '此操作会新建记录，没有 Idempotency-Key 就无法安全重试。',
      'This operation creates a record and cannot be repeated safely without Idempotency-Key.',
    ),
    cure: text(
      '请发送 8 至 128 个可见 ASCII 字符的 Idempotency-Key，每次新请求取新值，重试时保持不变。',
      'Send Idempotency-Key with 8 to 128 visible ASCII characters: a new one for each new request, the same one on a retry.',
    ),
  },
  'idempotency-key-reused': {
    status: 422,
    title: text('Idempotency-Key 已用于其他请求', 'Idempotency-Key was used for another request'),
    cause: text(
      '同一 Idempotency-Key 曾与不同的请求内容一起使用。',
      'The same Idempotency-Key came earlier with another request.',
    ),
    cure: text('新请求请使用新的 Idempotency-Key。', 'Use a new Idempotency-Key for a new request.'),
  },
  'idempotency-in-progress': {
    status: 409,
    title: text('同一请求正在处理', 'The same request is being handled'),
    cause: text('带有此 Idempotency-Key 的请求尚未完成。', 'A request with this Idempotency-Key has not finished yet.'),
    cure: text('请稍后以同一 Idempotency-Key 重试。', 'Try again shortly with the same Idempotency-Key.'),
  },
  'version-conflict': {
    status: 412,
    title: text('记录已被更改', 'The record has changed'),
    cause: text('If-Match 所示版本不是当前版本。', 'The version in If-Match is not the present one.'),
    cure: text(
      '请重新读取记录，核对更改后以新的 ETag 重试。',
      'Read the record again, look at what changed, and retry with the new ETag.',
    ),
  },
  'precondition-required': {
    status: 428,
    title: text('需要 If-Match', 'If-Match is required'),
    cause: text(
      '此操作会更改已有记录，须说明所依据的版本。',
      'This operation changes a record and must say on which version it is based.',
    ),
    cure: text(
      '请将读取该记录时得到的 ETag 作为 If-Match 发送。',
      'Send the ETag you got when reading the record as If-Match.',
    ),
  },
  'person-in-open-application': {
    status: 409,
    title: text('成员已在另一份办理中的申请内', 'A member is in another open application'),
    cause: text(
      '所列成员已列入另一户正在办理的申请。',
      'The member that is named is in an open application of another household.',
    ),
    cure: text(
      '请先核实家庭关系；待该申请办结或撤回后再提交。',
      'Clarify which household the person belongs to; submit once the other application is decided or withdrawn.',
    ),
  },
  'household-differs': {
    status: 409,
    title: text('家庭成员与底册不一致', 'The roster has another household'),
    cause: text(
      '底册中所列人员与其他未列入的成员同户，或分属不同家庭。',
      'The roster has the listed people in a household with others who are not listed, or in several households.',
    ),
    cure: text(
      '请将同户成员全部列入；如已分户、合户，请先由县级登记变更。',
      'List every member of the household; if it was divided or merged, have the county record that first.',
    ),
  },
  'lifecycle-conflict': {
    status: 409,
    title: text('当前状态不允许此操作', 'The present state does not allow this'),
    cause: text(
      '记录的当前状态（见 state）不允许此操作。',
      'The record is in a state (see state) in which this cannot be done.',
    ),
    cure: text('请重新读取记录并按其当前状态办理。', 'Read the record again and act on its present state.'),
  },
  'task-already-completed': {
    status: 409,
    title: text('任务已办结', 'The task is already finished'),
    cause: text(
      '该任务已由他人或先前的请求办结。',
      'The task was finished before, by someone else or by an earlier request.',
    ),
    cure: text('无需再办；请读取任务查看结果。', 'Nothing more is needed; read the task to see its result.'),
  },
  'extension-not-allowed': {
    status: 422,
    title: text('不得延长期限', 'The deadline cannot be extended'),
    cause: text(
      '该任务的期限不得以此理由或再次延长。',
      'The deadline of this task cannot be extended for this reason, or not once more.',
    ),
    cure: text('请按法定理由延长，或在期限内办结。', 'Give a statutory reason, or finish the task in time.'),
  },
  'policy-cannot-decide': {
    status: 422,
    title: text('依现有政策与事实无法认定', 'Policy and facts do not suffice to decide'),
    cause: text('缺少所需的政策参数或家庭事实。', 'A policy parameter or a fact about the household is missing.'),
    cure: text(
      '请补充所列事实，或转县级“一事一议”。',
      'Supply the facts that are named, or refer the case to the county panel.',
    ),
  },
  ...policyProblems,
  ...disclosureProblems,
  ...assistanceProblems,
  ...keyProblems,
  ...emergencyProblems,
  ...grievanceProblems,
  ...limitProblems,
  ...referralProblems,
  ...paymentProblems,
  ...householdProblems,
  ...scanProblems,
  ...feedProblems,
  'too-many-members': {
    status: 422,
    title: text('家庭成员过多', 'The household has too many members'),
    cause: text('一户申请的成员数超过上限。', 'The application lists more members than one household may have.'),
    cure: text('请核对是否应分户申请。', 'Check whether these are several households and apply for each.'),
  },
  'internal-error': {
    status: 500,
    title: text('内部错误', 'Internal error'),
    cause: text('系统出现意外错误，已记录。', 'Something unexpected happened and has been recorded.'),
    cure: text(
      '请以同一 Idempotency-Key 重试；仍不成功时请提供 instance 联系管理员。',
      'Retry with the same Idempotency-Key; if it fails again, give the administrator the instance.',
    ),
  },
  'store-unavailable': {
    status: 503,
    title: text('暂时无法办理', 'Temporarily unavailable'),
    cause: text('系统繁忙或暂时无法存取数据。', 'The system is busy or cannot reach its store for the moment.'),
    cure: text(
      '请在 Retry-After 所示秒数后以同一 Idempotency-Key 重试。',
      'Retry after the seconds in Retry-After with the same Idempotency-Key.',
    ),
  },
} as const satisfies Record<string, ProblemType>;
export type ProblemCode = keyof typeof problems;

const urn = 'urn:hearth:problem:';

/** The stable `type` of a problem. */
export const problemType = (code: ProblemCode): string => `${urn}${code}`;

/** Where in a request a field is. Headers are named by `/<Header-Name>`, parameters by `/<name>`. */
const fieldPlaces = ['body', 'query', 'path', 'header'] as const;
export type FieldPlace = (typeof fieldPlaces)[number];

export const FieldError = z
  .strictObject({
    in: z.enum(fieldPlaces).describe('part of the request the field is in'),
    field: z
      .string()
      .regex(/^(?:\/.*)?$/u)
      .describe('JSON pointer (RFC 6901) into that part; empty for the whole of it'),
    code: z.string().describe('stable code of the fault'),
    cause: z.string().describe('what is wrong, in the language of the answer'),
    cure: z.string().describe('what to send instead'),
  })
  .meta({ id: 'FieldError' });
export type FieldError = z.infer<typeof FieldError>;

/** The body of every answer that is not 2xx: application/problem+json (RFC 9457). */
export const ProblemBody = z
  .strictObject({
    type: z.string().startsWith(urn).describe('stable type of the problem'),
    title: z.string(),
    status: z.int().min(400).max(599),
    detail: z.string().describe('cause, in the language of the answer'),
    cure: z.string().describe('what the caller can do'),
    instance: z.string().startsWith('urn:hearth:request:').describe('this request, for questions to the administrator'),
    errors: z.array(FieldError).min(1).optional(),
    links: z.record(z.string(), z.string()).optional().describe('related records the caller may see'),
    state: z.string().optional().describe('state in which the record stands'),
    inTheWay: InTheWay.optional().describe('aid that stands in the way'),
  })
  .meta({ id: 'Problem' });
export type ProblemBody = z.infer<typeof ProblemBody>;
