import type { ModelInfo } from '../../../../shared/model.ts';

/** One entry of `GET /v1/models`. `created` is stable, the owner is the provider. */
export function modelBody(model: ModelInfo): { id: string; object: 'model'; created: number; owned_by: string } {
  return { id: model.id, object: 'model', created: model.created, owned_by: model.provider };
}

export function modelListBody(models: readonly ModelInfo[]): { object: 'list'; data: ReturnType<typeof modelBody>[] } {
  return { object: 'list', data: models.map(modelBody) };
}
