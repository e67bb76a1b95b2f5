import { examCases } from '../../../shared/exam-cases.ts';
import type { ModelInfo } from '../../../shared/model.ts';
import { checkNames, checksOf, type CheckName, type RunRow } from '../../../shared/test-runs.ts';
import type { AskedTrial, TrialView } from '../../../shared/trials.ts';
import type { ToolMode } from '../chat/tools/plan.ts';
import { checkBody, examBody } from './checks.ts';
import { gradeCheck, gradeExam } from './grade.ts';

/** One cell of a run: what is asked, and what is wrong with the answer. */
export interface Task {
  readonly row: string;
  readonly column: string;
  /** Null where the model does not claim it. */
  readonly ask: Pick<AskedTrial, 'body' | 'provider' | 'toolMode'> | null;
  readonly grade: (view: TrialView) => string | null;
}

export interface Plan {
  readonly rows: readonly RunRow[];
  readonly columns: readonly string[];
  readonly tasks: readonly Task[];
}

const rowId = ({ provider, id }: ModelInfo): string => `${provider}/${id}`;

/** Models and checks; what a model does not claim is skipped. */
export function planMatrix(models: readonly ModelInfo[], wanted: readonly CheckName[]): Plan {
  const columns = checkNames.filter((name) => wanted.includes(name));
  const rows = models.map((model) => {
    return { id: rowId(model), provider: model.provider, model: model.id, mode: null, usual: null };
  });
  const tasks = models.flatMap((model) => {
    const claimed = checksOf(model, columns);
    return columns.map((check): Task => {
      const { provider } = model;
      const ask = claimed.includes(check) ? { body: checkBody(check, model), provider, toolMode: null } : null;
      return { row: rowId(model), column: check, ask, grade: (view) => gradeCheck(check, view) };
    });
  });
  return { rows, columns, tasks };
}

/** Models, each in one or both modes, and the ten questions. */
export function planExam(
  models: readonly ModelInfo[],
  modes: readonly ToolMode[],
  usual: (model: ModelInfo) => ToolMode,
): Plan {
  const pairs = models.flatMap((model) => modes.map((mode) => ({ model, mode, id: `${rowId(model)}#${mode}` })));
  const rows = pairs.map(({ model, mode, id }) => {
    return { id, provider: model.provider, model: model.id, mode, usual: usual(model) };
  });
  const tasks = pairs.flatMap(({ model, mode, id }) =>
    examCases.map((question): Task => {
      const offered = question.tools.map(({ name }) => name);
      return {
        row: id,
        column: question.id,
        ask: { body: examBody(question, model), provider: model.provider, toolMode: mode },
        grade: (view) => gradeExam(view, question.expect, offered),
      };
    }),
  );
  return { rows, columns: examCases.map(({ id }) => id), tasks };
}
