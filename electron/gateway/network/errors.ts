import { ChatError } from '../chat/errors.ts';

const tlsCodes = /^(CERT_|ERR_TLS|ERR_SSL|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|EPROTO)/;

/** The first error code on the chain of causes; a failed happy-eyeballs connect holds one error per address. */
function codeOf(error: unknown, depth = 0): string {
  if (!(error instanceof Error) || depth > 5) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return codeOf(error instanceof AggregateError ? error.errors[0] : error.cause, depth + 1);
}

/** What a proxy has answered instead of making a tunnel; undici tells the status in its message alone. */
function refusalOf(error: unknown, depth = 0): string | null {
  if (!(error instanceof Error) || depth > 5) return null;
  return /^Proxy response \((\d{3})\)/.exec(error.message)?.[1] ?? refusalOf(error.cause, depth + 1);
}

export const cancelled = (): ChatError => new ChatError('client_closed', 'The request was cancelled.');

/** Puts what undici or the socket threw into the words of the error table. Only the host is named, never the path or query. */
export function toNetworkError(error: unknown, url: URL, proxy: string | null): ChatError {
  const code = codeOf(error);
  const options = { cause: error };
  if (error instanceof ChatError) return error;
  if (code === 'UND_ERR_HEADERS_TIMEOUT')
    return new ChatError('upstream_timeout', `${url.host} did not answer in time.`, options);
  if (code === 'UND_ERR_BODY_TIMEOUT')
    return new ChatError('upstream_timeout', `${url.host} stopped sending in the middle of the answer.`, options);
  if (tlsCodes.test(code))
    return new ChatError('upstream_tls', `The certificate of ${url.host} is not trusted (${code}).`, options);
  if (
    proxy !== null &&
    /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|UND_ERR_CONNECT_TIMEOUT|ETIMEDOUT|ECONNRESET|EHOSTUNREACH|ENETUNREACH)$/.test(
      code,
    )
  ) {
    return new ChatError(
      'proxy_unreachable',
      `The outbound proxy ${hostOf(proxy)} cannot be reached (${code}).`,
      options,
    );
  }
  const refusal = proxy === null ? null : refusalOf(error);
  if (proxy !== null && refusal !== null) {
    const why = refusal === '407' ? 'it wants a user and a password that are right' : `HTTP ${refusal}`;
    return new ChatError('proxy_unreachable', `The outbound proxy ${hostOf(proxy)} refuses: ${why}.`, options);
  }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return new ChatError('upstream_dns', `The name ${url.hostname} cannot be resolved.`, options);
  if (code === 'UND_ERR_CONNECT_TIMEOUT' || code === 'ETIMEDOUT')
    return new ChatError('upstream_timeout', `${url.host} could not be connected in time.`, {
      ...options,
      blame: 'network',
    });
  return new ChatError('upstream_unreachable', `${url.host} cannot be reached${code ? ` (${code})` : ''}.`, options);
}

/** Without the name and password that may stand before it. */
const hostOf = (proxy: string): string => (URL.canParse(proxy) ? new URL(proxy).host : 'of the settings');

/** A body that broke while it was read. */
export function toBodyError(error: unknown, host: string): ChatError {
  if (error instanceof ChatError) return error;
  const code = codeOf(error);
  if (code === 'UND_ERR_BODY_TIMEOUT')
    return new ChatError('upstream_timeout', `${host} stopped sending in the middle of the answer.`, { cause: error });
  if (code.startsWith('Z_') || code.startsWith('ERR_BROTLI') || code.startsWith('ERR_ZSTD')) {
    return new ChatError('upstream_protocol', `${host} sent a body that cannot be decompressed.`, { cause: error });
  }
  return new ChatError('upstream_disconnect', `${host} closed the connection in the middle of the answer.`, {
    cause: error,
  });
}
