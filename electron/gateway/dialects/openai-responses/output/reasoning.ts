import { seal } from '../sealed.ts';
import { type Frames, type ItemStatus, OutputItem } from './item.ts';

/**
 * Thinking as a reasoning item with one summary part. The format would also have `reasoning_text`, but Codex shows that only with
 * a hidden setting and the Vercel AI SDK not at all (codex 0.169.0, @ai-sdk/openai 4.0.118), while all of them show summaries.
 */
export class ReasoningItem extends OutputItem {
  readonly #deltaHead = JSON.stringify(this.#place());
  readonly #shown: boolean;
  #signature: string | undefined;
  #part = false;

  constructor(id: string, index: number, shown: boolean) {
    super(id, index);
    this.#shown = shown;
  }

  /** A signature belongs to the text before it, so nothing may be added to what has one. */
  get signed(): boolean {
    return this.#signature !== undefined;
  }

  sign(signature: string): void {
    this.#signature = signature;
  }

  open(frames: Frames): void {
    this.added(frames, this.#item('in_progress', [], null));
    this.flush(frames);
  }

  flush(frames: Frames): void {
    const text = this.#shown ? this.unsent() : '';
    if (text === '') return;
    if (!this.#part) frames.send('response.reasoning_summary_part.added', { ...this.#place(), part: part('') });
    this.#part = true;
    frames.delta('response.reasoning_summary_text.delta', this.#deltaHead, text, '');
  }

  close(frames: Frames): object {
    this.flush(frames);
    const text = this.whole();
    const summary = text === '' || !this.#shown ? [] : [part(text)];
    for (const whole of summary) {
      frames.send('response.reasoning_summary_text.done', { ...this.#place(), text });
      frames.send('response.reasoning_summary_part.done', { ...this.#place(), part: whole });
    }
    const signature = this.#signature;
    const sealed = seal(signature === undefined ? { text } : { text, signature });
    return this.done(frames, this.#item(this.status, summary, sealed));
  }

  #place(): object {
    return { item_id: this.id, output_index: this.index, summary_index: 0 };
  }

  #item(status: ItemStatus, summary: readonly object[], sealed: string | null): object {
    return { id: this.id, type: 'reasoning', status, summary, encrypted_content: sealed };
  }
}

function part(text: string): object {
  return { type: 'summary_text', text };
}
