import { createHash } from 'node:crypto';
import { z } from 'zod';

/** What `Ref` and `Fn::GetAtt` answer for one resource. */
export type Identity = { readonly ref: string; readonly attributes: Readonly<Record<string, string>> };

export type Surroundings = {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
  readonly suffix: string;
};

type Named = Surroundings & {
  readonly stack: string;
  readonly logicalId: string;
  /** Value of a property that names the resource, if the template gives one. */
  readonly given: (property: string) => string | undefined;
};

const short = (...parts: readonly string[]): string =>
  createHash('sha256').update(parts.join('/')).digest('hex').slice(0, 10);

const arn = (it: Named, service: string, resource: string): string =>
  `arn:${it.partition}:${service}:${it.region}:${it.account}:${resource}`;

const nameOf = (it: Named, property: string): string => it.given(property) ?? `${it.stack}-${it.logicalId}`;

const functionIdentity = (it: Named): Identity => {
  const name = nameOf(it, 'FunctionName').slice(0, 64);
  return { ref: name, attributes: { Arn: arn(it, 'lambda', `function:${name}`) } };
};

const tableIdentity = (it: Named): Identity => {
  const name = nameOf(it, 'TableName');
  const table = arn(it, 'dynamodb', `table/${name}`);
  return { ref: name, attributes: { Arn: table, StreamArn: `${table}/stream/local` } };
};

const machineIdentity = (it: Named): Identity => {
  const name = nameOf(it, 'StateMachineName').slice(0, 80);
  const machine = arn(it, 'states', `stateMachine:${name}`);
  return { ref: machine, attributes: { Arn: machine, Name: name } };
};

const secretIdentity = (it: Named): Identity => {
  const secret = arn(it, 'secretsmanager', `secret:${nameOf(it, 'Name')}-${short(it.stack, it.logicalId).slice(0, 6)}`);
  return { ref: secret, attributes: { Id: secret, Arn: secret } };
};

const kmsKeyIdentity = (it: Named): Identity => {
  const id = short(it.stack, it.logicalId);
  return { ref: id, attributes: { Arn: arn(it, 'kms', `key/${id}`), KeyId: id } };
};

/** Names of buckets are in lower case, and their ARNs name neither region nor account. */
const bucketIdentity = (it: Named): Identity => {
  const name = nameOf(it, 'BucketName').toLowerCase().slice(0, 63);
  return { ref: name, attributes: { Arn: `arn:${it.partition}:s3:::${name}` } };
};

const queueIdentity = (it: Named): Identity => {
  const name = nameOf(it, 'QueueName').slice(0, 80);
  return {
    ref: `https://sqs.${it.region}.${it.suffix}/${it.account}/${name}`,
    attributes: { Arn: arn(it, 'sqs', name), QueueName: name },
  };
};

const apiIdentity = (it: Named): Identity => {
  const id = short(it.stack, it.logicalId);
  return { ref: id, attributes: { ApiId: id, ApiEndpoint: `https://${id}.execute-api.${it.region}.${it.suffix}` } };
};

const byType: Readonly<Record<string, (it: Named) => Identity>> = {
  'AWS::Lambda::Function': functionIdentity,
  'AWS::DynamoDB::Table': tableIdentity,
  'AWS::DynamoDB::GlobalTable': tableIdentity,
  'AWS::StepFunctions::StateMachine': machineIdentity,
  'AWS::SecretsManager::Secret': secretIdentity,
  'AWS::KMS::Key': kmsKeyIdentity,
  'AWS::S3::Bucket': bucketIdentity,
  'AWS::SQS::Queue': queueIdentity,
  'AWS::ApiGatewayV2::Api': apiIdentity,
};

const Given = z.string().optional();

/** What a resource is called. A type without a rule of its own gets its logical id and an ARN that nothing resolves. */
export const identify = (
  type: string,
  it: Omit<Named, 'given'>,
  resolveProperty: (property: string) => unknown,
): { readonly ref: string; readonly attribute: (name: string) => string } => {
  const named: Named = { ...it, given: (property) => Given.parse(resolveProperty(property)) };
  const fallback = (): Identity => ({
    ref: `${it.stack}-${it.logicalId}`,
    attributes: { Arn: arn(named, (type.split('::')[1] ?? 'local').toLowerCase(), `${it.stack}-${it.logicalId}`) },
  });
  const identity = (byType[type] ?? fallback)(named);
  return { ref: identity.ref, attribute: (name) => identity.attributes[name] ?? `${identity.ref}.${name}` };
};
