import { useQueries } from '@tanstack/react-query';
import { useGateway } from '../../../lib/gateway-state.ts';
import { modelsOf } from '../../../lib/queries.ts';
import { type Routes, routesOf } from './routes.ts';

/** Who is asked for a model, as far as the catalogues are known. Who has nothing to ask with is passed over. */
export function useRoutes(): Routes {
  const { providers } = useGateway();
  return useQueries({
    queries: providers.filter(({ state }) => state !== 'off' && state !== 'needs-token').map(({ id }) => modelsOf(id)),
    combine: (answers) => routesOf(answers.map(({ data }) => data ?? [])),
  });
}
