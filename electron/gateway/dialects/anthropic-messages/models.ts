import type { ModelInfo } from '../../../../shared/model.ts';

export interface ModelBody {
  readonly type: 'model';
  readonly id: string;
  readonly display_name: string;
  readonly created_at: string;
  readonly object: 'model';
  readonly created: number;
  readonly owned_by: string;
}

/** Both APIs' fields at once: some clients send Anthropic's headers and read OpenAI's list. */
export function modelBody({ id, provider, created }: ModelInfo): ModelBody {
  const created_at = new Date(created * 1000).toISOString().replace('.000', '');
  return { type: 'model', id, display_name: id, created_at, object: 'model', created, owned_by: provider };
}

/** Always one page: the SDK would go on asking while `has_more` is true. */
export function modelListBody(models: readonly ModelInfo[]): object {
  const data = models.map(modelBody);
  return {
    object: 'list',
    data,
    has_more: false,
    first_id: data[0]?.id ?? null,
    last_id: data.at(-1)?.id ?? null,
  };
}
