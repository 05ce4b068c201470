import { unmarshall } from '@aws-sdk/util-dynamodb';
import { z } from 'zod';
import { LocalDate } from '../../domain/dates.ts';
import { DivisionCode } from '../../domain/people/divisions.ts';
import type { Change } from '../../domain/store/roster-store.ts';
import { fingerprint } from '../crypto/fingerprint.ts';
import type { Keyring } from '../crypto/keyring.ts';
import type { ConditionalItem } from './conditional-item.ts';
import { emergencyOnceKey } from './keys.ts';
import type { Tables } from './tables.ts';

const Standing = z.object({ givenBy: DivisionCode, grantedOn: LocalDate });

/**
 * The item that makes an emergency one for everybody: its key is the keyed hash of person and occasion, and whoever comes second
 * finds it there, whichever office it is. It says who gave and when, and nothing else. What was never paid out gives it back.
 */
export const emergencyGuardItems = (
  { roster: TableName }: Tables,
  keyring: Keyring,
  { emergencyOnce }: Change,
): ConditionalItem[] => {
  if (emergencyOnce === undefined) return [];
  const { occasion, emergencyAidId } = emergencyOnce;
  const key = emergencyOnceKey(fingerprint(keyring('fingerprint'), occasion));
  if (emergencyOnce.does === 'free') {
    const item = {
      Delete: {
        TableName,
        Key: key,
        ConditionExpression: 'emergencyAidId = :aid',
        ExpressionAttributeValues: { ':aid': emergencyAidId },
      },
    };
    return [{ item, conflict: () => ({ conflict: 'version', kind: 'emergency-aid' }) }];
  }
  const { givenBy, grantedOn } = emergencyOnce;
  const item = {
    Put: {
      TableName,
      Item: { ...key, emergencyAidId, givenBy, grantedOn },
      ConditionExpression: 'attribute_not_exists(pk)',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
    },
  };
  return [{ item, conflict: (stored) => ({ conflict: 'aided', ...Standing.parse(unmarshall(stored ?? {})) }) }];
};
