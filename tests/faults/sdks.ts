/** The official SDKs as a user has them, without their own repeats. */
import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import type { Case, Service } from './fault.ts';

const messages = [{ role: 'user', content: 'hi' }] as const;

/** The text an OpenAI client has received when its stream ended, and whether it threw. */
export async function heardByOpenAi({ product }: Case, { model }: Service): Promise<{ text: string; threw: boolean }> {
  const client = new OpenAI({ baseURL: `${product.url}/v1`, apiKey: product.key, maxRetries: 0 });
  let text = '';
  try {
    const stream = await client.chat.completions.create({ model, stream: true, messages: [...messages] });
    for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? '';
    return { text, threw: false };
  } catch {
    return { text, threw: true };
  }
}

/** As `heardByOpenAi`, of an Anthropic client. */
export async function heardByAnthropic(
  { product }: Case,
  { model }: Service,
): Promise<{ text: string; threw: boolean }> {
  const client = new Anthropic({ baseURL: product.url, apiKey: product.key, maxRetries: 0 });
  let text = '';
  try {
    const stream = await client.messages.create({ model, max_tokens: 100, stream: true, messages: [...messages] });
    for await (const event of stream)
      if (event.type === 'content_block_delta' && event.delta.type === 'text_delta') text += event.delta.text;
    return { text, threw: false };
  } catch {
    return { text, threw: true };
  }
}
