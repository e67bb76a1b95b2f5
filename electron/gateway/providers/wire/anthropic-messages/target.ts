import type { ModelInfo } from '../../../../../shared/model.ts';
import type { Notice } from '../../../../../shared/notice.ts';
import type { Traits } from './traits.ts';

/** Says what was dropped or changed. */
export type Warn = (notice: Notice) => void;

/** Whom a request is written for. */
export interface Target {
  readonly model: ModelInfo;
  readonly traits: Traits;
  readonly warn: Warn;
}

export const ignored = ({ model, warn }: Target, field: string): void =>
  warn({ code: 'field_ignored_by', field, provider: model.provider });

export const adjusted = ({ model, warn }: Target, field: string): void =>
  warn({ code: 'field_adjusted', field, provider: model.provider });
