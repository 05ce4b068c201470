/** The peer's side of `bench -- feed`: DuckDB reads the same file with two threads and joins it to the same IDs. */
import { DuckDBInstance } from '@duckdb/node-api';
import { asked, report } from './child.ts';
import { FeedAsked, highestMegabytes } from './feed-shapes.ts';

const { path, format, ids } = asked(FeedAsked);
const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
const connection = await instance.connect();
const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
await connection.run(
  `CREATE TABLE roster AS SELECT id FROM read_csv(${quoted(ids)}, header = true, columns = {'id': 'VARCHAR'})`,
);
const names = [
  '身份证号',
  '姓名',
  '结算单号',
  '结算日期',
  '本次个人自付金额',
  '本户近12个月个人自付金额',
  '是否重特大疾病',
];
const columns = `columns = {${names.map((name) => `'${name}': 'VARCHAR'`).join(', ')}}`;
// Text columns that are named beforehand: what costs it least. It judges nothing; it takes dates and amounts as numbers where they are some.
const source =
  format === 'csv'
    ? `read_csv(${quoted(path)}, header = true, auto_detect = false, delim = ',', quote = '"', ${columns})`
    : `read_ndjson(${quoted(path)}, ${columns})`;
const begun = performance.now();
const answer = await connection.runAndReadAll(
  `SELECT count(*)::INTEGER, count(r.id)::INTEGER, max(try_cast("结算日期" AS DATE))::VARCHAR,
     sum(try_cast("本次个人自付金额" AS DECIMAL(18, 2)))::VARCHAR, sum(try_cast("本户近12个月个人自付金额" AS DECIMAL(18, 2)))::VARCHAR
   FROM ${source} f LEFT JOIN roster r ON f."身份证号" = r.id`,
);
const milliseconds = performance.now() - begun;
const [rows, matched] = answer.getRows()[0] ?? [];
report({
  rows: Number(rows),
  matched: Number(matched),
  rejected: {},
  milliseconds,
  megabytes: highestMegabytes(),
});
