import type { Evidence } from '../../../shared/token.ts';

interface Outcome {
  readonly id: string;
  /** Null: it answered. */
  readonly code: string | null;
  readonly at: number;
}

/** Older outcomes say nothing about now. */
const horizonMs = 60_000;
const kept = 50;

/** The latest outcomes of one provider's credentials: whose fault a failure is shows in what the others did. */
export class Outcomes {
  #latest: Outcome[] = [];

  note(id: string, code: string | null, at: number): void {
    // One success after the other says nothing new, and successes are many.
    const last = this.#latest.at(-1);
    if (last?.id === id && last.code === code) this.#latest.pop();
    this.#latest.push({ id, code, at });
    if (this.#latest.length > kept) this.#latest.shift();
  }

  /** What speaks for or against the credential `id`, which has just failed with `code`. */
  weigh(id: string, code: string, now: number): Evidence | null {
    const recent = this.#latest.filter(({ at }) => at <= now && now - at < horizonMs);
    const sinceSuccess = recent.slice(recent.findLastIndex((outcome) => outcome.code === null) + 1);
    if (sinceSuccess.some((outcome) => outcome.id !== id && outcome.code === code)) return 'others-alike';
    if (recent.some((outcome) => outcome.id === id && outcome.code === null)) return 'fine-elsewhere';
    return recent.some((outcome) => outcome.code === null) ? 'others-fine' : null;
  }
}
