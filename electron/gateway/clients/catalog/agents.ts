import path from 'node:path';
import type { Edit } from '../edit/change.ts';
import { read } from '../edit/path.ts';
import { type Fill, openAiUrl } from '../fill.ts';
import type { Client } from './client.ts';
import { pointersBelow } from './pointers.ts';

const codexProvider = (fill: Fill) => ({
  name: 'Traygate',
  base_url: openAiUrl(fill),
  wire_api: 'responses',
  // A failing request would be sent up to 30 times; Traygate has already tried the other tokens.
  request_max_retries: 0,
  stream_max_retries: 0,
});

export const codex: Client = {
  id: 'codex',
  called: ['Codex'],
  agent: 'codex_cli_rs/0.169.0',
  programs: ['codex'],
  signs: ({ home, environment }) => [environment['CODEX_HOME']?.trim() || path.join(home, '.codex')],
  file: {
    format: 'toml',
    at: ({ home, environment }) => [
      path.join(environment['CODEX_HOME']?.trim() || path.join(home, '.codex'), 'config.toml'),
    ],
    edits: (fill) => [
      { path: ['model'], value: fill.model },
      { path: ['model_provider'], value: 'traygate' },
      ...Object.entries(codexProvider(fill)).map(([name, value]) => ({
        path: ['model_providers', 'traygate', name],
        value,
      })),
      { path: ['model_providers', 'traygate', 'experimental_bearer_token'], value: fill.key, secret: true },
    ],
    pointers: pointersBelow(['model_providers'], 'name', ['base_url'], ['experimental_bearer_token']),
  },
  launch: (fill) => ({
    variables: { TRAYGATE_KEY: fill.key },
    words: [
      'codex',
      ...Object.entries({
        model: fill.model,
        model_provider: 'traygate',
        ...Object.fromEntries(
          Object.entries({ ...codexProvider(fill), env_key: 'TRAYGATE_KEY' }).map(([name, value]) => [
            `model_providers.traygate.${name}`,
            value,
          ]),
        ),
      }).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
  }),
};

const openCodeProvider = (fill: Fill) => ({
  npm: '@ai-sdk/openai-compatible',
  name: 'Traygate',
  options: { baseURL: openAiUrl(fill), apiKey: fill.key },
  models: Object.fromEntries([fill.model, fill.small].map((model) => [model, { name: model }])),
});

export const openCode: Client = {
  id: 'opencode',
  called: ['OpenCode'],
  agent: 'opencode/1.18.33 ai-sdk/provider-utils',
  programs: ['opencode'],
  signs: ({ home }) => [path.join(home, '.config', 'opencode')],
  file: {
    format: 'json',
    at: ({ config }) => [
      path.join(config, 'opencode', 'opencode.json'),
      path.join(config, 'opencode', 'opencode.jsonc'),
    ],
    edits(fill) {
      const at = (...rest: string[]) => ['provider', 'traygate', ...rest];
      return [
        { path: ['model'], value: `traygate/${fill.model}` },
        { path: ['small_model'], value: `traygate/${fill.small}` },
        { path: at('npm'), value: '@ai-sdk/openai-compatible' },
        { path: at('name'), value: 'Traygate' },
        { path: at('options', 'baseURL'), value: openAiUrl(fill) },
        { path: at('options', 'apiKey'), value: fill.key, secret: true },
        ...[...new Set([fill.model, fill.small])].map((model) => ({ path: at('models', model, 'name'), value: model })),
      ];
    },
    pointers: pointersBelow(['provider'], 'name', ['options', 'baseURL'], ['options', 'apiKey']),
  },
  launch: (fill) => ({
    variables: {
      OPENCODE_CONFIG_CONTENT: JSON.stringify({
        model: `traygate/${fill.model}`,
        small_model: `traygate/${fill.small}`,
        provider: { traygate: openCodeProvider(fill) },
      }),
    },
    words: ['opencode'],
  }),
};

export const aider: Client = {
  id: 'aider',
  called: ['aider'],
  programs: ['aider'],
  signs: ({ home }) => [path.join(home, '.aider')],
  file: {
    format: 'yaml',
    at: ({ home }) => [path.join(home, '.aider.conf.yml')],
    edits: (fill) => [
      { path: ['openai-api-base'], value: openAiUrl(fill) },
      { path: ['openai-api-key'], value: fill.key, secret: true },
      { path: ['model'], value: `openai/${fill.model}` },
    ],
    pointers: (document) =>
      typeof read(document, ['openai-api-base']) === 'string'
        ? [{ url: ['openai-api-base'], key: ['openai-api-key'] }]
        : [],
  },
  launch: (fill) => ({
    variables: { OPENAI_API_BASE: openAiUrl(fill), OPENAI_API_KEY: fill.key },
    words: ['aider', '--model', `openai/${fill.model}`],
  }),
};

const continueModel = ['models', { by: 'name', is: 'Traygate' }] as const;

export const continueDev: Client = {
  id: 'continue',
  called: ['Continue'],
  signs: ({ home }) => [path.join(home, '.continue')],
  file: {
    format: 'yaml',
    at: ({ home }) => [path.join(home, '.continue', 'config.yaml'), path.join(home, '.continue', 'config.yml')],
    edits: (fill): Edit[] => [
      { path: ['name'], value: 'Traygate', missing: true },
      { path: ['version'], value: '1.0.0', missing: true },
      { path: ['schema'], value: 'v1', missing: true },
      { path: [...continueModel, 'provider'], value: 'openai' },
      { path: [...continueModel, 'model'], value: fill.model },
      { path: [...continueModel, 'apiBase'], value: openAiUrl(fill) },
      { path: [...continueModel, 'apiKey'], value: fill.key, secret: true },
    ],
    pointers: pointersBelow(['models'], 'name', ['apiBase'], ['apiKey']),
  },
};

export const zed: Client = {
  id: 'zed',
  called: ['Zed'],
  agent: 'Zed/1.0',
  programs: ['zed', 'zeditor'],
  signs: ({ config, applications, platform }) => [path.join(platform === 'win32' ? applications : config, 'zed')],
  file: {
    format: 'json',
    at: ({ config, applications, platform }) => [
      platform === 'win32'
        ? path.join(applications, 'Zed', 'settings.json')
        : path.join(config, 'zed', 'settings.json'),
    ],
    // The key is not kept in this file: Zed asks for it, or reads TRAYGATE_API_KEY.
    edits(fill) {
      const own = ['language_models', 'openai_compatible', 'Traygate'];
      const model = [...own, 'available_models', { by: 'name', is: fill.model }];
      return [
        { path: [...own, 'api_url'], value: openAiUrl(fill) },
        { path: [...model, 'display_name'], value: fill.model },
        { path: [...model, 'max_tokens'], value: 200_000 },
        { path: [...model, 'capabilities', 'tools'], value: true },
        { path: [...model, 'capabilities', 'images'], value: false },
        { path: [...model, 'capabilities', 'parallel_tool_calls'], value: true },
        { path: [...model, 'capabilities', 'prompt_cache_key'], value: false },
      ];
    },
    pointers: (document) =>
      pointersBelow(
        ['language_models', 'openai_compatible'],
        'name',
        ['api_url'],
        ['api_key'],
      )(document).map(({ url }) => ({ url, key: null })),
  },
  launch: (fill) => ({ variables: { TRAYGATE_API_KEY: fill.key }, words: ['zed'] }),
};
