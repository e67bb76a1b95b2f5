import path from 'node:path';
import { read } from '../edit/path.ts';
import type { Fill } from '../fill.ts';
import type { Client } from './client.ts';

const variables = ({ root, key, model, small }: Fill) => ({
  ANTHROPIC_BASE_URL: root,
  ANTHROPIC_AUTH_TOKEN: key,
  ANTHROPIC_MODEL: model,
  ANTHROPIC_DEFAULT_OPUS_MODEL: model,
  ANTHROPIC_DEFAULT_SONNET_MODEL: model,
  ANTHROPIC_DEFAULT_HAIKU_MODEL: small,
  // An answer that breaks off would be asked for once more, whole.
  CLAUDE_CODE_DISABLE_NONSTREAMING_FALLBACK: '1',
});

const folder = (home: string, own: string | undefined): string => own?.trim() || path.join(home, '.claude');

export const claudeCode: Client = {
  id: 'claude-code',
  called: ['Claude Code'],
  agent: 'claude-cli/2.1.330 (external, cli)',
  programs: ['claude'],
  signs: ({ home, environment }) => [folder(home, environment['CLAUDE_CONFIG_DIR'])],
  file: {
    format: 'json',
    at: ({ home, environment }) => [path.join(folder(home, environment['CLAUDE_CONFIG_DIR']), 'settings.json')],
    edits: (fill) => [
      ...Object.entries(variables(fill)).map(([name, value]) => ({
        path: ['env', name],
        value,
        secret: name === 'ANTHROPIC_AUTH_TOKEN',
      })),
      // It would be sent beside the other one, and Traygate refuses two keys that differ.
      { path: ['env', 'ANTHROPIC_API_KEY'], value: null, secret: true },
    ],
    pointers(document) {
      const url = ['env', 'ANTHROPIC_BASE_URL'];
      const key = ['ANTHROPIC_AUTH_TOKEN', 'ANTHROPIC_API_KEY']
        .map((name) => ['env', name])
        .find((place) => read(document, place) !== undefined);
      return typeof read(document, url) === 'string' ? [{ url, key: key ?? null }] : [];
    },
  },
  launch: (fill) => ({ variables: { ...variables(fill), ANTHROPIC_API_KEY: '' }, words: ['claude'] }),
};
