export const errors = {
  /** Why something the user asked for was not done. */
  calls: {
    failed: 'That did not work.',
    invalid_input: 'The gateway did not accept that.',
    refused: 'The gateway refused that.',
    signed_out: 'You have been signed out.',
    unknown_call: 'This gateway is older than its window. Reload the page.',
    unreachable: 'The gateway does not answer.',
  },
  /** By error code of the gateway: what it means and what to do. */
  errors: {
    invalid_json: { title: 'The client sent something that is not JSON.', hint: 'Send a JSON object.' },
    invalid_parameter: { title: 'A parameter of the request is wrong.', hint: 'Correct the parameter named below.' },
    too_complex: { title: 'The request is too deeply nested.', hint: 'Send a smaller or flatter body.' },
    images_not_supported: {
      title: 'This model or token does not accept images.',
      hint: 'Use a model and a token that do; guests cannot send images.',
    },
    invalid_api_key: { title: 'The client used a wrong key.', hint: 'Copy the key from this window into the client.' },
    rate_limit_exceeded: {
      title: 'The client has reached the limit of its key.',
      hint: 'Wait, or raise the limit in Settings › Client keys.',
    },
    forbidden_host: {
      title: 'The client used a host name that is not allowed.',
      hint: 'Use the address shown at the top of this window.',
    },
    forbidden_origin: { title: 'A web page tried to call Traygate.', hint: 'Web pages may not call it; programs may.' },
    model_not_found: {
      title: 'No enabled provider offers this model.',
      hint: 'Choose one of the names under Providers › Models.',
    },
    not_found: { title: 'The client asked for an unknown path.', hint: 'Check the base URL: the API begins at /v1.' },
    method_not_allowed: { title: 'The client used a wrong HTTP method.', hint: 'Use the method this path allows.' },
    bad_request: { title: 'This was no request of HTTP/1.1.', hint: 'Use http:// in the address, not https://.' },
    request_timeout: { title: 'The client sent its request too slowly.', hint: 'Send it again, faster.' },
    headers_too_large: { title: 'The headers of the request are too large.', hint: 'Send fewer or shorter headers.' },
    request_too_large: {
      title: 'The request is too large.',
      hint: 'Send less at once. Traygate’s own limit is “Largest request” in Settings.',
    },
    unsupported_media_type: {
      title: 'The client did not declare JSON.',
      hint: 'Send the header Content-Type: application/json.',
    },
    request_rejected: { title: '{{provider}} refused this request.', hint: 'Change the request as the provider asks.' },
    context_length_exceeded: {
      title: 'The conversation is too long for the model.',
      hint: 'Shorten it in the client, or choose a model with a larger context.',
    },
    model_not_allowed: {
      title: 'This token may not use the model.',
      hint: 'Choose another model, or a token of a higher level.',
    },
    model_not_in_plan: {
      title: 'The plan of this key does not include the model.',
      hint: 'Choose a model of the plan, or add a key that may use this one.',
    },
    wrong_base: {
      title: 'The key is good, but not at the base of {{provider}} that is set.',
      hint: 'Switch the base; if that does not help, recharge the account or renew its plan.',
    },
    plan_expired: { title: 'The plan of this key has expired.', hint: 'Renew the plan, or use another key.' },
    concurrency_limited: {
      title: '{{provider}} answers only so many requests of one key at once.',
      hint: 'Send fewer at the same time, or add another key.',
    },
    upstream_auth_failed: {
      title: '{{provider}} rejected the token. It may have expired.',
      hint: 'Replace the token under Providers.',
    },
    upstream_rate_limited: { title: '{{provider}} asks to slow down.', hint: 'Wait a little, or add another token.' },
    quota_exceeded: {
      title: 'The allowance of the token is used up.',
      hint: 'Wait for the reset, or add another token.',
    },
    client_version_outdated: {
      title: '{{provider}} has a new web version.',
      hint: 'Traygate has noticed and adapted; send the request again.',
    },
    captcha_required: {
      title: '{{provider}} asks for a captcha, which Traygate does not solve.',
      hint: 'Use an official API key, or a token of a signed-in account.',
    },
    guard_required: {
      title: 'The request guard of {{provider}} refused the request; Traygate does not imitate it.',
      hint: 'Use an official API key, or try again later.',
    },
    upstream_blocked: {
      title: '{{provider}} answered with a web page instead of data (captcha or block).',
      hint: 'Open the site in a browser once, or use an official API key.',
    },
    region_not_served: {
      title: '{{provider}} does not serve this country or network.',
      hint: 'Use it from where it is offered, or through an outbound proxy there.',
    },
    upstream_unreachable: {
      title: 'This computer cannot reach {{provider}}.',
      hint: 'Check the network connection, or set an outbound proxy.',
    },
    upstream_dns: {
      title: 'The address of {{provider}} could not be found.',
      hint: 'Check the network connection and the name servers.',
    },
    upstream_tls: {
      title: 'The certificate of {{provider}} is not trusted.',
      hint: 'Look for a proxy or virus scanner that inspects traffic.',
    },
    proxy_unreachable: { title: 'The outbound proxy does not answer.', hint: 'Check the proxy setting.' },
    upstream_timeout: { title: '{{provider}} did not answer in time.', hint: 'Try again, or choose another model.' },
    upstream_error: { title: '{{provider}} reported a fault of its own.', hint: 'Try again later.' },
    upstream_disconnect: {
      title: '{{provider}} closed the connection in the middle of the answer.',
      hint: 'The answer is incomplete; send the request again.',
    },
    upstream_truncated: {
      title: 'The answer of {{provider}} ended without its end mark.',
      hint: 'The answer is incomplete; send the request again.',
    },
    upstream_protocol: {
      title: '{{provider}} answered in a form that Traygate does not know.',
      hint: 'Its format may have changed; look for an update of Traygate.',
    },
    no_such_api: {
      title: 'There is no such API at the address of {{provider}}.',
      hint: 'Check its base URL under Providers; if it is right, look for an update of Traygate.',
    },
    loop_detected: {
      title: 'The request came back to Traygate itself.',
      hint: 'A base URL or proxy points at Traygate; change it.',
    },
    no_token_configured: { title: '{{provider}} has no token yet.', hint: 'Add a token under Providers.' },
    no_token_available: { title: 'All {{provider}} tokens are resting.', hint: 'Wait, or add another token.' },
    provider_disabled: { title: '{{provider}} is switched off.', hint: 'Switch it on under Providers.' },
    provider_unavailable: {
      title: '{{provider}} failed several times in a row and is left alone for a moment.',
      hint: 'It is asked again within seconds. Wait, or choose a model of another provider.',
    },
    queue_timeout: {
      title: 'No token became free in time.',
      hint: 'Send fewer requests at the same time, or add another token.',
    },
    queue_full: { title: 'Too many requests at once.', hint: 'Send fewer at the same time.' },
    paused: {
      title: 'Traygate was paused.',
      hint: 'Press Resume in this window, or untick “Pause all requests” in the tray.',
    },
    shutting_down: { title: 'Traygate was stopping.', hint: 'Send the request again once it runs.' },
    client_closed: { title: 'The client closed the connection.', hint: 'Nothing to do, unless it was not meant to.' },
    internal_error: {
      title: 'Traygate made a mistake.',
      hint: 'Please report it together with the request id.',
    },
    guest_token: {
      title: '{{provider}} says that this is a guest.',
      hint: 'Sign in with an account and copy its token instead.',
    },
    token_expired: {
      title: 'The token says itself that it has ended.',
      hint: 'Sign in again and copy the new token.',
    },
    check_unreachable: { title: 'The check could not reach {{provider}}.', hint: 'Check the token again later.' },
  },
} as const;
