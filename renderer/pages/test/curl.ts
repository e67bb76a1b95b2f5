import type { DialectId } from '../../../shared/exchange.ts';

const paths: Readonly<Record<DialectId, string>> = {
  'openai-chat': '/v1/chat/completions',
  'openai-responses': '/v1/responses',
  'anthropic-messages': '/v1/messages',
};

const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

/** The same request for a shell; the key is a variable, so that it is on no screen and in no history. */
export function curlOf(
  baseUrl: string,
  dialect: DialectId,
  body: Record<string, unknown>,
  keyRequired: boolean,
): string {
  return [
    `curl ${body['stream'] === true ? '-N ' : ''}${baseUrl}${paths[dialect]}`,
    ...(keyRequired ? ['-H "Authorization: Bearer $TRAYGATE_KEY"'] : []),
    '-H "Content-Type: application/json"',
    `-d ${quoted(JSON.stringify(body))}`,
  ].join(' \\\n  ');
}
