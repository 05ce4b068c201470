/** Why an address is not called: what is wrong with it, in the words of the faults of a request. */
export type AddressFault =
  | 'webhook.malformed'
  | 'webhook.scheme'
  | 'webhook.credentials'
  | 'webhook.port'
  | 'webhook.private'
  | 'webhook.unresolved';

/** One call as it is sent: id, body and the secrets it is signed with. */
export interface WebhookCall {
  readonly url: string;
  readonly id: string;
  /** Seconds since 1970: from it whoever is called tells an old call that somebody repeats. */
  readonly timestamp: number;
  readonly body: string;
  readonly secrets: readonly string[];
}

/** What came of a call: taken, refused before it was made, or not taken; the last may be tried again. */
export type WebhookResult = 'taken' | AddressFault | 'not-taken';

/** Calls to departments' own servers. */
export interface Webhooks {
  /** 256 bits of chance, in the form of Standard Webhooks: `whsec_` and base64. */
  newSecret: () => string;
  /** What is wrong with an address, its names looked up; undefined when it may be called. */
  faultOf: (url: string) => Promise<AddressFault | undefined>;
  /** Makes a call. The address is looked at again, since a name may lead elsewhere by now. */
  call: (call: WebhookCall) => Promise<WebhookResult>;
}
