import {
  AttributeType,
  BillingMode,
  StreamViewType,
  Table,
  TableEncryption,
  type TableProps,
} from 'aws-cdk-lib/aws-dynamodb';
import { AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { rosterIndexes } from '../../contracts/environment.ts';
import type { ServiceFunction } from './service-function.ts';

const keptForever = {
  partitionKey: { name: 'pk', type: AttributeType.STRING },
  sortKey: { name: 'sk', type: AttributeType.STRING },
  billingMode: BillingMode.PAY_PER_REQUEST,
  encryption: TableEncryption.AWS_MANAGED,
  pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
  deletionProtection: true,
  removalPolicy: RemovalPolicy.RETAIN,
} as const satisfies TableProps;

const reading = ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'];

/** Transactions are authorised through the actions of their items; these are the four a transaction may hold. */
const writing = ['dynamodb:ConditionCheckItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'];

const streaming = ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'].map((name) => `dynamodb:${name}`);

/** What could change or remove an item that is there. A batch write takes no condition, so it could replace one as well. */
const changing = ['UpdateItem', 'DeleteItem', 'BatchWriteItem', 'PartiQLUpdate', 'PartiQLDelete'].map(
  (name) => `dynamodb:${name}`,
);

/** What partition keys in the Audit table begin with (adapters/dynamodb/keys.ts; tests/infra holds the two together). */
const auditKeys = { entries: ['14*', 'PERSON#*'], records: ['PERSON#*'], chains: ['CHAIN*'] };
type AuditKeys = keyof typeof auditKeys;

/** The Roster table (aggregates, outbox, idempotency records, work lists) and the append-only Audit table. */
export class RosterTables extends Construct {
  readonly roster: Table;
  readonly audit: Table;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.roster = new Table(this, 'Roster', {
      ...keptForever,
      stream: StreamViewType.NEW_AND_OLD_IMAGES,
      timeToLiveAttribute: 'expiresAt',
    });
    for (const index of Object.values(rosterIndexes)) {
      this.roster.addGlobalSecondaryIndex({
        indexName: index.name,
        partitionKey: { name: index.partitionKey, type: AttributeType.STRING },
        sortKey: { name: index.sortKey, type: AttributeType.STRING },
      });
    }
    this.audit = new Table(this, 'Audit', { ...keptForever, stream: StreamViewType.NEW_IMAGE });
    // Whatever a role may be granted one day: what is in the Audit table stays as it was written. A put needs its condition.
    this.audit.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AppendOnly',
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions: changing,
        resources: ['*'],
      }),
    );
  }

  /** Names of both tables, for a function's environment. */
  get environment() {
    return { ROSTER_TABLE: this.roster.tableName, AUDIT_TABLE: this.audit.tableName } as const;
  }

  /** Lets a function read single items and the named indexes of the Roster. */
  grantRead(reader: ServiceFunction): void {
    reader.allow(reading, [this.roster.tableArn, ...this.indexArns()]);
  }

  /** Lets a function read the whole Roster table, which only a run of a policy over all households needs. */
  grantScan(reader: ServiceFunction): void {
    reader.allow(['dynamodb:Scan'], [this.roster.tableArn]);
  }

  /** Lets a function read the Roster and write to it in transactions. */
  grantReadWrite(writer: ServiceFunction): void {
    this.grantRead(writer);
    writer.allow(writing, [this.roster.tableArn]);
  }

  /** Lets a function read people's own records, to tell them who has looked: copies of entries, and no division's entries. */
  grantReadRecords(reader: ServiceFunction): void {
    this.grantOnAudit(reader, ['Query'], 'records');
  }

  /** Lets a function add entries to the Audit table. Nobody may read it back through this, change an entry or remove one. */
  grantAppendAudit(writer: ServiceFunction): void {
    this.grantOnAudit(writer, ['PutItem'], 'entries');
  }

  /** Lets a function read the chain of the Audit table and add to it. Entries it may neither add nor read through this. */
  grantChainAudit(chainer: ServiceFunction): void {
    this.grantOnAudit(chainer, ['GetItem', 'Query', 'PutItem'], 'chains');
  }

  /** Lets a function read the chain of the Audit table. */
  grantReadChain(reader: ServiceFunction): void {
    this.grantOnAudit(reader, ['GetItem', 'Query'], 'chains');
  }

  /** Lets a function read the entries of divisions. */
  grantReadEntries(reader: ServiceFunction): void {
    this.grantOnAudit(reader, ['Query'], 'entries');
  }

  /** Lets a function read the change stream of the Roster. */
  grantStream(reader: ServiceFunction): void {
    reader.allow(streaming, [this.streamArn()]);
  }

  /** Lets a function read the stream of new items of the Audit table. */
  grantAuditStream(reader: ServiceFunction): void {
    reader.allow(streaming, [this.auditStreamArn()]);
  }

  /** ARN of the Audit table's stream. */
  auditStreamArn(): string {
    const arn = this.audit.tableStreamArn;
    if (arn === undefined) throw new Error('The Audit table has no stream');
    return arn;
  }

  /** ARN of the Roster's change stream. */
  streamArn(): string {
    const arn = this.roster.tableStreamArn;
    if (arn === undefined) throw new Error('The Roster table has no stream');
    return arn;
  }

  private grantOnAudit(service: ServiceFunction, actions: readonly string[], keys: AuditKeys): void {
    service.role.addToPrincipalPolicy(
      new PolicyStatement({
        actions: actions.map((name) => `dynamodb:${name}`),
        resources: [this.audit.tableArn],
        conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': auditKeys[keys] } },
      }),
    );
  }

  private indexArns(): string[] {
    return Object.values(rosterIndexes).map(({ name }) => `${this.roster.tableArn}/index/${name}`);
  }
}
