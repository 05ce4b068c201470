import { randomInt } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import type { Service } from '../aws-endpoint.ts';
import type { Clock } from '../clock.ts';
import type { StateStore } from '../state-folder.ts';
import type { SecretModel } from '../template/platform-model.ts';
import { stableId } from '../template/platform-model.ts';

class SecretNotFound extends Error {
  override readonly name = 'SecretNotFound';
}

const punctuation = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';
const letters = 'abcdefghijklmnopqrstuvwxyz';

type Rules = NonNullable<SecretModel['properties']['GenerateSecretString']>;

const alphabets = (rules: Rules): readonly string[] =>
  [
    rules.ExcludeLowercase ? '' : letters,
    rules.ExcludeUppercase ? '' : letters.toUpperCase(),
    rules.ExcludeNumbers ? '' : '0123456789',
    rules.ExcludePunctuation ? '' : punctuation,
    rules.IncludeSpace ? ' ' : '',
  ]
    .map((alphabet) => [...alphabet].filter((character) => !rules.ExcludeCharacters.includes(character)).join(''))
    .filter((alphabet) => alphabet !== '');

const pick = (alphabet: string): string => alphabet.charAt(randomInt(alphabet.length));

/** A random value with at least one character of every allowed kind, as Secrets Manager makes it. */
const generate = (rules: Rules): string => {
  const allowed = alphabets(rules);
  const all = allowed.join('');
  for (;;) {
    const value = Array.from({ length: rules.PasswordLength }, () => pick(all)).join('');
    const complete = allowed.every((alphabet) => [...alphabet].some((character) => value.includes(character)));
    if (complete || rules.PasswordLength < allowed.length) return value;
  }
};

const firstValue = ({ properties }: SecretModel): string => {
  const rules = properties.GenerateSecretString;
  if (rules === undefined) return properties.SecretString ?? '';
  const value = generate(rules);
  if (rules.SecretStringTemplate === undefined || rules.GenerateStringKey === undefined) return value;
  return JSON.stringify({
    ...z.looseObject({}).parse(JSON.parse(rules.SecretStringTemplate)),
    [rules.GenerateStringKey]: value,
  });
};

const Kept = z.record(z.string(), z.string());
const Request = z.looseObject({ SecretId: z.string() });
const Put = z.looseObject({ SecretString: z.string() });

/** Secrets Manager for the template's secrets. Values are made once and kept in the data folder, readable by its owner only. */
export const secretsService = (models: readonly SecretModel[], store: StateStore, clock: Clock): Service => {
  const file = store.path('secrets.json');
  const values = existsSync(file) ? Kept.parse(JSON.parse(readFileSync(file, 'utf8'))) : {};
  for (const model of models) values[model.arn] ??= firstValue(model);
  const keep = (): void => {
    writeFileSync(file, `${JSON.stringify(values, null, 2)}\n`, { mode: 0o600 });
    chmodSync(file, 0o600);
  };
  keep();

  const find = (input: unknown): SecretModel => {
    const { SecretId } = Request.parse(input);
    const model = models.find(
      ({ arn }) =>
        arn === SecretId || arn.replace(/-[^-]{6}$/u, '') === SecretId || arn.includes(`:secret:${SecretId}-`),
    );
    if (model === undefined) throw new SecretNotFound("Secrets Manager can't find the specified secret.");
    return model;
  };
  const versionOf = ({ arn }: SecretModel): string => stableId(arn).padEnd(32, '0');

  return {
    target: 'secretsmanager',
    operations: {
      GetSecretValue: (input) => {
        const model = find(input);
        return {
          ARN: model.arn,
          Name: model.arn.split(':').at(-1),
          VersionId: versionOf(model),
          SecretString: values[model.arn],
          VersionStages: ['AWSCURRENT'],
          CreatedDate: clock.now() / 1000,
        };
      },
      PutSecretValue: (input) => {
        const model = find(input);
        values[model.arn] = Put.parse(input).SecretString;
        keep();
        return { ARN: model.arn, Name: model.arn.split(':').at(-1), VersionId: versionOf(model) };
      },
      DescribeSecret: (input) => {
        const model = find(input);
        return {
          ARN: model.arn,
          Name: model.arn.split(':').at(-1),
          VersionIdsToStages: { [versionOf(model)]: ['AWSCURRENT'] },
        };
      },
    },
    failureOf: (error) =>
      error instanceof SecretNotFound ? { type: 'ResourceNotFoundException', message: error.message } : undefined,
  };
};
