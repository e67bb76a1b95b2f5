import { getHeapStatistics } from 'node:v8';
import { ChatError } from '../chat/errors.ts';

/** What a body without a length is taken for until it is there. */
const unknown = 64 * 1024;
/** A body becomes text, then an object, then the text of the request to the provider: several times its size. */
const times = 6;

/** A response: how it says that it is over. */
interface Closing {
  readonly destroyed: boolean;
  once(event: 'close', listener: () => void): unknown;
}

/** One body that is held. */
export interface Held {
  /** Its size is known now. Throws ChatError `queue_full`. */
  resize(bytes: number): void;
}

/**
 * Bounds the bodies that are held at once by what the memory of this process can bear: beyond it a request is refused, where
 * it would end the process and with it the answers of all. One body is always taken, whatever its size.
 */
export class Admission {
  readonly #most: number;
  #held = 0;

  constructor(most = getHeapStatistics().heap_size_limit / times) {
    this.#most = most;
  }

  /** Until the response is closed, because the request is held as long as it is answered. Throws ChatError `queue_full`. */
  enter(response: Closing, bytes: number | null): Held {
    let mine = 0;
    const resize = (size: number) => {
      const others = this.#held - mine;
      if (others > 0 && others + size > this.#most) {
        const message = 'Requests that are too large altogether are being answered; this one was refused.';
        throw new ChatError('queue_full', message, { retryAfterMs: 2_000 });
      }
      this.#held = others + size;
      mine = size;
    };
    resize(bytes ?? unknown);
    const leave = () => {
      this.#held -= mine;
      mine = 0;
    };
    if (response.destroyed) leave();
    else response.once('close', leave);
    return { resize };
  }
}
