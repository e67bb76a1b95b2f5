import type { ChatEvent } from '../../../chat/events.ts';
import type { ToolCalls } from './tool-calls.ts';

/** Blocks below this size are looked into after each edit, larger ones when a quarter of them has come anew. */
const small = 4096;

/** Tool blocks found in the text, which edits may still rewrite, until each is complete and passed on. */
export class ToolBlocks {
  readonly #blocks: string[] = [];
  #surfaced = 0;
  #lookedAt = 0;

  add(blocks: readonly string[]): void {
    for (const block of blocks) this.#blocks.push(block);
  }

  /** An edit has taken back every block from `kept` on. */
  cut(kept: number): void {
    this.#blocks.length = Math.min(this.#blocks.length, kept);
  }

  /** Passes on the calls that are complete. `received`: characters so far, the measure of how often a look is worth it. */
  surface(calls: ToolCalls, received: number, final: boolean, events: ChatEvent[]): void {
    for (;;) {
      const text = this.#blocks[this.#surfaced];
      if (text === undefined) return;
      if (!final && text.length > small && received - this.#lookedAt < text.length / 4) return;
      this.#lookedAt = received;
      if (!calls.block(text, final, events)) return;
      this.#surfaced += 1;
    }
  }
}
