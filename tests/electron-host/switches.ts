// The command line as Chromium reads it: --name or --name=value.
export const switches = new Map<string, string>();
for (const arg of process.argv) {
  const match = /^--([^=]+)(?:=(.*))?$/.exec(arg);
  if (match) switches.set(match[1]!, match[2] ?? '');
}

export const commandLine = {
  hasSwitch: (name: string) => switches.has(name),
  getSwitchValue: (name: string) => switches.get(name) ?? '',
  appendSwitch: (name: string, value = '') => void switches.set(name, value),
  appendArgument: () => {},
  removeSwitch: (name: string) => void switches.delete(name),
};
