/**
 * A file that has reached the limit of the system (`ulimit -f`) is to fail as a write, with EFBIG, like a full disk. Node sees to
 * that, but the settings library (conf → atomically → when-exit) listens to the signal once and raises it again, which would
 * end the process; with a listener that stays it does not.
 */
export function surviveFileLimit(): void {
  if (process.platform !== 'win32') process.on('SIGXFSZ', () => {});
}
