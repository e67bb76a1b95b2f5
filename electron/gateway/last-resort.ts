import type { Gateway } from './shell.ts';

/**
 * What nobody has caught. After an exception nothing can be relied upon: it is logged, running answers end as failed, and the
 * process ends, so that whoever looks after it starts a clean one. A promise that failed with nobody waiting has left nothing
 * half done; it is logged, and the answers of others go on.
 */
export function setupLastResort(gateway: Pick<Gateway, 'failed' | 'complain'>, end: (error: unknown) => void): void {
  process.on('uncaughtException', (thrown) => {
    void gateway.failed(thrown).finally(() => end(thrown));
  });
  process.on('unhandledRejection', (reason) => gateway.complain(reason));
}
