import { join, relative, resolve } from 'node:path';
import process from 'node:process';
import { dateInChina } from '../domain/dates.ts';
import { householdTiers } from '../domain/eligibility/tiers.ts';
import { type Language, tierWords } from '../domain/eligibility/wording.ts';
import { findDivision } from '../policies/divisions/divisions.ts';
import type { DemoClient } from './demo-clients.ts';
import type { Readiness } from './readiness.ts';

const examples = resolve(import.meta.dirname, '..', 'examples', 'applications');
const townshipOfExamples = '140922100';
const tenDays = 10 * 24 * 60 * 60;

type Words = Readonly<Record<Language, string>>;
const words = {
  ready: { zh: 'Hearth 已就绪', en: 'Hearth is ready' },
  api: { zh: '接口地址', en: 'HTTP API' },
  issuer: { zh: '令牌签发', en: 'Tokens' },
  control: { zh: '控制地址', en: 'Control' },
  data: { zh: '数据目录', en: 'Data' },
  logIns: { zh: '登录（client id / secret / 角色 / 区划）', en: 'Log-ins (client id / secret / role / division)' },
  toTry: { zh: '可以试试（可直接粘贴）', en: 'What to try (paste as it stands)' },
  submit: {
    zh: '以乡镇经办人身份提交一份申请（examples/applications 里还有四份）',
    en: 'Submit an application as a township worker (examples/ has four more)',
  },
  tasks: { zh: '查看待办：入户调查', en: 'See what it asks for: a field assessment, by two investigators' },
  complete: { zh: '完成这项待办', en: 'Complete it' },
  notices: { zh: '查看公示（无需登录）', en: 'Read what is published, without a log-in' },
  clock: { zh: '把时钟拨快十天：公示期满', en: 'Move the clock on by ten days: the public notice ends' },
  confirm: { zh: '由未参与调查的人确认', en: 'Have it confirmed by someone who did not assess' },
  determination: {
    zh: '查看名册中一份决定及其理由',
    en: 'Read a determination on the roster, with its reasons',
  },
  stop: {
    zh: '停止：Ctrl+C。再次启动时接着运行；--fresh 从头开始。',
    en: 'Stop with Ctrl+C. The next start goes on from here; --fresh begins anew.',
  },
} as const satisfies Record<string, Words>;

const nameOf = (division: string): string => findDivision(division)?.name ?? division;

const widthOfNames = (all: readonly DemoClient[]): number =>
  Math.max(...all.map(({ clientId }) => clientId.length)) + 2;
const logIn = ({ clientId, secret, claims }: DemoClient, _index: number, all: readonly DemoClient[]): string =>
  `  ${clientId.padEnd(widthOfNames(all))}${secret}   ${claims.role.padEnd(18)}${claims.division.padEnd(11)}${nameOf(claims.division)}`;

const tokenCommand = (variable: string, { issuerUrl }: Readiness, clientId: string): string =>
  [
    `${variable}=$(curl -s ${issuerUrl}/token -d grant_type=client_credentials -d client_id=${clientId}`,
    `-d client_secret=development-only | grep -o 'ey[^"]*')`,
  ].join(' ');

const countyInWords = ({ county, summary }: Readiness, language: Language): readonly string[] => {
  const { households, people, tiers, determinations, monthlyFen } = summary;
  const yuan = Math.round(monthlyFen / 100).toLocaleString('en');
  const byTier = householdTiers.flatMap((tier) =>
    tiers[tier] === undefined ? [] : [`${tierWords[tier][language]} ${tiers[tier].toLocaleString('en')}`],
  );
  const counted = [households, people, determinations].map((count) => count.toLocaleString('en'));
  return language === 'zh'
    ? [
        `${county.code.length < 6 ? '虚构的省' : '虚构的县'}：${county.name}（${county.code}），${counted[0]}户 ${counted[1]}人，在档决定${counted[2]}份，每月救助${yuan}元`,
        `  ${byTier.join('，')}`,
      ]
    : [
        `Synthetic ${county.code.length < 6 ? 'province' : 'county'} ${county.name} (${county.code}): ${counted[0]} households, ${counted[1]} people, ${counted[2]} determinations on record, ${yuan} yuan a month`,
        `  ${byTier.join(', ')}`,
      ];
};

/** Prints the example application, moved to the county's first township where it was written for another. */
const exampleFor = ({ clients }: Readiness): string => {
  const file = join(relative(process.cwd(), examples), 'a-rural-couple.json');
  const town = clients.find(({ claims }) => claims.role === 'township-worker')?.claims.division ?? townshipOfExamples;
  return town === townshipOfExamples ? `cat ${file}` : `sed s/${townshipOfExamples}/${town}/ ${file}`;
};

/** The county that the log-ins are for, which is one of many where a province was imported. */
const countyServed = ({ clients, county }: Readiness): string =>
  clients.find(({ claims }) => claims.role === 'county-worker')?.claims.division ?? county.code;

const commandsOf = (
  readiness: Readiness,
  language: Language,
): readonly (readonly [keyof typeof words, ...string[]])[] => {
  const { apiUrl, controlUrl, summary } = readiness;
  const example = exampleFor(readiness);
  const as = (variable: string): string => `-H "authorization: Bearer $${variable}" -H 'accept-language: ${language}'`;
  const json = `-H 'content-type: application/json'`;
  const [sample] = summary.samples;
  // What follows from a command is there a moment later, when nothing is under way any more.
  const settled = `curl -s ${controlUrl}/idle > /dev/null; curl -s`;
  const firstTask = (variable: string): string =>
    `TASK=$(curl -s ${apiUrl}/tasks ${as(variable)} | grep -o 'tsk_[0-9a-f]*' | head -1)`;
  return [
    [
      'submit',
      tokenCommand('TOWN', readiness, 'township-worker-1'),
      `${example} | curl -s ${apiUrl}/applications ${as('TOWN')} ${json} -H 'idempotency-key: first-try' -d @-`,
    ],
    ['tasks', `${settled} ${apiUrl}/tasks ${as('TOWN')}`],
    [
      'complete',
      firstTask('TOWN'),
      `curl -s ${apiUrl}/tasks/$TASK/completion ${as('TOWN')} ${json} -d '${assessment(readiness)}'`,
    ],
    ['notices', `${settled} '${apiUrl}/notices?county=${countyServed(readiness)}'`],
    ['clock', `curl -s ${controlUrl}/clock/advance -d '{"seconds": ${tenDays}}'`],
    // A token lasts an hour of the instance's own time, so this one is asked for after the clock was moved.
    [
      'confirm',
      tokenCommand('APPROVER', readiness, 'approver'),
      `curl -s ${controlUrl}/idle > /dev/null; ${firstTask('APPROVER')}`,
      `curl -s ${apiUrl}/tasks/$TASK/completion ${as('APPROVER')} ${json} -d '{"kind":"county-confirmation","decision":"confirm"}'`,
    ],
    ...(sample === undefined
      ? []
      : [
          [
            'determination',
            tokenCommand('COUNTY', readiness, 'county-worker'),
            `curl -s ${apiUrl}/determinations/${sample.determinationId} ${as('COUNTY')}`,
          ] as const,
        ]),
  ];
};

const assessment = ({ now }: Readiness): string =>
  JSON.stringify({
    kind: 'field-assessment',
    visitedOn: dateInChina(now),
    investigators: ['township-worker-1', 'township-worker-2'],
    findings: [],
  });

/** Everything someone at the terminal needs, in one language: where it answers, who may log in, what to paste. */
export const announcement = (readiness: Readiness, language: Language): string => {
  const say = (key: keyof typeof words): string => words[key][language];
  const { apiUrl, issuerUrl, controlUrl, dataFolder, clients, seconds } = readiness;
  const address = (key: keyof typeof words, value: string): string => `  ${say(key).padEnd(10)}${value}`;
  return [
    `${say('ready')} (${seconds.total.toFixed(1)} s)`,
    '',
    address('api', apiUrl),
    address('issuer', `${issuerUrl}/token`),
    address('control', controlUrl),
    address('data', dataFolder),
    '',
    ...countyInWords(readiness, language),
    '',
    say('logIns'),
    ...clients.map(logIn),
    '',
    say('toTry'),
    ...commandsOf(readiness, language).flatMap(([key, ...commands]) => [
      `  # ${say(key)}`,
      ...commands.map((line) => `  ${line}`),
    ]),
    '',
    say('stop'),
  ].join('\n');
};
