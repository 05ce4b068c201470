import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { CognitoConfiguration, Configuration } from '../configuration.ts';
import { AlarmTopic } from '../constructs/alarm-topic.ts';
import { CognitoIdentity } from '../constructs/cognito-identity.ts';
import { type FunctionSettings, ServiceFunction } from '../constructs/service-function.ts';
import { impacts } from './impacts.ts';

export type IdentityStackProps = StackProps & {
  readonly settings: CognitoConfiguration;
  readonly functions: FunctionSettings;
  readonly claims: Configuration['claims'];
  readonly alarmEmail: string | undefined;
};

/** The issuer of a deployment that has no other: there only when the configuration asks for it. It outlives every deployment. */
export class IdentityStack extends Stack {
  readonly identity: CognitoIdentity;

  constructor(scope: Construct, id: string, props: IdentityStackProps) {
    super(scope, id, { ...props, description: 'Hearth: log-ins of people and agencies', terminationProtection: true });
    const { settings, functions, claims, alarmEmail } = props;
    const tokenClaims = new ServiceFunction(this, 'token-claims', {
      ...functions,
      name: 'token-claims',
      alarmTopic: new AlarmTopic(this, 'Alarms', alarmEmail).topic,
      // The user pool gives up after five seconds.
      timeout: Duration.seconds(5),
      impact: impacts['token-claims'],
      environment: { ROLE_CLAIM: claims.role, DIVISION_CLAIM: claims.division, AGENCY_CLAIM: claims.agency },
    }).isCalledSynchronously('the user pool');
    this.identity = new CognitoIdentity(this, 'Identity', { settings, tokenClaims });
    new CfnOutput(this, 'Issuer', { value: this.identity.issuer, description: 'Issuer of tokens' });
  }
}
