export const providers = {
  providers: {
    list: 'Providers',
    about: {
      'zai-api':
        'GLM models with an API key of z.ai or bigmodel.cn: the official way, stable and with terms of its own.',
      k2think:
        'The reasoning model of K2 Think through its web chat, as a guest or with your account. Unofficial; the site’s terms apply.',
      'k2think-api': 'The reasoning model of K2 Think with an official API key.',
      longcat:
        'LongCat models of longcat.chat with the token of your account. Web access is unofficial; LongCat’s terms apply.',
      'longcat-api': 'LongCat models with an official API key.',
      zai: 'GLM models of chat.z.ai, with your own tokens or as a guest. Web access is unofficial; Z.AI’s terms apply.',
      local:
        'Built-in models that answer on this computer without any network, to prove that a client is set up correctly.',
    },
    aboutAdded: 'A service you added by its address.',
    enable: 'Use {{provider}}',
    modelCount_one: '{{count}} model',
    modelCount_other: '{{count}} models',
    nextIn: 'next in {{time}}',
    usableOf_one: '{{usable}} of {{count}} token ready',
    usableOf_other: '{{usable}} of {{count}} tokens ready',
    states: {
      ok: 'Healthy',
      guest: 'Guest only',
      cooling: 'Cooling',
      'needs-token': 'Needs token',
      off: 'Off',
    },
    tabs: { tokens: 'Tokens', models: 'Models' },
    local: {
      title: 'These models need no token.',
      text: 'They echo, count or fail on purpose. Choose local/echo in a client: if it answers, the address and the key are right, and anything else that fails is up to the provider.',
    },
  },
  models: {
    capabilities: { thinking: 'Thinking', tools: 'Tools', vision: 'Images', search: 'Search' },
    columns: { name: 'Model', upstream: 'Name at the provider', capabilities: 'Can do', context: 'Context' },
    copied: '{{model}} copied.',
    copy: 'Copy model name {{model}}',
    noMatch: 'No model matches.',
    none: 'The list of models is not known yet.',
    refresh: 'Refresh list',
    refreshed: 'The list of models is up to date.',
    refreshing: 'Refreshing…',
    search: 'Search models',
    test: 'test',
  },
} as const;
