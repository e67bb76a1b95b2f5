/** Runs of many tests: the matrix of models and checks, and the exam in calling tools (docs/testing-models.md). */
import { z } from 'zod';
import type { ModelInfo } from './model.ts';
import { ProviderId } from './provider.ts';
import { trialToolModes } from './trials.ts';

export const runKinds = ['matrix', 'exam'] as const;
export type RunKind = (typeof runKinds)[number];

/** The columns of the matrix. */
export const checkNames = ['plain', 'stream', 'thinking', 'tools', 'json', 'vision'] as const;
export type CheckName = (typeof checkNames)[number];

/** What a grader finds wrong with an answer that came; other codes of a cell are those of the error table. */
export const gradeCodes = [
  'empty_answer', 'no_thinking', 'no_call', 'wrong_call', 'wrong_arguments', 'unwanted_call', 'not_json', 'wrong_answer',
] as const; // prettier-ignore
export type GradeCode = (typeof gradeCodes)[number];

export const RunRow = z.object({
  /** `provider/model`, for the exam with its mode after a `#`. */
  id: z.string(),
  provider: ProviderId,
  model: z.string(),
  mode: z.enum(trialToolModes).nullable(),
  /** For the exam: how tools reach the model when nothing is tested. */
  usual: z.enum(trialToolModes).nullable(),
});
export type RunRow = z.infer<typeof RunRow>;

export const RunCell = z.object({
  row: z.string(),
  column: z.string(),
  state: z.enum(['waiting', 'running', 'ok', 'failed', 'skipped']),
  /** From the request to the end of the answer. */
  ms: z.number().nullable(),
  firstTokenMs: z.number().nullable(),
  code: z.string().nullable(),
  exchangeId: z.string().nullable(),
});
export type RunCell = z.infer<typeof RunCell>;

export const RunOptions = z.object({
  concurrency: z.number().int().min(1).max(5).default(2),
  timeoutSeconds: z.number().int().min(5).max(60).default(15),
  /** Null: goes on whatever fails. */
  stopAfter: z.number().int().min(1).max(100).nullable().default(null),
});

export const TestRun = z.object({
  id: z.string(),
  kind: z.enum(runKinds),
  startedAt: z.number().int(),
  endedAt: z.number().int().nullable(),
  /** `stopped`: by the user, or after so many failures. */
  status: z.enum(['running', 'paused', 'done', 'stopped']),
  options: RunOptions,
  rows: z.array(RunRow),
  columns: z.array(z.string()),
  cells: z.array(RunCell),
});
export type TestRun = z.infer<typeof TestRun>;

/** Cells that have changed since the last one; who missed some reads `runs.current`. */
export type RunStep = Pick<TestRun, 'id' | 'kind' | 'status' | 'endedAt' | 'cells'>;

const kind = z.object({ kind: z.enum(runKinds) });

export const runCalls = {
  /** One run of a kind at a time; goes on in the gateway whatever becomes of the window. */
  'runs.start': {
    input: kind.extend({
      models: z
        .array(z.object({ provider: ProviderId, model: z.string().min(1).max(200) }))
        .min(1)
        .max(1_000),
      /** Of the matrix. */
      checks: z
        .array(z.enum(checkNames))
        .min(1)
        .default([...checkNames]),
      /** Of the exam. */
      modes: z
        .array(z.enum(trialToolModes))
        .min(1)
        .default([...trialToolModes]),
      options: RunOptions,
    }),
    output: TestRun,
  },
  /** The one that runs, else the last one. */
  'runs.current': { input: kind, output: TestRun.nullable() },
  'runs.control': {
    input: z.object({ id: z.string().max(100), action: z.enum(['pause', 'resume', 'stop']) }),
    output: z.object({ done: z.boolean() }),
  },
  /** The last twenty that have ended, newest first. */
  'runs.history': { input: kind, output: z.array(TestRun) },
  /** How tools reach a model from now on; null: as its provider says. */
  'model.toolMode': {
    input: z.object({ model: z.string().min(1).max(200), mode: z.enum(trialToolModes).nullable() }),
    output: z.null(),
  },
} as const;

/** What a model claims, and so what it is asked. */
export function checksOf({ capabilities, test }: ModelInfo, wanted: readonly CheckName[]): CheckName[] {
  const claims: Readonly<Record<CheckName, boolean>> = {
    plain: true,
    stream: true,
    thinking: capabilities.thinking,
    tools: capabilities.tools,
    // The models of this gateway that only echo or fail have no such wish fulfilled.
    json: !test || capabilities.tools,
    vision: capabilities.vision,
  };
  return wanted.filter((name) => claims[name]);
}

/** What has changed from one run to a later one, where both have tested the same. */
export function runDiff(
  before: TestRun,
  after: TestRun,
): { readonly row: RunRow; readonly column: string; readonly was: RunCell; readonly now: RunCell }[] {
  const key = ({ row, column }: RunCell) => `${row}\n${column}`;
  const old = new Map(before.cells.map((cell) => [key(cell), cell]));
  const rows = new Map(after.rows.map((row) => [row.id, row]));
  const told = ({ state }: RunCell) => state === 'ok' || state === 'failed';
  return after.cells.flatMap((now) => {
    const was = old.get(key(now));
    const row = rows.get(now.row);
    if (!was || !row || !told(was) || !told(now) || was.state === now.state) return [];
    return [{ row, column: now.column, was, now }];
  });
}

export interface RunCounts {
  readonly total: number;
  readonly done: number;
  readonly ok: number;
  readonly failed: number;
}

/** Without what was skipped. */
export function countRun({ cells }: Pick<TestRun, 'cells'>): RunCounts {
  const of = (state: RunCell['state']) => cells.reduce((sum, cell) => sum + Number(cell.state === state), 0);
  const [ok, failed] = [of('ok'), of('failed')];
  return { total: cells.length - of('skipped'), done: ok + failed, ok, failed };
}
