import type { Captured } from '../../../../shared/capture.ts';
import type { Exchange } from '../../../../shared/exchange.ts';
import { tokensPerSecond } from '../timeline.ts';

/** An exchange with what was kept of it; null where that is not to be written, or not there. */
export interface Exported {
  readonly exchange: Exchange;
  readonly captured: Captured | null;
}

export const exportFormats = ['jsonl', 'har', 'csv'] as const;
export type ExportFormat = (typeof exportFormats)[number];

const csvColumns: readonly (readonly [string, (row: Exchange) => string | number | boolean | null])[] = [
  ['id', ({ id }) => id],
  ['time', ({ receivedAt }) => new Date(receivedAt).toISOString()],
  ['outcome', ({ outcome }) => outcome],
  ['status', ({ status }) => status],
  ['client', ({ client }) => client],
  ['key', ({ clientKey }) => clientKey],
  ['api', ({ dialect }) => dialect],
  ['model', ({ model }) => model],
  ['resolved_model', ({ resolvedModel }) => resolvedModel],
  ['provider', ({ provider }) => provider],
  ['tokens_tried', ({ attempts }) => attempts.map(({ credential }) => credential ?? '-').join(' ')],
  ['attempts', ({ attempts }) => attempts.length],
  ['stream', ({ stream }) => stream],
  ['queue_ms', ({ leased }) => leased],
  ['first_token_ms', ({ firstToken }) => firstToken],
  ['total_ms', ({ closed }) => closed],
  ['input_tokens', ({ usage }) => usage?.inputTokens ?? null],
  ['output_tokens', ({ usage }) => usage?.outputTokens ?? null],
  ['tokens_per_second', (row) => tokensPerSecond(row)],
  ['finish_reason', ({ finishReason }) => finishReason],
  ['error', ({ failure }) => failure?.code ?? null],
  ['purpose', ({ purpose }) => purpose],
];

/** A cell; what a spreadsheet would take for a formula is told to be text. */
function cell(value: string | number | boolean | null): string {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

const csvLine = (values: readonly (string | number | boolean | null)[]): string => values.map(cell).join(',');

function toCsv(rows: readonly Exported[]): string {
  const lines = rows.map(({ exchange }) => csvLine(csvColumns.map(([, read]) => read(exchange))));
  return `${[csvLine(csvColumns.map(([name]) => name)), ...lines].join('\r\n')}\r\n`;
}

const toJsonl = (rows: readonly Exported[]): string =>
  rows.map(({ exchange, captured }) => `${JSON.stringify({ ...exchange, ...(captured && { captured }) })}\n`).join('');

const pairs = (headers: readonly (readonly [string, string])[]) => headers.map(([name, value]) => ({ name, value }));

/** HTTP Archive 1.2, as browsers and HTTP tools read it. */
function toHar(rows: readonly Exported[], version: string, baseUrl: string): string {
  const entries = rows.map(({ exchange, captured }) => {
    const { closed, connected, firstEvent, leased, receivedAt, status } = exchange;
    const total = closed ?? 0;
    const blocked = leased ?? 0;
    const send = Math.max(0, (connected ?? blocked) - blocked);
    const wait = Math.max(0, (firstEvent ?? total) - (connected ?? blocked));
    return {
      startedDateTime: new Date(receivedAt).toISOString(),
      time: total,
      request: {
        method: captured?.method ?? 'POST',
        url: baseUrl + (captured?.path ?? ''),
        httpVersion: 'HTTP/1.1',
        cookies: [],
        headers: pairs(captured?.request.headers ?? []),
        queryString: [],
        headersSize: -1,
        bodySize: captured?.request.size ?? -1,
        ...(captured && { postData: { mimeType: 'application/json', text: captured.request.body } }),
      },
      response: {
        status: status ?? 0,
        statusText: '',
        httpVersion: 'HTTP/1.1',
        cookies: [],
        headers: pairs(captured?.response.headers ?? []),
        content: {
          size: exchange.characters,
          mimeType: 'text/plain',
          ...(captured && { text: captured.response.text }),
        },
        redirectURL: '',
        headersSize: -1,
        bodySize: -1,
      },
      cache: {},
      timings: {
        blocked,
        dns: -1,
        connect: -1,
        ssl: -1,
        send,
        wait,
        receive: Math.max(0, total - blocked - send - wait),
      },
      _exchange: exchange,
      ...(captured && { _calls: captured.response.calls, _reasoning: captured.response.reasoning }),
    };
  });
  return JSON.stringify(
    { log: { version: '1.2', creator: { name: 'Traygate', version }, pages: [], entries } },
    null,
    1,
  );
}

export interface ExportContext {
  readonly version: string;
  readonly baseUrl: string;
}

export function exportText(
  format: ExportFormat,
  rows: readonly Exported[],
  { version, baseUrl }: ExportContext,
): string {
  if (format === 'csv') return toCsv(rows);
  return format === 'har' ? toHar(rows, version, baseUrl) : toJsonl(rows);
}
