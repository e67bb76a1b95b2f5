import type { ModelInfo } from '../../../../../shared/model.ts';
import type { Notice } from '../../../../../shared/notice.ts';

/** Says what was dropped or changed. */
export type Warn = (notice: Notice) => void;

/** Whom a request is written for, and what that service takes. */
export interface TargetOf<Traits> {
  readonly model: ModelInfo;
  readonly traits: Traits;
  readonly warn: Warn;
}

export const ignored = ({ model, warn }: TargetOf<unknown>, field: string): void =>
  warn({ code: 'field_ignored_by', field, provider: model.provider });

export const adjusted = ({ model, warn }: TargetOf<unknown>, field: string): void =>
  warn({ code: 'field_adjusted', field, provider: model.provider });
