import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { Exchange } from '../../../shared/exchange.ts';
import type { RunCell, RunKind, RunOptions, RunStep, TestRun } from '../../../shared/test-runs.ts';
import type { AskedTrial, TrialView } from '../../../shared/trials.ts';
import type { Plan, Task } from './tasks.ts';

export interface RunnerOptions {
  readonly send: (id: string, asked: AskedTrial, signal: AbortSignal) => Promise<TrialView>;
  readonly exchange: (id: string) => Exchange | null;
  readonly tell: (step: RunStep) => void;
  readonly ended: (run: TestRun) => void;
}

const batchMs = 100;

/** One run: its tests a few at a time, each for itself. It can be paused, which lets those under way finish, and stopped. */
export class Runner {
  readonly run: TestRun;
  readonly #options: RunnerOptions;
  readonly #tasks: readonly Task[];
  readonly #cells: ReadonlyMap<Task, RunCell>;
  readonly #abort = new AbortController();
  readonly #changed = new Set<RunCell>();
  #next = 0;
  #failed = 0;
  #resume: PromiseWithResolvers<void> | null = null;
  #timer: NodeJS.Timeout | null = null;

  constructor(kind: RunKind, plan: Plan, asked: z.output<typeof RunOptions>, options: RunnerOptions) {
    this.#options = options;
    const blank = { ms: null, firstTokenMs: null, code: null, exchangeId: null };
    this.#cells = new Map(
      plan.tasks.map((task) => {
        const { row, column, ask } = task;
        return [task, { row, column, state: ask ? 'waiting' : 'skipped', ...blank }];
      }),
    );
    this.#tasks = plan.tasks.filter(({ ask }) => ask !== null);
    this.run = {
      id: randomUUID(),
      kind,
      startedAt: Date.now(),
      endedAt: null,
      status: 'running',
      options: asked,
      rows: [...plan.rows],
      columns: [...plan.columns],
      cells: [...this.#cells.values()],
    };
  }

  /** Resolves when everything has ended; never rejects. */
  async start(): Promise<void> {
    const workers = Array.from({ length: this.run.options.concurrency }, () => this.#work());
    await Promise.all(workers);
    for (const cell of this.run.cells) if (cell.state === 'waiting') this.#set(cell, { state: 'skipped' });
    this.run.endedAt = Date.now();
    if (this.run.status !== 'stopped') this.run.status = 'done';
    this.#tell();
    this.#options.ended(this.run);
  }

  pause(): boolean {
    if (this.run.status !== 'running') return false;
    this.run.status = 'paused';
    this.#resume = Promise.withResolvers();
    this.#tellSoon();
    return true;
  }

  resume(): boolean {
    if (this.run.status !== 'paused') return false;
    this.run.status = 'running';
    this.#goOn();
    return true;
  }

  /** What is under way is cancelled. */
  stop(): boolean {
    if (this.run.endedAt !== null || this.run.status === 'stopped') return false;
    this.run.status = 'stopped';
    this.#abort.abort();
    this.#goOn();
    return true;
  }

  #goOn(): void {
    this.#resume?.resolve();
    this.#resume = null;
    this.#tellSoon();
  }

  async #work(): Promise<void> {
    for (;;) {
      await this.#resume?.promise;
      if (this.#abort.signal.aborted) return;
      const task = this.#tasks[this.#next++];
      const cell = task && this.#cells.get(task);
      if (!task?.ask || !cell) return;
      await this.#do(task, task.ask, cell);
    }
  }

  async #do(task: Task, ask: NonNullable<Task['ask']>, cell: RunCell): Promise<void> {
    const { timeoutSeconds, stopAfter } = this.run.options;
    this.#set(cell, { state: 'running' });
    const marks = { dialect: 'openai-chat', origin: 'test', replayOf: null, token: null } as const;
    try {
      const view = await this.#options.send(
        `${this.run.id}:${task.row}:${task.column}`.slice(0, 100),
        { ...ask, ...marks, timeoutMs: timeoutSeconds * 1_000 },
        this.#abort.signal,
      );
      this.#set(cell, this.#resultOf(task, view));
    } catch (error) {
      // The gateway is stopping: everything else would fail alike.
      const reason = error instanceof Error && 'reason' in error ? String(error.reason) : 'internal_error';
      this.#set(cell, { state: 'failed', code: reason });
    }
    if (cell.state === 'failed' && ++this.#failed === stopAfter) this.stop();
  }

  #resultOf(task: Task, view: TrialView): Partial<RunCell> {
    const exchange = view.exchangeId === null ? null : this.#options.exchange(view.exchangeId);
    const facts = {
      exchangeId: view.exchangeId,
      ms: exchange?.closed ?? null,
      firstTokenMs: exchange?.firstToken ?? null,
    };
    if (view.end?.outcome === 'cancelled') return { ...facts, state: 'skipped' };
    const code = view.end?.failure?.code ?? task.grade(view);
    return { ...facts, state: code === null ? 'ok' : 'failed', code };
  }

  #set(cell: RunCell, what: Partial<RunCell>): void {
    Object.assign(cell, what);
    this.#changed.add(cell);
    this.#tellSoon();
  }

  #tellSoon(): void {
    this.#timer ??= setTimeout(() => this.#tell(), batchMs);
  }

  #tell(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    const { id, kind, status, endedAt } = this.run;
    this.#options.tell({ id, kind, status, endedAt, cells: [...this.#changed] });
    this.#changed.clear();
  }
}
