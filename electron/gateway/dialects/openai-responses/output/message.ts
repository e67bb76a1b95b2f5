import type { ChatEvent } from '../../../chat/events.ts';
import { type Frames, type ItemStatus, OutputItem } from './item.ts';

export type Citation = Extract<ChatEvent, { type: 'citation' }>;

/** Providers name a source, not a passage, so both indexes say where in the text the source came up. */
function annotation({ url, title }: Citation, place: number): object {
  return { type: 'url_citation', start_index: place, end_index: place, url, title: title || url };
}

/** Text of the model, in one `output_text` part. */
export class MessageItem extends OutputItem {
  readonly #annotations: object[] = [];
  readonly #deltaHead = JSON.stringify(this.#place());
  #cited = 0;

  cite(citation: Citation): void {
    this.#annotations.push(annotation(citation, this.length));
  }

  open(frames: Frames): void {
    this.added(frames, this.#item('in_progress', []));
    frames.send('response.content_part.added', { ...this.#place(), part: part('', []) });
    this.flush(frames);
  }

  flush(frames: Frames): void {
    const text = this.unsent();
    if (text) frames.delta('response.output_text.delta', this.#deltaHead, text, '"logprobs":[]');
    for (; this.#cited < this.#annotations.length; this.#cited += 1)
      frames.send('response.output_text.annotation.added', {
        ...this.#place(),
        annotation_index: this.#cited,
        annotation: this.#annotations[this.#cited],
      });
  }

  close(frames: Frames): object {
    this.flush(frames);
    const text = this.whole();
    const whole = part(text, this.#annotations);
    frames.send('response.output_text.done', { ...this.#place(), text, logprobs: [] });
    frames.send('response.content_part.done', { ...this.#place(), part: whole });
    return this.done(frames, this.#item(this.status, [whole]));
  }

  #place(): object {
    return { item_id: this.id, output_index: this.index, content_index: 0 };
  }

  #item(status: ItemStatus, content: readonly object[]): object {
    return { id: this.id, type: 'message', status, role: 'assistant', content };
  }
}

function part(text: string, annotations: readonly object[]): object {
  return { type: 'output_text', text, annotations, logprobs: [] };
}
