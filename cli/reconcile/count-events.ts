import { missedNeedSorts } from './count-missed-needs.ts';
import type { Findings } from './findings.ts';
import { type Ledger, type Row, text } from './ledger.ts';

/** Passes over events in the order of their ids: entries of the audit, and what points to one. */
export const countEvents = (ledger: Ledger, findings: Findings, strandedBefore: string): void => {
  const pointers = ledger
    .rows('SELECT source, id, event, type, at, reason FROM pointer WHERE event IS NOT NULL ORDER BY event')
    [Symbol.iterator]();
  let pointer = pointers.next();
  const unanswered = (row: Row): void =>
    findings.violation('I5', `${text(row, 'source')} ${text(row, 'id')}`, 'points to an event that has no audit entry');
  let before: string | undefined;
  for (const entry of ledger.rows('SELECT event, type, written FROM entry ORDER BY event')) {
    const event = text(entry, 'event');
    if (event === before) findings.violation('I6', `entry ${event}`, 'one event has more than one audit entry');
    before = event;
    for (; pointer.done !== true && text(pointer.value, 'event') < event; pointer = pointers.next())
      unanswered(pointer.value);
    for (; pointer.done !== true && text(pointer.value, 'event') === event; pointer = pointers.next())
      judge(findings, pointer.value, entry, strandedBefore);
  }
  for (; pointer.done !== true; pointer = pointers.next()) unanswered(pointer.value);
  for (const row of ledger.rows('SELECT count(*) AS number FROM pointer WHERE event IS NULL')) {
    const old = Number(text(row, 'number'));
    if (old > 0) findings.notChecked('I5', `${old} idempotency records of an earlier version, which name no event`);
  }
};

const judge = (findings: Findings, pointer: Row, entry: Row, strandedBefore: string): void => {
  const [source, id] = [text(pointer, 'source'), text(pointer, 'id')];
  findings.count('I5', `${source} records`);
  if (source === 'idempotency') {
    if (text(entry, 'written') === '0')
      findings.violation('I5', `${source} ${id}`, 'was answered for a command that wrote nothing');
    return;
  }
  if (text(pointer, 'type') !== text(entry, 'type'))
    findings.violation('I5', `${source} ${id}`, 'is of another type than its audit entry');
  if (source === 'parked')
    findings.count('I1', `events parked, with the reason ${text(pointer, 'reason') || 'unknown'}`);
  else if (text(pointer, 'at') < strandedBefore) findings.count('I1', 'events that wait for the sweep');
};

/** Who waits for an answer needs the token the answer is sent with. */
export const countTokens = (ledger: Ledger, findings: Findings): void => {
  const tokens = ledger.rows('SELECT owner FROM token ORDER BY owner')[Symbol.iterator]();
  let token = tokens.next();
  const open = ledger.rows(
    `SELECT id FROM record WHERE (kind = 'task' AND state IN ('open', 'escalated') AND sort <> 'policy-change-check' AND sort NOT LIKE 'emergency-%' AND sort NOT LIKE 'grievance-%' AND sort NOT LIKE 'alert-%' AND sort <> 'outreach' AND sort NOT IN (${missedNeedSorts})) OR (kind = 'notice' AND state = 'published') ORDER BY id`,
  );
  for (const row of open) {
    const id = text(row, 'id');
    while (token.done !== true && text(token.value, 'owner') < id) token = tokens.next();
    findings.count('I5', 'open tasks and notices');
    if (token.done === true || text(token.value, 'owner') !== id)
      findings.violation('I5', id, 'waits without the token its review goes on by');
  }
};
