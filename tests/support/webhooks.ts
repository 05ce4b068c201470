import type { AddressFault, WebhookCall, WebhookResult, Webhooks } from '../../domain/subscriptions/webhooks.ts';

/** Calls that only remember what was sent, and answer as they are told. */
export const rememberingWebhooks = () => {
  const calls: WebhookCall[] = [];
  let secrets = 0;
  let result: WebhookResult = 'taken';
  let fault: AddressFault | undefined;
  const webhooks: Webhooks = {
    newSecret: () => {
      secrets += 1;
      return `whsec_${Buffer.from(`secret ${secrets}`).toString('base64')}`;
    },
    faultOf: async () => fault,
    call: async (call) => {
      calls.push(call);
      return result;
    },
  };
  return {
    ...webhooks,
    calls,
    answer: (next: WebhookResult) => {
      result = next;
    },
    refuse: (next: AddressFault | undefined) => {
      fault = next;
    },
  };
};
