import type { Product } from './product.ts';

export interface Reply {
  readonly status: number;
  readonly text: string;
}

/** A client that knows nothing but what its user has pasted into it: a base URL and a key. */
export async function ask(openAiUrl: string, key: string, prompt: string, model = 'GLM-4.5'): Promise<Reply> {
  const response = await fetch(`${openAiUrl}/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model, messages: [{ role: 'user', content: prompt }] }),
  });
  return { status: response.status, text: await response.text() };
}

/** The same, where how the user gets at URL and key does not matter. */
export async function askProduct(product: Product, prompt: string, model?: string): Promise<Reply> {
  return ask(`${product.baseUrl}/v1`, await product.clientKey(), prompt, model);
}
