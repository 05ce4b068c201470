import type { DatabaseSync } from 'node:sqlite';

const schema = `
CREATE TABLE IF NOT EXISTS executions (
  arn TEXT PRIMARY KEY, machine TEXT NOT NULL, name TEXT NOT NULL, input TEXT NOT NULL, status TEXT NOT NULL, startedAt REAL NOT NULL,
  stoppedAt REAL, output TEXT, error TEXT, cause TEXT, timeoutDue REAL, transitions INTEGER NOT NULL DEFAULT 0,
  parked INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE TABLE IF NOT EXISTS steps (
  execution TEXT NOT NULL, key TEXT NOT NULL, state TEXT NOT NULL, status TEXT NOT NULL, token TEXT, output TEXT, error TEXT, cause TEXT,
  startedAt REAL NOT NULL, timeoutDue REAL, heartbeatDue REAL, heartbeatSeconds REAL, PRIMARY KEY (execution, key)) STRICT;
CREATE TABLE IF NOT EXISTS sleeps (
  execution TEXT NOT NULL, ordinal INTEGER NOT NULL, due REAL NOT NULL, over INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (execution, ordinal)) STRICT;
CREATE TABLE IF NOT EXISTS events (execution TEXT NOT NULL, ordinal INTEGER NOT NULL, event TEXT NOT NULL, PRIMARY KEY (execution, ordinal)) STRICT;
CREATE UNIQUE INDEX IF NOT EXISTS stepByToken ON steps (token) WHERE token IS NOT NULL;
CREATE INDEX IF NOT EXISTS executionByName ON executions (name);
CREATE INDEX IF NOT EXISTS executionByStart ON executions (machine, startedAt);
CREATE INDEX IF NOT EXISTS executionToRun ON executions (parked) WHERE status = 'RUNNING' AND parked = 0;
CREATE INDEX IF NOT EXISTS executionDue ON executions (timeoutDue) WHERE timeoutDue IS NOT NULL AND status = 'RUNNING';
CREATE INDEX IF NOT EXISTS sleepDue ON sleeps (due) WHERE over = 0;
CREATE INDEX IF NOT EXISTS stepDue ON steps (timeoutDue) WHERE timeoutDue IS NOT NULL AND status IN ('open', 'waiting');
CREATE INDEX IF NOT EXISTS stepHeartbeat ON steps (heartbeatDue) WHERE heartbeatDue IS NOT NULL AND status IN ('open', 'waiting');
`;

const executionColumns =
  'arn, machine, name, input, status, startedAt, stoppedAt, output, error, cause, timeoutDue, transitions';
const openStep = "s.status IN ('open', 'waiting')";

/** Makes the journal's tables, and prepares every statement on them. */
export const prepareStatements = (database: DatabaseSync) => {
  database.exec(schema);
  return {
    insert: database.prepare(
      'INSERT INTO executions (arn, machine, name, input, status, startedAt, timeoutDue) VALUES (?, ?, ?, ?, ?, ?, ?)',
    ),
    byArn: database.prepare(`SELECT ${executionColumns} FROM executions WHERE arn = ?`),
    toRun: database.prepare("SELECT arn FROM executions WHERE status = 'RUNNING' AND parked = 0"),
    park: database.prepare('UPDATE executions SET parked = ?, transitions = transitions + ? WHERE arn = ?'),
    finish: database.prepare(
      "UPDATE executions SET status = ?, stoppedAt = ?, output = ?, error = ?, cause = ? WHERE arn = ? AND status = 'RUNNING'",
    ),
    steps: database.prepare('SELECT * FROM steps WHERE execution = ?'),
    addStep: database.prepare(
      "INSERT INTO steps (execution, key, state, status, token, startedAt, heartbeatDue, heartbeatSeconds) VALUES (?, ?, ?, 'open', ?, ?, ?, ?)",
    ),
    byToken: database.prepare('SELECT * FROM steps WHERE token = ?'),
    waiting: database.prepare(
      "UPDATE steps SET status = 'waiting' WHERE execution = ? AND key = ? AND status = 'open'",
    ),
    endStep: database.prepare(
      "UPDATE steps SET status = ?, output = ?, error = ?, cause = ? WHERE execution = ? AND key = ? AND status IN ('open', 'waiting')",
    ),
    stepTimeout: database.prepare('UPDATE steps SET timeoutDue = ? WHERE execution = ? AND key = ?'),
    heartbeat: database.prepare('UPDATE steps SET heartbeatDue = ? WHERE execution = ? AND key = ?'),
    sleeps: database.prepare('SELECT ordinal, due, over FROM sleeps WHERE execution = ?'),
    addSleep: database.prepare('INSERT INTO sleeps (execution, ordinal, due) VALUES (?, ?, ?)'),
    endSleep: database.prepare('UPDATE sleeps SET over = 1 WHERE execution = ? AND ordinal = ?'),
    endSleeps: database.prepare('UPDATE sleeps SET over = 1 WHERE execution = ? AND over = 0'),
    closeSteps: database.prepare(`UPDATE steps AS s SET status = 'timed-out' WHERE s.execution = ? AND ${openStep}`),
    countEvents: database.prepare('SELECT count(*) AS due FROM events WHERE execution = ?'),
    addEvent: database.prepare('INSERT OR IGNORE INTO events VALUES (?, ?, ?)'),
    events: database.prepare('SELECT event FROM events WHERE execution = ? ORDER BY ordinal'),
    dueSleeps: database.prepare('SELECT DISTINCT execution AS arn FROM sleeps WHERE over = 0 AND due <= ?'),
    dueExecutions: database.prepare(
      "SELECT arn FROM executions WHERE status = 'RUNNING' AND timeoutDue IS NOT NULL AND timeoutDue <= ?",
    ),
    dueTimeouts: database.prepare(
      `SELECT s.* FROM steps s WHERE ${openStep} AND s.timeoutDue IS NOT NULL AND s.timeoutDue <= ?`,
    ),
    dueHeartbeats: database.prepare(
      `SELECT s.* FROM steps s WHERE ${openStep} AND s.heartbeatDue IS NOT NULL AND s.heartbeatDue <= ?`,
    ),
    nextDue: database.prepare(
      `SELECT min(due) AS due FROM (
         SELECT min(due) AS due FROM sleeps WHERE over = 0
         UNION ALL SELECT min(timeoutDue) FROM executions WHERE status = 'RUNNING' AND timeoutDue IS NOT NULL
         UNION ALL SELECT min(s.timeoutDue) FROM steps s WHERE ${openStep} AND s.timeoutDue IS NOT NULL
         UNION ALL SELECT min(s.heartbeatDue) FROM steps s WHERE ${openStep} AND s.heartbeatDue IS NOT NULL)`,
    ),
    openStates: database.prepare(`SELECT s.state FROM steps s WHERE s.execution = ? AND ${openStep}`),
    byName: database.prepare(
      `SELECT ${executionColumns} FROM executions WHERE name = ? ORDER BY startedAt DESC LIMIT 1`,
    ),
    totals: database.prepare('SELECT status AS name, count(*) AS total FROM executions GROUP BY status'),
    transitions: database.prepare(
      'SELECT name, transitions AS total FROM executions ORDER BY startedAt DESC LIMIT 1000',
    ),
    list: database.prepare(
      `SELECT ${executionColumns} FROM executions WHERE (?1 IS NULL OR machine = ?1) AND (?2 IS NULL OR status = ?2)
       ORDER BY startedAt DESC, arn LIMIT ?3 OFFSET ?4`,
    ),
  };
};
