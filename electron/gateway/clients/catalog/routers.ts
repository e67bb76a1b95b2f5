import path from 'node:path';
import { type Fill, openAiUrl } from '../fill.ts';
import type { Client, Link } from './client.ts';
import { pointersBelow } from './pointers.ts';

const provider = ['Providers', { by: 'name', is: 'traygate' }] as const;

/** Version 2: its file. Its default route is taken only where there is none, because others may hang on it. */
export const claudeCodeRouter: Client = {
  id: 'claude-code-router',
  called: ['Claude Code Router'],
  programs: ['ccr'],
  signs: ({ home }) => [path.join(home, '.claude-code-router')],
  file: {
    format: 'json',
    at: ({ home }) => [path.join(home, '.claude-code-router', 'config.json')],
    edits: (fill) => [
      { path: [...provider, 'api_base_url'], value: `${openAiUrl(fill)}/chat/completions` },
      { path: [...provider, 'api_key'], value: fill.key, secret: true },
      { path: [...provider, 'models'], value: [...new Set([fill.model, fill.small])] },
      { path: ['Router', 'default'], value: `traygate,${fill.model}` },
    ],
    pointers: pointersBelow(['Providers'], 'name', ['api_base_url'], ['api_key']),
  },
};

const ccr: Link = {
  id: 'provider',
  title: 'Claude Code Router 3',
  url: (fill) =>
    `ccr://provider?${new URLSearchParams({
      name: 'Traygate',
      base_url: openAiUrl(fill),
      protocol: 'openai_chat_completions',
      api_key: fill.key,
      models: [...new Set([fill.model, fill.small])].join(','),
    }).toString()}`,
};

export const claudeCodeRouter3: Client = {
  id: 'claude-code-router-3',
  called: ['Claude Code Router'],
  links: [ccr],
};

const imported = (app: 'claude' | 'codex' | 'opencode', fill: Fill): string =>
  `ccswitch://v1/import?${new URLSearchParams({
    resource: 'provider',
    app,
    name: 'Traygate',
    endpoint: app === 'claude' ? fill.root : openAiUrl(fill),
    apiKey: fill.key,
    model: fill.model,
    ...(app === 'claude' && { haikuModel: fill.small, sonnetModel: fill.model, opusModel: fill.model }),
  }).toString()}`;

export const ccSwitch: Client = {
  id: 'cc-switch',
  called: [],
  signs: ({ home }) => [path.join(home, '.cc-switch')],
  links: [
    { id: 'claude', title: 'Claude Code', url: (fill) => imported('claude', fill) },
    { id: 'codex', title: 'Codex', url: (fill) => imported('codex', fill) },
    { id: 'opencode', title: 'OpenCode', url: (fill) => imported('opencode', fill) },
  ],
};
