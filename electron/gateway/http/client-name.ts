import type { IncomingHttpHeaders } from 'node:http';

/** User-agent substrings, first match wins (the order of the Python server, with clients seen since added). */
const agents: readonly (readonly [string, string])[] = [
  ['claude-code', 'Claude Code'],
  ['claude code', 'Claude Code'],
  ['claude-cli', 'Claude Code'],
  ['claude/', 'Claude Code'],
  ['codex', 'Codex'],
  ['cherrystudio', 'Cherry Studio'],
  ['opencode', 'OpenCode'],
  ['cline/', 'Cline'],
  ['zed/', 'Zed'],
  ['anthropic', 'Anthropic SDK'],
  ['openai', 'OpenAI SDK'],
  ['curl/', 'curl'],
  ['python-httpx', 'HTTP client'],
  ['httpx/', 'HTTP client'],
  ['python-requests', 'HTTP client'],
  ['requests/', 'HTTP client'],
  ['mozilla/', 'Browser'],
];

const printable = (text: string): string => text.replace(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, '').slice(0, 60);

/**
 * The program that calls: `x-request-source` or `x-client-source` if it names itself, `x-title` as many programs made with an
 * SDK do (Cline, Chatbox, Open WebUI), else by its user agent.
 */
export function clientName(headers: IncomingHttpHeaders): string {
  const named = headers['x-request-source'] ?? headers['x-client-source'] ?? headers['x-title'];
  if (typeof named === 'string' && printable(named)) return printable(named);
  const agent = headers['user-agent'] ?? '';
  const known = agents.find(([part]) => agent.toLowerCase().includes(part))?.[1];
  return known ?? (printable(agent.split(/[\s(]/)[0] ?? '') || 'Unknown');
}
