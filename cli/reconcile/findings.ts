import type { Text } from '../../contracts/problems.ts';

/** The invariants of section 9 of the design, in the order of their numbers. */
export const invariantIds = ['I1', 'I2', 'I3', 'I4', 'I5', 'I6', 'I7', 'I8', 'I9', 'I10'] as const;
export type InvariantId = (typeof invariantIds)[number];

export const invariantNames: Readonly<Record<InvariantId, Text>> = {
  I1: {
    zh: '无一遗漏：每件申请、审核、任务、公示都有唯一结果，或在时限内，或已升级',
    en: 'nobody is missed: one recorded outcome, or inside the deadline, or escalated',
  },
  I2: {
    zh: '无一重复：一人一处登记，一户一份现行决定，同一对象同一时期无重复或互斥的救助',
    en: 'nobody is aided twice: one claim per person, one open application and one standing decision per household, no item twice',
  },
  I3: { zh: '逾期即升级', en: 'what is late is escalated, and what is escalated was late' },
  I4: {
    zh: '每件在办审核恰有一项任务或公示',
    en: 'every open review has exactly one open task or notice, or is at the workflow just now',
  },
  I5: {
    zh: '已答复的都在：幂等记录、待发事件与审计所指的记录都存在',
    en: 'what was acknowledged is kept: whatever a record of it points to exists',
  },
  I6: {
    zh: '版本连续，每个版本恰有一个事件、一条审计',
    en: 'versions have no gap, and each has one event and one audit entry',
  },
  I7: { zh: '审计链可验证', en: 'the audit chain verifies' },
  I8: { zh: '身份与健康信息无明文', en: 'nothing about a person is in plain text' },
  I9: { zh: '记录只在其辖区之内', en: 'every record is inside its own division' },
  I10: {
    zh: '状态只经生命周期表所列的动作变动',
    en: 'every record came to its state by moves of the tables, made by who may make them',
  },
};

/** What was counted for one invariant, how often it is broken, the first places, and what an export cannot show of it. */
export interface Finding {
  readonly id: InvariantId;
  readonly counted: Readonly<Record<string, number>>;
  readonly violations: number;
  readonly first: readonly string[];
  readonly notChecked: readonly string[];
}

const firstKept = 10;

/** Collects what the passes find. Of violations the first are kept and all are counted, so that a broken table costs no memory. */
export interface Findings {
  readonly count: (id: InvariantId, what: string, by?: number) => void;
  readonly violation: (id: InvariantId, where: string, what: string) => void;
  readonly notChecked: (id: InvariantId, what: string) => void;
  readonly all: () => readonly Finding[];
}

interface Collected {
  counted: Record<string, number>;
  violations: number;
  first: string[];
  notChecked: string[];
}

export const collectFindings = (): Findings => {
  const collected = new Map<InvariantId, Collected>(
    invariantIds.map((id) => [id, { counted: {}, violations: 0, first: [], notChecked: [] }]),
  );
  const of = (id: InvariantId): Collected => {
    const one = collected.get(id);
    if (one === undefined) throw new RangeError(`there is no invariant ${id}`);
    return one;
  };
  return {
    count: (id, what, by = 1) => {
      const { counted } = of(id);
      counted[what] = (counted[what] ?? 0) + by;
    },
    violation: (id, where, what) => {
      const one = of(id);
      one.violations += 1;
      if (one.first.length < firstKept) one.first.push(`${where}: ${what}`);
    },
    notChecked: (id, what) => {
      const { notChecked } = of(id);
      if (!notChecked.includes(what)) notChecked.push(what);
    },
    all: () => invariantIds.map((id) => ({ id, ...of(id) })),
  };
};
