import type { CommandShell } from '../../../shared/clients.ts';

/** A program with variables of its own, started without changing any file. */
export interface Launch {
  readonly variables: Readonly<Record<string, string>>;
  readonly words: readonly string[];
}

const quoted: Record<CommandShell, (text: string) => string> = {
  sh: (text) => `'${text.replaceAll("'", `'\\''`)}'`,
  fish: (text) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", `\\'`)}'`,
  powershell: (text) => `'${text.replaceAll("'", "''")}'`,
  cmd: (text) => `"${text.replaceAll('"', '""')}"`,
};

/** Characters that no shell reads as its own. */
const harmless = /^[\w./:=,-]+$/;

/** One line for a shell. PowerShell and cmd keep the variables until their window is closed. */
export function commandLine(shell: CommandShell, { variables, words }: Launch): string {
  const quote = (text: string): string => (harmless.test(text) ? text : quoted[shell](text));
  const command = words.map(quote).join(' ');
  const pairs = Object.entries(variables);
  switch (shell) {
    case 'sh':
      return [...pairs.map(([name, value]) => `${name}=${value === '' ? '' : quote(value)}`), command].join(' ');
    case 'fish':
      return ['env', ...pairs.map(([name, value]) => `${name}=${value === '' ? '' : quote(value)}`), command].join(' ');
    case 'powershell':
      return [...pairs.map(([name, value]) => `$env:${name} = ${quoted.powershell(value)}`), command].join('; ');
    case 'cmd':
      return [...pairs.map(([name, value]) => `set "${name}=${value}"`), command].join(' && ');
    // no default
  }
}
