import path from 'node:path';
import { type Fill, openAiUrl } from '../fill.ts';
import type { Client } from './client.ts';

const base64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64');

/** Standard base64, percent-encoded: with the url-safe alphabet Cherry Studio reads something else. */
const cherry = (type: 'openai' | 'anthropic', { root, key }: Fill): string =>
  `cherrystudio://providers/api-keys?v=1&data=${encodeURIComponent(
    base64({ id: `traygate-${type}`, baseUrl: root, apiKey: key, name: 'Traygate', type }),
  )}`;

export const cherryStudio: Client = {
  id: 'cherry-studio',
  called: ['Cherry Studio'],
  agent: 'Mozilla/5.0 CherryStudio/1.6.0 Electron/38',
  signs: ({ applications }) => [path.join(applications, 'CherryStudio')],
  links: [
    { id: 'openai', title: 'OpenAI', url: (fill) => cherry('openai', fill) },
    { id: 'anthropic', title: 'Anthropic', url: (fill) => cherry('anthropic', fill) },
  ],
};

export const chatbox: Client = {
  id: 'chatbox',
  called: ['Chatbox', 'Chatbox AI'],
  signs: ({ applications }) => [path.join(applications, 'xyz.chatboxapp.app')],
  links: [
    {
      id: 'openai',
      title: 'Chatbox',
      url: (fill) =>
        `chatbox://provider/import?config=${encodeURIComponent(
          base64({
            id: 'traygate',
            name: 'Traygate',
            type: 'openai',
            settings: {
              apiHost: fill.root,
              apiPath: '/v1/chat/completions',
              apiKey: fill.key,
              models: [...new Set([fill.model, fill.small])].map((modelId) => ({ modelId, type: 'chat' })),
            },
          }),
        )}`,
    },
  ],
};

export const cline: Client = {
  id: 'cline',
  called: ['Cline', 'Roo Code'],
  agent: 'Cline/3.40.0',
  signs: ({ home }) => [path.join(home, '.cline')],
};

export const openWebUi: Client = {
  id: 'open-webui',
  called: ['Open WebUI'],
  snippets: [
    {
      id: 'docker',
      title: 'docker run',
      text: (fill) =>
        [
          'docker run -d -p 3000:8080 --add-host=host.docker.internal:host-gateway',
          `-e OPENAI_API_BASE_URL=${openAiUrl(fill)}`,
          `-e OPENAI_API_KEY=${fill.key}`,
          '-v open-webui:/app/backend/data --name open-webui ghcr.io/open-webui/open-webui:main',
        ].join(' \\\n  '),
    },
  ],
};

export const lobeChat: Client = { id: 'lobe-chat', called: ['LobeChat', 'LobeHub'] };
export const nextChat: Client = { id: 'next-chat', called: ['NextChat'] };
