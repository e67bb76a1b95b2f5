import type { Blame } from '../../../shared/blame.ts';

/**
 * Every error a client can see, in one table. `blame` says whose fault it is and so who is cooled down;
 * `failover` whether another credential may be tried while nothing has reached the client;
 * `retry` is the `x-should-retry` header (undefined: not sent); `hint` is the one thing to do.
 * Status codes and header values follow the error contract in docs/errors.md.
 */
interface Rule {
  readonly status: number;
  readonly blame: Blame;
  readonly failover: boolean;
  readonly retry?: boolean;
  readonly hint: string;
}

const rules = {
  invalid_json: { status: 400, blame: 'request', failover: false, retry: false, hint: 'Send a JSON object.' },
  invalid_parameter: {
    status: 400,
    blame: 'request',
    failover: false,
    retry: false,
    hint: 'Correct the named parameter.',
  },
  too_complex: {
    status: 400,
    blame: 'request',
    failover: false,
    retry: false,
    hint: 'Send a smaller or flatter body.',
  },
  images_not_supported: {
    status: 400,
    blame: 'request',
    failover: false,
    retry: false,
    hint: 'Use a model and a token that accept images.',
  },
  invalid_api_key: {
    status: 401,
    blame: 'request',
    failover: false,
    retry: false,
    hint: 'Copy the key from the Traygate window.',
  },
  rate_limit_exceeded: {
    status: 429,
    blame: 'request',
    failover: false,
    retry: false,
    hint: 'Wait, or raise the limit of this key in Traygate › Settings › Client keys.',
  },
  forbidden_host: {
    status: 403,
    blame: 'request',
    failover: false,
    retry: false,
    hint: 'Use the address shown in the Traygate window.',
  },
  forbidden_origin: {
    status: 403,
    blame: 'request',
    failover: false,
    retry: false,
    hint: 'Web pages may not call Traygate.',
  },
  model_not_found: {
    status: 404,
    blame: 'request',
    failover: false,
    retry: false,
    hint: 'GET /v1/models lists the models that are offered.',
  },
  not_found: {
    status: 404,
    blame: 'request',
    failover: false,
    retry: false,
    hint: 'Check the path; the API begins at /v1.',
  },
  method_not_allowed: {
    status: 405,
    blame: 'request',
    failover: false,
    retry: false,
    hint: 'Use the method named in the Allow header.',
  },
  bad_request: {
    status: 400,
    blame: 'request',
    failover: false,
    retry: false,
    hint: 'Speak HTTP/1.1; with TLS only through a proxy that adds it.',
  },
  request_timeout: {
    status: 408,
    blame: 'request',
    failover: false,
    hint: 'Send it again, faster.',
  },
  headers_too_large: {
    status: 431,
    blame: 'request',
    failover: false,
    retry: false,
    hint: 'Send fewer or shorter headers.',
  },
  request_too_large: {
    status: 413,
    blame: 'request',
    failover: false,
    retry: false,
    hint: 'Send less at once, for example fewer or smaller images.',
  },
  unsupported_media_type: {
    status: 415,
    blame: 'request',
    failover: false,
    retry: false,
    hint: 'Send Content-Type: application/json.',
  },
  request_rejected: {
    status: 400,
    blame: 'request',
    failover: false,
    retry: false,
    hint: 'Change the request as the provider asks.',
  },
  context_length_exceeded: {
    status: 400,
    blame: 'request',
    failover: false,
    retry: false,
    hint: 'Shorten the conversation, or choose a model with a larger context.',
  },
  model_not_allowed: {
    status: 403,
    blame: 'request',
    failover: false,
    retry: false,
    hint: 'Choose another model or a token of a higher level.',
  },
  model_not_in_plan: {
    status: 403,
    blame: 'request',
    failover: true,
    retry: false,
    hint: 'Choose a model of the plan, or add a key that may use this one.',
  },

  wrong_base: {
    status: 502,
    blame: 'gateway',
    failover: true,
    retry: false,
    hint: 'Switch the base of this provider in Traygate › Providers.',
  },
  plan_expired: {
    status: 502,
    blame: 'credential',
    failover: true,
    retry: false,
    hint: 'Renew the plan, or use another key.',
  },
  concurrency_limited: {
    status: 429,
    blame: 'rate',
    failover: true,
    retry: false,
    hint: 'Send fewer requests at once, or add another key.',
  },
  upstream_auth_failed: {
    status: 502,
    blame: 'credential',
    failover: true,
    retry: false,
    hint: 'Replace the token in Traygate.',
  },
  upstream_rate_limited: {
    status: 429,
    blame: 'rate',
    failover: true,
    retry: false,
    hint: 'Wait, or add another token.',
  },
  quota_exceeded: {
    status: 429,
    blame: 'quota',
    failover: true,
    retry: false,
    hint: 'Wait for the reset, or add another token.',
  },
  client_version_outdated: {
    status: 502,
    blame: 'client-version',
    failover: false,
    retry: false,
    hint: 'Traygate has refreshed its version; try again.',
  },
  captcha_required: {
    status: 403,
    blame: 'captcha',
    failover: false,
    retry: false,
    hint: 'Use an official API key, or a token of a signed-in account.',
  },
  guard_required: {
    status: 403,
    blame: 'captcha',
    failover: false,
    retry: false,
    hint: 'Use an official API key; Traygate does not imitate the guard.',
  },
  upstream_blocked: {
    status: 502,
    blame: 'captcha',
    failover: false,
    retry: false,
    hint: 'Open the site in a browser, or use an official API key.',
  },
  region_not_served: {
    status: 502,
    blame: 'network',
    failover: false,
    retry: false,
    hint: 'Use the service from where it is offered, or through an outbound proxy there.',
  },
  upstream_unreachable: {
    status: 502,
    blame: 'network',
    failover: true,
    retry: false,
    hint: 'Check the network connection of this computer.',
  },
  upstream_dns: {
    status: 502,
    blame: 'network',
    failover: true,
    retry: false,
    hint: 'Check the network connection and the base URL.',
  },
  upstream_tls: {
    status: 502,
    blame: 'network',
    failover: false,
    retry: false,
    hint: 'The certificate is not trusted; check for a proxy that inspects traffic.',
  },
  proxy_unreachable: {
    status: 502,
    blame: 'network',
    failover: false,
    retry: false,
    hint: 'Check the outbound proxy setting.',
  },
  upstream_timeout: {
    status: 504,
    blame: 'provider',
    failover: true,
    retry: false,
    hint: 'Try again, or choose another model.',
  },
  upstream_error: {
    status: 502,
    blame: 'provider',
    failover: true,
    retry: false,
    hint: 'Try again later, or choose another model.',
  },
  upstream_disconnect: {
    status: 502,
    blame: 'provider',
    failover: true,
    retry: false,
    hint: 'The answer is incomplete; send the request again.',
  },
  upstream_truncated: {
    status: 502,
    blame: 'provider',
    failover: true,
    retry: false,
    hint: 'The answer is incomplete; send the request again.',
  },
  upstream_protocol: {
    status: 502,
    blame: 'provider',
    failover: true,
    retry: false,
    hint: 'The provider has changed its format; look for an update of Traygate.',
  },
  no_such_api: {
    status: 502,
    blame: 'provider',
    failover: false,
    retry: false,
    hint: 'Check the base URL of this provider in Traygate › Providers.',
  },
  loop_detected: {
    status: 508,
    blame: 'gateway',
    failover: false,
    retry: false,
    hint: 'A base URL or proxy points back at Traygate; change it.',
  },

  no_token_configured: {
    status: 503,
    blame: 'credential',
    failover: false,
    retry: false,
    hint: 'Add a token in Traygate › Providers.',
  },
  no_token_available: {
    status: 503,
    blame: 'credential',
    failover: false,
    retry: false,
    hint: 'Wait, or add another token.',
  },
  provider_unavailable: {
    status: 503,
    blame: 'provider',
    failover: false,
    retry: true,
    hint: 'It is asked again within seconds; wait, or choose a model of another provider.',
  },
  provider_disabled: {
    status: 503,
    blame: 'gateway',
    failover: false,
    retry: false,
    hint: 'Switch the provider on in Traygate › Providers.',
  },
  queue_full: { status: 503, blame: 'gateway', failover: false, retry: true, hint: 'Send fewer requests at once.' },
  queue_timeout: {
    status: 503,
    blame: 'gateway',
    failover: false,
    retry: true,
    hint: 'Send fewer requests at once, or add another token.',
  },
  shutting_down: {
    status: 503,
    blame: 'gateway',
    failover: false,
    retry: true,
    hint: 'Traygate is stopping; try again when it runs.',
  },
  paused: {
    status: 503,
    blame: 'gateway',
    failover: false,
    retry: false,
    hint: 'Untick "Pause all requests" in the tray menu of Traygate, or press Resume in its window.',
  },
  client_closed: { status: 499, blame: 'client', failover: false, hint: 'The client closed the connection.' },
  internal_error: {
    status: 500,
    blame: 'gateway',
    failover: false,
    retry: false,
    hint: 'This is a fault of Traygate; please report the request id.',
  },
} as const satisfies Record<string, Rule>;

export type ErrorCode = keyof typeof rules;

export interface ChatErrorOptions {
  /** What the provider said: HTTP status, its code, its text (redacted and cut by the logger, never shown raw as a headline). */
  readonly upstream?: { readonly status?: number; readonly code?: string | number; readonly message?: string };
  /** Milliseconds until a repeat makes sense. */
  readonly retryAfterMs?: number;
  /** The parameter of the request that is wrong. */
  readonly param?: string;
  /** Overrides the table's HTTP status, e.g. a local test error. */
  readonly status?: number;
  /** Overrides the table's advice. */
  readonly hint?: string;
  /** Overrides the table where the same code can be another's fault. */
  readonly blame?: Blame;
  readonly cause?: unknown;
}

/** The one error type that crosses the middle. Its message is one English sentence without secrets. */
export class ChatError extends Error {
  override readonly name = 'ChatError';
  readonly code: ErrorCode;
  readonly status: number;
  readonly blame: Blame;
  readonly failover: boolean;
  readonly shouldRetry: boolean | undefined;
  readonly hint: string;
  readonly upstream: ChatErrorOptions['upstream'];
  readonly retryAfterMs: number | undefined;
  readonly param: string | undefined;

  /** Whether another provider may answer what this one did not. */
  get elsewhere(): boolean {
    const { blame, code } = this;
    if (blame === 'request' || blame === 'gateway' || blame === 'client') return elsewhereFine.has(code);
    return true;
  }

  constructor(code: ErrorCode, message: string, options: ChatErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    const rule: Rule = rules[code];
    this.code = code;
    this.status = options.status ?? rule.status;
    this.blame = options.blame ?? rule.blame;
    this.failover = rule.failover;
    this.shouldRetry = rule.retry;
    this.hint = options.hint ?? rule.hint;
    this.upstream = options.upstream;
    this.retryAfterMs = options.retryAfterMs;
    this.param = options.param;
  }
}

/** Faults of the request, or of ours, that another model or provider does not share. */
const elsewhereFine: ReadonlySet<ErrorCode> = new Set([
  'model_not_found',
  'model_not_allowed',
  'model_not_in_plan',
  'wrong_base',
  'images_not_supported',
  'context_length_exceeded',
  'queue_full',
  'queue_timeout',
]);

/** Turns whatever was thrown into a ChatError; anything unknown is a fault of ours. */
export function toChatError(error: unknown): ChatError {
  return error instanceof ChatError
    ? error
    : new ChatError('internal_error', 'Traygate could not handle the request.', { cause: error });
}
