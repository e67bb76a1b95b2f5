import type { OutgoingHttpHeaders } from 'node:http';
import type { Bodies, BodyMode, Captured } from '../../../../shared/capture.ts';
import type { Exchange } from '../../../../shared/exchange.ts';
import type { BodyStore } from './body-store.ts';
import { Capture, type CapturedRequest } from './capture.ts';
import { condense } from './condense.ts';

export interface CapturesOptions {
  readonly mode: () => BodyMode;
  /** Of one request and of one answer. */
  readonly kilobytes: () => number;
  /** Of all in memory together. */
  readonly megabytes: () => number;
  /** Further names and paths of secrets. */
  readonly redact: () => readonly string[];
  readonly store: BodyStore;
  /** A body could not be written; told once until writing works again. */
  readonly unsaved: (error: unknown) => void;
}

interface Held {
  readonly id: string;
  readonly capture: Capture;
  done: boolean;
  toDisk: boolean;
  condensed: Captured | null;
  weight: number;
}

interface Resting {
  readonly held: Held;
  readonly since: number;
}

const kept = 50;
/** Bodies held at once where they go to the disk: what waits to be written, and what is being answered. */
const keptForDisk = 500;
/** After its end an answer rests so long; where many come, most are gone by then and cost nothing more. */
const restMs = 1_000;
const tickMs = 250;
const perTick = 10;

/**
 * What was asked and answered, as far as the settings want it kept. The path of an answer only stores references here; what is
 * made of them waits until the answer is over, and is made a few at a time. Nothing leaves here with a secret in it.
 */
export class Captures {
  readonly #options: CapturesOptions;
  /** In the order in which they came. */
  readonly #held = new Map<string, Held>();
  #resting: Resting[] = [];
  #weight = 0;
  #timer: NodeJS.Timeout | null = null;
  #saving = true;

  constructor(options: CapturesOptions) {
    this.#options = options;
  }

  /** Null where nothing is to be kept. */
  begin(id: string, request: CapturedRequest): Capture | null {
    const mode = this.#options.mode();
    if (mode === 'off') return null;
    const room = this.#options.kilobytes() * 1_000;
    const held: Held = {
      id,
      done: false,
      toDisk: false,
      condensed: null,
      weight: 0,
      capture: new Capture(request, room, (by) => this.#grow(held, by)),
    };
    this.#held.set(id, held);
    const most = mode === 'memory' ? kept : keptForDisk;
    this.#makeRoom(() => this.#held.size > most);
    this.#grow(held, held.capture.weight);
    return held.capture;
  }

  /** The answer has come to its end. */
  finished(record: Exchange, headers: OutgoingHttpHeaders): void {
    const held = this.#held.get(record.id);
    if (!held) return;
    const mode = this.#options.mode();
    held.done = true;
    held.toDisk = mode === 'all' || (mode === 'errors' && record.outcome === 'failed');
    held.capture.responseHeaders = headers;
    this.#resting.push({ held, since: performance.now() });
    this.#timer ??= setTimeout(() => this.#tick(), tickMs).unref();
  }

  /** What is known of one exchange, and what is kept at all. */
  bodies(id: string): Bodies {
    const held = this.#held.get(id);
    const captured = held ? (held.condensed ?? this.#condense(held)) : this.#options.store.get(id);
    return { mode: this.#options.mode(), captured };
  }

  clear(): void {
    for (const held of this.#held.values()) if (held.done) this.#drop(held);
    this.#options.store.clear();
  }

  /** Writes what is still to be written. */
  close(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    for (const { held } of this.#resting.splice(0)) if (held.toDisk && !held.capture.dropped) this.#settle(held);
  }

  #tick(): void {
    this.#timer = null;
    const ripe = performance.now() - restMs;
    let settled = 0;
    const rest: Resting[] = [];
    for (const resting of this.#resting) {
      if (resting.held.capture.dropped) continue;
      if (resting.since > ripe || settled >= perTick) {
        rest.push(resting);
        continue;
      }
      settled += 1;
      this.#settle(resting.held);
    }
    this.#resting = rest;
    if (rest.length > 0) this.#timer = setTimeout(() => this.#tick(), tickMs).unref();
  }

  /** Takes the place of what was held by reference, and goes to the disk where that is wanted. */
  #settle(held: Held): void {
    const condensed = held.condensed ?? this.#condense(held);
    const { request, response, events } = condensed;
    const characters = request.body.length + response.text.length + response.reasoning.length;
    held.condensed = condensed;
    held.capture.drop();
    this.#weigh(held, characters + events.reduce((sum, { text }) => sum + text.length + 80, 1_000));
    if (!held.toDisk) return;
    held.toDisk = false;
    try {
      this.#options.store.save(held.id, condensed);
      this.#saving = true;
      this.#drop(held);
    } catch (error) {
      if (this.#saving) this.#options.unsaved(error);
      this.#saving = false;
    }
  }

  #condense({ capture }: Held): Captured {
    return condense(capture, this.#options.kilobytes() * 1_000, this.#options.redact());
  }

  #grow(held: Held, by: number): void {
    this.#weigh(held, held.weight + by);
    this.#makeRoom(() => this.#weight > this.#options.megabytes() * 1_000_000);
  }

  #weigh(held: Held, weight: number): void {
    if (!this.#held.has(held.id)) return;
    this.#weight += weight - held.weight;
    held.weight = weight;
  }

  /** Lets the oldest go: what is over, then what waits for the disk, then what is being answered. */
  #makeRoom(tooMuch: () => boolean): void {
    if (!tooMuch()) return;
    const stages: ((held: Held) => boolean)[] = [({ done, toDisk }) => done && !toDisk, ({ done }) => done, () => true];
    for (const goes of stages) {
      for (const held of this.#held.values()) {
        if (!tooMuch()) return;
        if (goes(held)) this.#drop(held);
      }
    }
  }

  #drop(held: Held): void {
    this.#weigh(held, 0);
    this.#held.delete(held.id);
    held.capture.drop();
  }
}
