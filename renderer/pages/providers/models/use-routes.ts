import { useQueries } from '@tanstack/react-query';
import { useGateway } from '../../../lib/gateway-state.ts';
import { modelsOf } from '../../../lib/queries.ts';
import { type Routes, routesOf } from './routes.ts';

/** Who is asked for a model, as far as the catalogues are known. */
export function useRoutes(): Routes {
  const { providers } = useGateway();
  return useQueries({
    queries: providers.filter(({ enabled }) => enabled).map(({ id }) => modelsOf(id)),
    combine: (answers) => routesOf(answers.map(({ data }) => data ?? [])),
  });
}
