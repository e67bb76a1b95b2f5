import type { LucideIcon } from 'lucide-react';

export const commandGroups = ['pages', 'actions', 'settings', 'models', 'tokens', 'requests'] as const;
export type CommandGroup = (typeof commandGroups)[number];

/** One line of the palette. */
export interface Command {
  /** Tells it from all others. */
  readonly id: string;
  readonly group: CommandGroup;
  readonly label: string;
  readonly icon: LucideIcon;
  /** Where it is or belongs to, beside its name. */
  readonly note?: string;
  /** What else finds it, e.g. its name in the other language. */
  readonly words?: string;
  /** Why it cannot be done just now. */
  readonly barred?: string;
  readonly run: () => void;
}

/** Every word that was typed is somewhere in what the command is called. */
export function fits({ label, note = '', words = '' }: Command, typed: string): boolean {
  const text = `${label}\n${note}\n${words}`.toLowerCase();
  return typed
    .toLowerCase()
    .split(/\s+/u)
    .every((word) => text.includes(word));
}
