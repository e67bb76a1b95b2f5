import { isBlank } from '../../shared/blank.ts';
import { present } from '../../shared/present.ts';
import type { CallName } from '../call-names.ts';
import { inputOf } from '../custom-tool.ts';
import { type Frames, type ItemStatus, OutputItem } from './item.ts';

export interface CallHead {
  readonly id: string;
  readonly index: number;
  /** What the client's output will name. */
  readonly callId: string;
  readonly name: CallName;
}

/** A call of a function, its arguments streamed as they come. */
export class FunctionCallItem extends OutputItem {
  readonly #head: CallHead;
  readonly #deltaHead = JSON.stringify({ item_id: this.id, output_index: this.index });

  constructor(head: CallHead) {
    super(head.id, head.index);
    this.#head = head;
  }

  open(frames: Frames): void {
    this.added(frames, this.#item('in_progress', ''));
    this.flush(frames);
  }

  flush(frames: Frames): void {
    const text = this.unsent();
    if (text) frames.delta('response.function_call_arguments.delta', this.#deltaHead, text, '');
  }

  close(frames: Frames): object {
    // A call without arguments has empty ones; one that was cut off has none, so that nobody runs it.
    if (this.status === 'completed' && isBlank(this.whole())) this.add('{}');
    this.flush(frames);
    const { name } = this.#head.name;
    const args = this.whole();
    frames.send('response.function_call_arguments.done', {
      item_id: this.id,
      output_index: this.index,
      name,
      arguments: args,
    });
    return this.done(frames, this.#item(this.status, args));
  }

  #item(status: ItemStatus, args: string): object {
    const { callId, name } = this.#head;
    return present({
      id: this.id,
      type: 'function_call',
      status,
      call_id: callId,
      name: name.name,
      namespace: name.namespace,
      arguments: args,
    });
  }
}

/** A call of a free-form tool. Its input is known once the arguments around it are complete, and is sent as one piece. */
export class CustomCallItem extends OutputItem {
  readonly #head: CallHead;

  constructor(head: CallHead) {
    super(head.id, head.index);
    this.#head = head;
  }

  open(frames: Frames): void {
    this.added(frames, this.#item('in_progress', ''));
  }

  flush(): void {
    // Nothing before the end.
  }

  close(frames: Frames): object {
    const place = { item_id: this.id, output_index: this.index };
    const input = inputOf(this.whole());
    if (input) frames.delta('response.custom_tool_call_input.delta', JSON.stringify(place), input, '');
    frames.send('response.custom_tool_call_input.done', { ...place, input });
    return this.done(frames, this.#item(this.status, input));
  }

  #item(status: ItemStatus, input: string): object {
    const { callId, name } = this.#head;
    return present({
      id: this.id,
      type: 'custom_tool_call',
      status,
      call_id: callId,
      name: name.name,
      namespace: name.namespace,
      input,
    });
  }
}

export function callItem(head: CallHead): OutputItem {
  return head.name.custom ? new CustomCallItem(head) : new FunctionCallItem(head);
}
