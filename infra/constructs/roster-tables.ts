import {
  AttributeType,
  BillingMode,
  StreamViewType,
  Table,
  TableEncryption,
  type TableProps,
} from 'aws-cdk-lib/aws-dynamodb';
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
    this.audit = new Table(this, 'Audit', keptForever);
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

  /** Lets a function query the Audit table: only the one that shows people who has looked at their records. */
  grantQueryAudit(reader: ServiceFunction): void {
    reader.allow(['dynamodb:Query'], [this.audit.tableArn]);
  }

  /** Lets a function add entries to the Audit table. Nobody may read it back through this, change an entry or remove one. */
  grantAppendAudit(writer: ServiceFunction): void {
    writer.allow(['dynamodb:PutItem'], [this.audit.tableArn]);
  }

  /** Lets a function read the change stream of the Roster. */
  grantStream(reader: ServiceFunction): void {
    const actions = ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'].map(
      (name) => `dynamodb:${name}`,
    );
    reader.allow(actions, [this.streamArn()]);
  }

  /** ARN of the Roster's change stream. */
  streamArn(): string {
    const arn = this.roster.tableStreamArn;
    if (arn === undefined) throw new Error('The Roster table has no stream');
    return arn;
  }

  private indexArns(): string[] {
    return Object.values(rosterIndexes).map(({ name }) => `${this.roster.tableArn}/index/${name}`);
  }
}
