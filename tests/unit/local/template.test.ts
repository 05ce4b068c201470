import { describe, expect, test } from 'vitest';
import type { Stack } from '../../../local/template/assembly.ts';
import { readPlatformModel } from '../../../local/template/read-platform-model.ts';
import { createResolver } from '../../../local/template/resolver.ts';

const surroundings = { partition: 'aws-cn', region: 'cn-north-1', account: '123456789012', suffix: 'amazonaws.com.cn' };

/** A placeholder of Fn::Sub. */
const fill = (name: string): string => ['$', '{', name, '}'].join('');

const stack = (name: string, template: Partial<Stack['template']>): Stack => ({
  name,
  assets: new Map(),
  template: { Parameters: {}, Mappings: {}, Conditions: {}, Resources: {}, Outputs: {}, ...template },
});

const kept = stack('Kept', {
  Resources: {
    Items: {
      Type: 'AWS::DynamoDB::Table',
      Properties: { TableName: { 'Fn::Sub': `${fill('AWS::StackName')}-items` } },
    },
  },
  Outputs: { Name: { Value: { Ref: 'Items' }, Export: { Name: { 'Fn::Join': [':', ['Kept', 'Name']] } } } },
});
const running = stack('Running', {
  Parameters: { Stage: { Type: 'String', Default: 'dev' } },
  Mappings: { Sizes: { dev: { memory: 128 } } },
  Conditions: { IsDev: { 'Fn::Equals': [{ Ref: 'Stage' }, 'dev'] }, IsLive: { 'Fn::Not': [{ Condition: 'IsDev' }] } },
  Resources: {
    Machine: { Type: 'AWS::StepFunctions::StateMachine', Properties: {} },
    Gone: { Type: 'AWS::Unheard::Of', Properties: {}, Condition: 'IsLive' },
  },
});
const { value } = createResolver([kept, running], surroundings);

describe('intrinsic functions', () => {
  test.each([
    ['a table of another stack by its export', { 'Fn::ImportValue': 'Kept:Name' }, 'Kept-items'],
    [
      'an ARN in its partition',
      { Ref: 'Machine' },
      'arn:aws-cn:states:cn-north-1:123456789012:stateMachine:Running-Machine',
    ],
    ['an attribute', { 'Fn::GetAtt': ['Machine', 'Name'] }, 'Running-Machine'],
    ['an attribute in a text', { 'Fn::Sub': `<${fill('Machine.Name')}>` }, '<Running-Machine>'],
    [
      'a text with names of its own',
      { 'Fn::Sub': [[fill('a'), fill('AWS::Region'), fill('!kept')].join('/'), { a: { Ref: 'Stage' } }] },
      `dev/cn-north-1/${fill('kept')}`,
    ],
    ['a joined list', { 'Fn::Join': ['-', ['a', { Ref: 'AWS::AccountId' }]] }, 'a-123456789012'],
    ['a part of a split text', { 'Fn::Select': [1, { 'Fn::Split': [':', 'a:b:c'] }] }, 'b'],
    ['what a condition picks', { 'Fn::If': ['IsLive', 'live', 'not live'] }, 'not live'],
    ['a value of a map', { 'Fn::FindInMap': ['Sizes', { Ref: 'Stage' }, 'memory'] }, 128],
    ['a default of a parameter', { Ref: 'Stage' }, 'dev'],
  ])('give %s', (_, expression, expected) => {
    expect(value(running, expression)).toEqual(expected);
  });

  test('leave out what has no value', () => {
    expect(value(running, { a: 1, b: { Ref: 'AWS::NoValue' }, c: [{ Ref: 'AWS::NoValue' }, 2] })).toEqual({
      a: 1,
      c: [2],
    });
  });

  test.each([
    ['an unknown function', { 'Fn::Transform': {} }, 'Fn::Transform is not known'],
    ['a name that does not exist', { Ref: 'Nobody' }, 'Nobody is referred to but does not exist'],
    ['an import that nothing exports', { 'Fn::ImportValue': 'Nothing' }, 'it imports Nothing, which no stack exports'],
  ])('refuse %s', (_, expression, message) => {
    expect(() => value(running, expression)).toThrow(message);
  });
});

describe('a template', () => {
  test('with a resource that would silently be left out is refused by its logical id', () => {
    const strange = stack('Running', { Resources: { Queue: { Type: 'AWS::Kinesis::Stream', Properties: {} } } });
    expect(() => readPlatformModel([strange], surroundings)).toThrow('Running/Queue (AWS::Kinesis::Stream)');
  });

  test('may have permissions, logs and alarms, and what its conditions leave out', () => {
    const plain = stack('Running', {
      Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } },
      Resources: {
        Role: { Type: 'AWS::IAM::Role', Properties: {} },
        Alarm: { Type: 'AWS::CloudWatch::Alarm', Properties: {} },
        Stream: { Type: 'AWS::Kinesis::Stream', Properties: {}, Condition: 'Never' },
      },
    });
    expect(readPlatformModel([plain], surroundings)).toMatchObject({ functions: [], routes: [] });
  });

  test('with a resource of a kind that cannot run here says which property is in the way', () => {
    const express = stack('Running', {
      Resources: {
        Machine: {
          Type: 'AWS::StepFunctions::StateMachine',
          Properties: { StateMachineType: 'EXPRESS', DefinitionString: '{}' },
        },
      },
    });
    expect(() => readPlatformModel([express], surroundings)).toThrow('only STANDARD state machines run locally');
  });
});
