import { type RunKind, TestRun } from '../../../shared/test-runs.ts';

interface Memory {
  get(key: string): string | undefined;
  set(key: string, value: string): void;
}

const kept = 20;

/** The last twenty runs of each kind, each in a slot of its own, so that the end of one writes no other. */
export class RunHistory {
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  /** Newest first. What another version has written and this one does not understand is left out. */
  list(kind: RunKind): TestRun[] {
    return this.#slots(kind)
      .flatMap(({ run }) => run ?? [])
      .toSorted((a, b) => b.startedAt - a.startedAt);
  }

  keep(run: TestRun): void {
    const slots = this.#slots(run.kind);
    const free = slots.find((slot) => slot.run === null);
    const oldest = slots.reduce((one, other) =>
      (other.run?.startedAt ?? 0) < (one.run?.startedAt ?? 0) ? other : one,
    );
    this.#memory.set((free ?? oldest).key, JSON.stringify(run));
  }

  #slots(kind: RunKind): { readonly key: string; readonly run: TestRun | null }[] {
    return Array.from({ length: kept }, (_, at) => {
      const key = `test-run:${kind}:${at}`;
      return { key, run: this.#read(key) };
    });
  }

  #read(key: string): TestRun | null {
    const saved = this.#memory.get(key);
    if (saved === undefined) return null;
    try {
      return TestRun.safeParse(JSON.parse(saved)).data ?? null;
    } catch {
      return null;
    }
  }
}
