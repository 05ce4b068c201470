import type { DataKeys } from './data-keys.ts';
import type { Keyring } from './keyring.ts';

/** Everything the store seals, opens and finds with. */
export interface Vault {
  readonly dataKeys: DataKeys;
  /** The keys that never rotate: look-up of resident IDs, cursors. */
  readonly keyring: () => Promise<Keyring>;
}
