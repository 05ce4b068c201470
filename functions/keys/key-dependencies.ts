import type { Dependencies } from '../../domain/dependencies.ts';
import type { KeyStore } from '../../domain/store/key-store.ts';

/** What the use cases on keys are given. */
export interface KeyDependencies extends Dependencies {
  keys: KeyStore;
  /** Days after the last application or decision for which a household must be kept. */
  retentionDays: number;
}
