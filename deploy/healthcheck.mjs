// Exit code 0 when the gateway in this container answers, 1 when it does not. The image has no curl.
const port = process.env['LISTEN_PORT'] || '8080';
const path = (process.env['ROOT_PATH'] ?? '').replace(/\/$/, '');
try {
  const response = await fetch(`http://127.0.0.1:${port}${path}/health`, { signal: AbortSignal.timeout(4_000) });
  process.exitCode = response.ok ? 0 : 1;
} catch {
  process.exitCode = 1;
}
