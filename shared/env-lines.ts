import type { GatewayState } from './state.ts';

export const shells = ['sh', 'fish', 'powershell', 'cmd'] as const;
export type ShellName = (typeof shells)[number];

/** Proper names; they are not translated. */
export const shellNames: Record<ShellName, string> = {
  sh: 'bash / zsh',
  fish: 'fish',
  powershell: 'PowerShell',
  cmd: 'cmd',
};

const line: Record<ShellName, (name: string, value: string) => string> = {
  sh: (name, value) => `export ${name}='${value}'`,
  fish: (name, value) => `set -gx ${name} '${value}'`,
  powershell: (name, value) => `$env:${name} = '${value}'`,
  cmd: (name, value) => `set "${name}=${value}"`,
};

/** The addresses only; the key is copied apart, so that it does not end up in a shell's history by accident. */
export function envLines(shell: ShellName, { baseUrl, dialects }: Pick<GatewayState, 'baseUrl' | 'dialects'>): string {
  const assign = line[shell];
  const openAi = `${assign('OPENAI_BASE_URL', `${baseUrl}/v1`)}\n`;
  return dialects.includes('anthropic-messages') ? `${openAi}${assign('ANTHROPIC_BASE_URL', baseUrl)}\n` : openAi;
}
