import express, { type RequestHandler, type Router } from 'express';
import type { Metrics } from '../metrics.ts';

export interface MetricsRoute {
  /** Lets only the administrator through: figures say who is asked for what, and how often. */
  readonly admin: RequestHandler;
  readonly metrics: Metrics;
}

/** `GET /metrics` for Prometheus. */
export function metricsRouter({ admin, metrics }: MetricsRoute): Router {
  const router = express.Router();
  router.get('/metrics', admin, async (_request, response) => {
    response.set('content-type', metrics.contentType).send(await metrics.text());
  });
  return router;
}
