import { type Fill, openAiUrl } from '../fill.ts';
import type { Client } from './client.ts';

const lines = (...all: readonly string[]): string => all.join('\n');
const text = (value: string): string => JSON.stringify(value);

export const openAiSdk: Client = {
  id: 'openai-sdk',
  called: ['OpenAI SDK'],
  agent: 'OpenAI/JS 7.55.0',
  snippets: [
    {
      id: 'python',
      title: 'Python',
      text: (fill) =>
        lines(
          'from openai import OpenAI',
          '',
          `client = OpenAI(base_url=${text(openAiUrl(fill))}, api_key=${text(fill.key)})`,
          'answer = client.chat.completions.create(',
          `    model=${text(fill.model)},`,
          '    messages=[{"role": "user", "content": "Hello"}],',
          ')',
          'print(answer.choices[0].message.content)',
        ),
    },
    {
      id: 'node',
      title: 'Node.js',
      text: (fill) =>
        lines(
          "import OpenAI from 'openai';",
          '',
          `const client = new OpenAI({ baseURL: ${text(openAiUrl(fill))}, apiKey: ${text(fill.key)} });`,
          'const answer = await client.chat.completions.create({',
          `  model: ${text(fill.model)},`,
          "  messages: [{ role: 'user', content: 'Hello' }],",
          '});',
          'console.log(answer.choices[0].message.content);',
        ),
    },
  ],
};

export const anthropicSdk: Client = {
  id: 'anthropic-sdk',
  called: ['Anthropic SDK'],
  agent: 'Anthropic/JS 1.12.0',
  snippets: [
    {
      id: 'python',
      title: 'Python',
      text: (fill) =>
        lines(
          'from anthropic import Anthropic',
          '',
          `client = Anthropic(base_url=${text(fill.root)}, api_key=${text(fill.key)}, auth_token=None)`,
          'answer = client.messages.create(',
          `    model=${text(fill.model)},`,
          '    max_tokens=1024,',
          '    messages=[{"role": "user", "content": "Hello"}],',
          ')',
          'print(answer.content[-1].text)',
        ),
    },
    {
      id: 'node',
      title: 'Node.js',
      text: (fill) =>
        lines(
          "import Anthropic from '@anthropic-ai/sdk';",
          '',
          `const client = new Anthropic({ baseURL: ${text(fill.root)}, apiKey: ${text(fill.key)}, authToken: null });`,
          'const answer = await client.messages.create({',
          `  model: ${text(fill.model)},`,
          '  max_tokens: 1024,',
          "  messages: [{ role: 'user', content: 'Hello' }],",
          '});',
          'console.log(answer.content);',
        ),
    },
  ],
};

const body = (fill: Fill, more: object = {}): string =>
  JSON.stringify({ model: fill.model, ...more, messages: [{ role: 'user', content: 'Hello' }] });

const curlLines = (url: string, headers: readonly string[], data: string, flags = ''): string =>
  [`curl${flags} ${url}`, ...headers.map((header) => `-H '${header}'`), `-d '${data}'`].join(' \\\n  ');

export const curl: Client = {
  id: 'curl',
  called: ['curl'],
  agent: 'curl/8.5.0',
  snippets: [
    {
      id: 'openai',
      title: 'OpenAI',
      text: (fill) =>
        curlLines(
          `${openAiUrl(fill)}/chat/completions`,
          [`Authorization: Bearer ${fill.key}`, 'Content-Type: application/json'],
          body(fill),
        ),
    },
    {
      id: 'openai-stream',
      title: 'OpenAI, stream',
      text: (fill) =>
        curlLines(
          `${openAiUrl(fill)}/chat/completions`,
          [`Authorization: Bearer ${fill.key}`, 'Content-Type: application/json'],
          body(fill, { stream: true }),
          ' -N',
        ),
    },
    {
      id: 'anthropic',
      title: 'Anthropic',
      text: (fill) =>
        curlLines(
          `${fill.root}/v1/messages`,
          [`x-api-key: ${fill.key}`, 'anthropic-version: 2023-06-01', 'Content-Type: application/json'],
          body(fill, { max_tokens: 1024 }),
        ),
    },
  ],
};

const environment = (pairs: readonly (readonly [string, string])[]): string =>
  pairs.map(([name, value]) => `${name}=${value}`).join('\n');

export const otherOpenAi: Client = {
  id: 'other-openai',
  called: [],
  snippets: [
    {
      id: 'env',
      title: '.env',
      text: (fill) =>
        environment([
          ['OPENAI_BASE_URL', openAiUrl(fill)],
          ['OPENAI_API_BASE', openAiUrl(fill)],
          ['OPENAI_API_KEY', fill.key],
        ]),
    },
  ],
};

export const otherAnthropic: Client = {
  id: 'other-anthropic',
  called: [],
  snippets: [
    {
      id: 'env',
      title: '.env',
      text: (fill) =>
        environment([
          ['ANTHROPIC_BASE_URL', fill.root],
          ['ANTHROPIC_AUTH_TOKEN', fill.key],
        ]),
    },
  ],
};

/** Speaks a format that Traygate does not. Listed, so that nobody has to find out by trying. */
export const gemini: Client = { id: 'gemini', called: ['Gemini CLI'] };
