export const radar = {
  radar: {
    title: 'Does it work?',
    about: 'Asks {{provider}} for one word with each kind of credential. It shows in Logs, marked as a check.',
    run: 'Check now',
    running: 'Checking…',
    nothing: 'Nothing to check with yet: add a token or a key first.',
    never: 'Not checked yet.',
    ok: 'Answers',
    notOk: 'Fails',
    okAfter: 'First token after {{time}} ({{model}}).',
    okWhole: 'It answered ({{model}}).',
    row: 'Show in Logs',
    official: 'Go to {{provider}}',
    until: 'Until {{time}}.',
    exactWords: 'Exact words',
    every: 'Check all providers by itself',
    hours: {
      '0': 'Never',
      '1': 'Every hour',
      '6': 'Every 6 hours',
      '12': 'Every 12 hours',
      '24': 'Once a day',
      other: 'Every {{hours}} hours',
    },
    mark: 'Check by Traygate',
    hide: 'Hide own requests',
    kinds: { token: 'Token', guest: 'Guest', key: 'API key', none: 'Without a key' },
    /** What is broken, and the one thing to do. */
    broken: {
      'client-version': {
        title: '{{provider}} wants a newer version of its web client.',
        action: 'Check again in a minute: Traygate looks for the new version itself. If it stays, update Traygate.',
      },
      signature: {
        title: '{{provider}} does not accept the signature of requests.',
        action: 'Set the clock of this computer; if it is right, update Traygate.',
      },
      captcha: {
        title: '{{provider}} asks for a captcha, which Traygate never solves.',
        action: 'Use an official API key, or a token of a signed-in account.',
      },
      guard: {
        title: 'The request guard of {{provider}} refuses what its own page has not signed.',
        action: 'Use an official API key.',
      },
      waf: {
        title: 'A firewall in front of {{provider}} sent its page instead of an answer.',
        action: 'Open the site once in a browser on this network, or use an official API key.',
      },
      'model-renamed': {
        title: '{{provider}} no longer knows the model {{model}}.',
        action: 'Choose another model; the list has been refreshed.',
        near: 'Use {{near}} instead.',
      },
      'model-refused': {
        title: 'This credential may not use the model {{model}}.',
        action: 'Use a token or key of a plan with this model.',
      },
      credential: {
        title: '{{provider}} does not accept the token or key.',
        action: 'Replace it below with a new one.',
      },
      plan: { title: 'The plan of this key has expired.', action: 'Renew the plan at {{provider}}.' },
      quota: {
        title: 'The allowance at {{provider}} is used up.',
        action: 'Wait for its reset, or top up the account.',
      },
      rate: { title: '{{provider}} asks to slow down.', action: 'Wait a little, or add another token.' },
      resting: { title: 'No token of {{provider}} can be used now.', action: 'Check the tokens below.' },
      region: {
        title: '{{provider}} does not serve this country or network.',
        action: 'Use an outbound proxy in a country that is served.',
      },
      base: { title: 'There is no such API at the base URL of {{provider}}.', action: 'Correct the base URL.' },
      network: {
        title: 'This computer cannot reach {{provider}}.',
        action: 'Check the network connection and the address of the provider.',
      },
      dns: {
        title: 'The address of {{provider}} could not be found.',
        action: 'Check the base URL and the name server of this network.',
      },
      tls: {
        title: 'The certificate of {{provider}} is not trusted.',
        action: 'Look for a proxy or virus scanner that inspects traffic, and exclude Traygate.',
      },
      proxy: { title: 'The outbound proxy does not answer.', action: 'Correct or remove the proxy in the settings.' },
      timeout: { title: '{{provider}} did not answer in time.', action: 'Check again later.' },
      outage: { title: '{{provider}} reports a fault of its own.', action: 'Check again later.' },
      cut: { title: '{{provider}} broke off its answer.', action: 'Check again later.' },
      format: {
        title: '{{provider}} answers in a form that Traygate does not know.',
        action: 'Update Traygate.',
      },
      request: {
        title: '{{provider}} refused even the smallest request.',
        action: 'Read its words below; if they do not help, report them.',
      },
      traygate: { title: 'Traygate itself failed.', action: 'Report it with the row in Logs.' },
    },
  },
} as const;
