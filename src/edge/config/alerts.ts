// `alerts:`: who is told when something goes wrong. The address is a secret whatever is in it: whoever knows it can speak there.
import { z } from 'zod';
import type { AlertsConfig } from '../../model/config.ts';
import { isWebAddress } from './addresses.ts';
import { type Check, lineOfText } from './fields.ts';
import { headersSchema, normalizeHeaders } from './headers.ts';
import { durationMs } from './quantities.ts';
import { duration } from './quantity-checks.ts';

const isReceiver: Check = (text) => {
  if (isWebAddress(text) !== undefined)
    return 'is no web address; write it in full, for example https://hooks.example/T00/B00';
  const { username, password } = new URL(text);
  return username === '' && password === ''
    ? undefined
    : 'has a user or a password in it; write headers: {Authorization: …} instead';
};

export const alertsSchema = z.strictObject({
  url: lineOfText(isReceiver).describe(
    'Where messages are sent, as JSON by POST: an incoming webhook of Slack or Mattermost, ntfy, a program of yours',
  ),
  headers: headersSchema
    .optional()
    .describe(
      `Request headers, sent to the origin of url only, for example {Authorization: "Bearer \${TOKEN}"}`,
    ),
  after: duration('0s', '90d')
    .optional()
    .describe('For how long a source must fail before it is told (default: 1d)'),
});

export function buildAlerts(input: z.infer<typeof alertsSchema> | undefined): AlertsConfig | undefined {
  return (
    input && {
      url: input.url.trim(),
      headers: normalizeHeaders(input.headers ?? {}),
      afterMs: durationMs(input.after ?? '1d'),
    }
  );
}
