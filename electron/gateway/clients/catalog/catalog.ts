import type { ClientId } from '../../../../shared/clients.ts';
import { aider, codex, continueDev, openCode, zed } from './agents.ts';
import { chatbox, cherryStudio, cline, lobeChat, nextChat, openWebUi } from './chat-programs.ts';
import { claudeCode } from './claude-code.ts';
import type { Client } from './client.ts';
import { anthropicSdk, curl, gemini, openAiSdk, otherAnthropic, otherOpenAi } from './code.ts';
import { ccSwitch, claudeCodeRouter, claudeCodeRouter3 } from './routers.ts';

/** Every client, in the order of the page. Adding one is an object here and a line in `shared/clients.ts`. */
export const catalog: readonly Client[] = [
  claudeCode,
  codex,
  openCode,
  cherryStudio,
  cline,
  continueDev,
  zed,
  aider,
  claudeCodeRouter,
  claudeCodeRouter3,
  ccSwitch,
  chatbox,
  openWebUi,
  lobeChat,
  nextChat,
  openAiSdk,
  anthropicSdk,
  curl,
  otherOpenAi,
  otherAnthropic,
  gemini,
];

export const clientOf = (id: ClientId): Client | undefined => catalog.find((client) => client.id === id);

/** Whose name in Logs this is. */
export const clientCalled = (name: string): Client | undefined => catalog.find(({ called }) => called.includes(name));
