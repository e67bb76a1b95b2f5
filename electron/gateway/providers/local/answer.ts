import type { ChatEvent } from '../../chat/events.ts';
import type { ProviderCall } from '../provider.ts';
import { turn } from './pace.ts';
import { Tally } from './tally.ts';

/** One batch per chunk that would have come over a network, without usage and finish. */
export type Batches = AsyncGenerator<readonly ChatEvent[], void, undefined>;
export type Answer = (call: ProviderCall) => Batches;

/** The answer with its usage and its end. */
export async function* complete(batches: Batches, call: ProviderCall): Batches {
  const tally = new Tally(call.request);
  for await (const batch of batches) {
    tally.add(batch);
    yield batch;
  }
  yield tally.end();
}

/**
 * Pieces of about `size` characters that end after a blank where there is one near, and never inside a surrogate pair.
 * Joined again they are the same text. Looks at every character once, whatever the text is made of.
 */
export function* pieces(text: string, size: number): Generator<string, void, undefined> {
  // How far ahead of a piece its blank may be: a word or two.
  const reach = Math.max(size, 32);
  for (let at = 0; at < text.length;) {
    const from = at + size;
    const blank = text.slice(from - 1, from + reach).search(/\s/);
    let end = blank >= 0 ? from + blank : from + reach < text.length ? from : text.length;
    if (/[\uD800-\uDBFF]/.test(text.charAt(end - 1))) end += 1;
    yield text.slice(at, end);
    at = end;
  }
}

/** Text in batches of about `size` characters, each of which may leave on its own. */
export async function* speak(
  text: string,
  size: number,
  signal: AbortSignal,
  type: 'text' | 'reasoning' = 'text',
): Batches {
  for (const piece of pieces(text, size)) {
    yield [{ type, text: piece }];
    await turn(signal);
  }
}
