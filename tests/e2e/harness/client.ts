import type { Product } from './product.ts';

export interface Reply {
  readonly status: number;
  readonly text: string;
}

export interface Wish {
  readonly model?: string;
  readonly stream?: boolean;
  /** The program that asks, by its user agent. */
  readonly agent?: string;
  readonly signal?: AbortSignal;
  /** Further fields of the body. */
  readonly fields?: Readonly<Record<string, unknown>>;
}

/** A client that knows nothing but what its user has pasted into it: a base URL and a key. */
export async function ask(openAiUrl: string, key: string, prompt: string, wish: Wish = {}): Promise<Reply> {
  const { model = 'GLM-4.5', stream = false, agent, signal, fields } = wish;
  const response = await fetch(`${openAiUrl}/chat/completions`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      ...(agent !== undefined && { 'user-agent': agent }),
    },
    body: JSON.stringify({ ...fields, model, stream, messages: [{ role: 'user', content: prompt }] }),
    ...(signal && { signal }),
  });
  return { status: response.status, text: await response.text() };
}

/** The same, where how the user gets at URL and key does not matter. */
export async function askProduct(product: Product, prompt: string, wish: Wish = {}): Promise<Reply> {
  return ask(`${product.baseUrl}/v1`, await product.clientKey(), prompt, wish);
}
