import type { z } from 'zod';
import type { Exchange } from '../../../shared/exchange.ts';
import type { ModelInfo } from '../../../shared/model.ts';
import { type runCalls, type RunKind, type RunStep, runKinds, type TestRun } from '../../../shared/test-runs.ts';
import type { ToolMode } from '../chat/tools/plan.ts';
import { Refusal } from '../control/dispatch.ts';
import { RunHistory } from './run-history.ts';
import { Runner } from './runner.ts';
import { planExam, planMatrix } from './tasks.ts';
import type { Trials } from './trials.ts';

export interface RunsOptions {
  readonly trials: Pick<Trials, 'run'>;
  readonly memory: ConstructorParameters<typeof RunHistory>[0];
  readonly running: () => boolean;
  readonly models: (provider: string) => readonly ModelInfo[];
  readonly usualMode: (model: ModelInfo) => ToolMode;
  readonly exchange: (id: string) => Exchange | null;
  readonly tell: (step: RunStep) => void;
}

type Wanted = z.output<(typeof runCalls)['runs.start']['input']>;

/** Runs of many tests. They belong to the gateway, so a window may come and go. */
export class Runs {
  readonly #options: RunsOptions;
  readonly #history: RunHistory;
  readonly #runners = new Map<RunKind, Runner>();

  constructor(options: RunsOptions) {
    this.#options = options;
    this.#history = new RunHistory(options.memory);
  }

  /** Throws Refusal. */
  start({ kind, models: wanted, checks, modes, options: asked }: Wanted): TestRun {
    const { trials, running, usualMode, exchange, tell } = this.#options;
    if (!running()) throw new Refusal('Traygate is not running.', 'not_running');
    if (this.#runners.get(kind)?.run.endedAt === null) throw new Refusal('Such a test is running already.');
    const models = wanted.flatMap(({ provider, model }) => {
      return this.#options.models(provider).find(({ id }) => id === model) ?? [];
    });
    if (models.length === 0) throw new Refusal('None of these models is offered any more.', 'gone');
    const plan = kind === 'matrix' ? planMatrix(models, checks) : planExam(models, modes, usualMode);
    const runner = new Runner(kind, plan, asked, {
      send: (id, trial, signal) => trials.run(id, trial, signal),
      exchange,
      tell,
      ended: (run) => this.#history.keep(run),
    });
    this.#runners.set(kind, runner);
    void runner.start();
    return structuredClone(runner.run);
  }

  current(kind: RunKind): TestRun | null {
    return this.#runners.get(kind)?.run ?? this.#history.list(kind)[0] ?? null;
  }

  history(kind: RunKind): TestRun[] {
    return this.#history.list(kind);
  }

  /** False when it has come to its end, or is so already. */
  control(id: string, action: 'pause' | 'resume' | 'stop'): boolean {
    const runner = [...this.#runners.values()].find(({ run }) => run.id === id);
    return runner?.[action]() ?? false;
  }

  stop(): void {
    for (const kind of runKinds) this.#runners.get(kind)?.stop();
  }
}
