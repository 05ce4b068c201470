import { expect, test } from 'vitest';
import { isOtherName } from '../../../domain/people/names.ts';

test.each([
  ['张小测', '张小测', false],
  [' 张 小测', '张小测', false],
  ['阿依古丽•买买提', '阿依古丽·买买提', false],
  ['ＬＩ Ming', 'li ming', false],
  ['张*', '李测试', false],
  ['某某', '李测试', false],
  ['李四', '张小测', true],
  ['张小', '张小测', true],
])('told as "%s", on record as "%s": another one %s', (told, onRecord, isOther) => {
  expect(isOtherName(told, onRecord)).toBe(isOther);
});
