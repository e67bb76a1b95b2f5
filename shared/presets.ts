import type { AddableKind } from './provider.ts';

/** A known service: fills in what a user would have to look up. Addresses are those of the services' own documentation. */
export interface Preset {
  readonly id: string;
  readonly kind: AddableKind;
  readonly name: string;
  readonly baseUrl: string;
  readonly keyless: boolean;
}

const openai = (id: string, name: string, baseUrl: string): Preset => ({
  id,
  kind: 'openai-compatible',
  name,
  baseUrl,
  keyless: false,
});
const anthropic = (id: string, name: string, baseUrl: string): Preset => ({
  ...openai(id, name, baseUrl),
  kind: 'anthropic-compatible',
});
const onThisComputer = (id: string, name: string, baseUrl: string): Preset => ({
  ...openai(id, name, baseUrl),
  keyless: true,
});

/** In the order they are offered. */
export const presets: readonly Preset[] = [
  openai('openrouter', 'OpenRouter', 'https://openrouter.ai/api/v1'),
  openai('openai', 'OpenAI', 'https://api.openai.com/v1'),
  anthropic('anthropic', 'Anthropic', 'https://api.anthropic.com'),
  openai('deepseek', 'DeepSeek', 'https://api.deepseek.com/v1'),
  anthropic('deepseek-anthropic', 'DeepSeek (Anthropic)', 'https://api.deepseek.com/anthropic'),
  openai('moonshot', 'Moonshot', 'https://api.moonshot.ai/v1'),
  anthropic('moonshot-anthropic', 'Moonshot (Anthropic)', 'https://api.moonshot.ai/anthropic'),
  openai('groq', 'Groq', 'https://api.groq.com/openai/v1'),
  openai('siliconflow', 'SiliconFlow', 'https://api.siliconflow.cn/v1'),
  anthropic('zai-anthropic', 'Z.AI (Anthropic)', 'https://api.z.ai/api/anthropic'),
  openai('bigmodel', 'BigModel', 'https://open.bigmodel.cn/api/paas/v4'),
  anthropic('bigmodel-anthropic', 'BigModel (Anthropic)', 'https://open.bigmodel.cn/api/anthropic'),
  anthropic('longcat-anthropic', 'LongCat (Anthropic)', 'https://api.longcat.chat/anthropic'),
  onThisComputer('ollama', 'Ollama', 'http://127.0.0.1:11434/v1'),
  onThisComputer('lm-studio', 'LM Studio', 'http://127.0.0.1:1234/v1'),
  onThisComputer('vllm', 'vLLM', 'http://127.0.0.1:8000/v1'),
];
