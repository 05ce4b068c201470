import type { CancellationReason } from '@aws-sdk/client-dynamodb';
import type { TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Conflict } from '../../domain/store/roster-store.ts';

/** One item of a command's transaction, and what it means when its condition does not hold. */
export interface ConditionalItem {
  item: NonNullable<TransactWriteCommandInput['TransactItems']>[number];
  conflict: (stored: CancellationReason['Item']) => Conflict;
}
