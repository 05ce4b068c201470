import { says } from './says.ts';

/** Faults any request may have, whatever it is about. */
export const requestFaults = {
  // The body as text
  'json.syntax': says(
    '第 {line} 行第 {column} 列附近的语法有误。',
    '请按 JSON 语法改正。',
    'The syntax is wrong near line {line}, column {column}.',
    'Correct the JSON syntax there.',
  ),
  'json.byte-order-mark': says(
    '文本以字节顺序标记（BOM）开头。',
    '请发送不带 BOM 的 UTF-8。',
    'The text begins with a byte order mark.',
    'Send UTF-8 without one.',
  ),
  'json.encoding': says(
    '文本不是有效的 UTF-8，可能为 GBK 编码或传输中受损。',
    '请以 UTF-8 重新编码后发送。',
    'The text is not valid UTF-8; it may be GBK or damaged on the way.',
    'Encode it as UTF-8 and send it again.',
  ),
  'json.character': says(
    '含有空字符或不成对的代理码元。',
    '请删去这些字符。',
    'It holds a NUL or half of a surrogate pair.',
    'Remove these characters.',
  ),
  'json.duplicate-key': says(
    '同一对象中该字段出现了两次。',
    '请只保留一个。',
    'The field occurs twice in one object.',
    'Keep one of them.',
  ),
  'json.reserved-key': says(
    '该对象含有不接受的保留字段名。',
    '请删去该字段。',
    'The object has a reserved field name that is never accepted.',
    'Remove that field.',
  ),
  'body.too-large': says(
    '超过 {maximum} 字节。',
    '请缩短到 {maximum} 字节以内。',
    'It has more than {maximum} bytes.',
    'Shorten it to {maximum} bytes.',
  ),
  'json.too-many-values': says(
    '字段与数组项合计超过 {maximum} 个。',
    '请按文档的结构发送。',
    'It holds more than {maximum} values in all.',
    'Use the documented structure.',
  ),
  'json.too-deep': says(
    '嵌套超过 {maximum} 层。',
    '请按文档的结构发送。',
    'It is nested more than {maximum} levels deep.',
    'Use the documented structure.',
  ),
  'json.number-precision': says(
    '该数字的位数超出可精确表示的范围。',
    '请使用至多 15 位有效数字，金额用整数分。',
    'The number has more digits than can be kept exactly.',
    'Use at most 15 significant digits; money is in whole fen.',
  ),
  // A draft of the policy
  'policy.draft': says(
    '政策包校验：{message}。',
    '请按所示改正草案。',
    'The pack is refused here: {message}.',
    'Correct the draft as the message says.',
  ),
  'policy.base-unknown': says(
    '没有所依据的政策版本。',
    '请以现行版本 {inForce} 为基础起草。',
    'There is no version of that name to be based on.',
    'Base the draft on the version in force, {inForce}.',
  ),
  'policy.active-from': says(
    '启用日不得早于 {earliest}。',
    '请选择当日或之后的日期。',
    'The first day may not be before {earliest}.',
    'Choose that day or a later one.',
  ),
  // Any field
  'required': says('缺少该字段。', '请补充该字段。', 'The field is missing.', 'Add it.'),
  'unknown-field': says(
    '没有此名称的字段。',
    '请删去或更正其名称。',
    'There is no field of that name here.',
    'Remove it or correct its name.',
  ),
  'type': says(
    '类型不符，应为 {expected}。',
    '请发送 {expected} 类型的值。',
    'The type is wrong; {expected} is expected.',
    'Send a value of type {expected}.',
  ),
  'enum': says(
    '不是允许的值。',
    '请使用下列之一：{values}。',
    'It is not one of the allowed values.',
    'Use one of: {values}.',
  ),
  'format': says('格式不符。', '请按文档的格式填写。', 'The format is wrong.', 'Write it in the documented format.'),
  'variant': says(
    '不符合任何一种允许的结构。',
    '请按文档选择其中一种结构。',
    'It fits none of the allowed structures.',
    'Use one of the documented structures.',
  ),
  'rule': says(
    '不符合该字段的规则。',
    '请按文档改正。',
    'It breaks a rule of this field.',
    'Correct it as documented.',
  ),
  'text.too-short': says(
    '少于 {minimum} 个字符。',
    '请至少填写 {minimum} 个字符。',
    'It has fewer than {minimum} characters.',
    'Give at least {minimum} characters.',
  ),
  'text.too-long': says(
    '多于 {maximum} 个字符。',
    '请缩短到 {maximum} 个字符以内。',
    'It has more than {maximum} characters.',
    'Shorten it to {maximum} characters.',
  ),
  'list.too-short': says(
    '少于 {minimum} 项。',
    '请至少列出 {minimum} 项。',
    'It has fewer than {minimum} entries.',
    'List at least {minimum}.',
  ),
  'list.too-long': says(
    '多于 {maximum} 项。',
    '请减少到 {maximum} 项以内。',
    'It has more than {maximum} entries.',
    'List {maximum} at most.',
  ),
  'number.too-small': says(
    '小于允许的最小值 {minimum}。',
    '请填写不小于 {minimum} 的值。',
    'It is below the least allowed, {minimum}.',
    'Give {minimum} or more.',
  ),
  'number.too-big': says(
    '大于允许的最大值 {maximum}。',
    '请填写不大于 {maximum} 的值。',
    'It is above the most allowed, {maximum}.',
    'Give {maximum} or less.',
  ),
  'number.negative': says('不得为负数。', '请填写零或正数。', 'It must not be negative.', 'Give zero or more.'),
  'number.fraction': says(
    '必须是整数。',
    '请填写整数；金额以分为单位。',
    'It must be a whole number.',
    'Give a whole number; money is in fen.',
  ),
  // Parts of the request
  'body.missing': says('缺少请求体。', '请发送文档所述的 JSON。', 'The body is missing.', 'Send the documented JSON.'),
  'body.unexpected': says(
    '此操作没有请求体。',
    '请不带请求体发送。',
    'This operation takes no body.',
    'Send it without one.',
  ),
  'query.repeated': says(
    '该参数出现了多次。',
    '请只保留一个。',
    'The parameter occurs more than once.',
    'Keep one of them.',
  ),
  'cursor.invalid': says(
    '游标已损坏，或不属于这次查询。',
    '请从第一页重新开始，并保持其他参数不变。',
    'The cursor is damaged or belongs to another query.',
    'Start again from the first page and keep the other parameters as they are.',
  ),
  'idempotency-key.malformed': says(
    '须为 8 至 128 个可见 ASCII 字符，不含空格。',
    '请使用例如 UUID 的值。',
    'It must be 8 to 128 visible ASCII characters without blanks.',
    'Use a UUID, for example.',
  ),
  'etag.malformed': says(
    '须为一个强 ETag，例如 "3"。',
    '请原样发送读取记录时得到的 ETag。',
    'It must be one strong ETag, such as "3".',
    'Send the ETag exactly as you got it when reading.',
  ),
  'claim.malformed': says(
    '令牌中的该项声明缺失、形式不对或级别不符。',
    '请管理员更正账号的角色、区划或机构。',
    'This claim of the token is missing, malformed or of the wrong level.',
    'Ask the administrator to correct the role, division or agency of the account.',
  ),
  'id.malformed': says(
    '标识的形式不对。',
    '请使用系统给出的标识。',
    'The identifier is not of the right form.',
    'Use the identifier the system gave.',
  ),
  'break-glass.reason': says(
    '理由过短，至少 20 个字符。',
    '请说明为何不能等待该区划的人员办理。',
    'The reason is too short: 20 characters at the least.',
    'Say why the case cannot wait for the officers of that division.',
  ),
  'break-glass.either': says(
    '须在 division 与 recordId 中给出且仅给出一项。',
    '请给出一个区划，或一项记录的标识。',
    'Give division or recordId: one of them, and not both.',
    'Name a division, or the id of one record.',
  ),
  'break-glass.not-needed': says(
    '该区划或记录本在您的管辖范围内。',
    '无需紧急查阅，请直接读取。',
    'The division or the record is within your own scope.',
    'No break-glass access is needed: read it as it is.',
  ),
} as const;
