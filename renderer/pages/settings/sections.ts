import {
  AppWindow, Database, Info, Keyboard, KeyRound, type LucideIcon, MonitorSmartphone, Network, Palette, RefreshCw, ScrollText, Server, Sparkles,
} from 'lucide-react'; // prettier-ignore

export const sectionIds = [
  'server', 'keys', 'desktop', 'appearance', 'network', 'retry', 'behaviour', 'logs', 'data', 'remote', 'keyboard', 'about',
] as const; // prettier-ignore
export type SectionId = (typeof sectionIds)[number];

export const sectionIcons: Readonly<Record<SectionId, LucideIcon>> = {
  server: Server,
  keys: KeyRound,
  desktop: AppWindow,
  appearance: Palette,
  network: Network,
  retry: RefreshCw,
  behaviour: Sparkles,
  logs: ScrollText,
  data: Database,
  remote: MonitorSmartphone,
  keyboard: Keyboard,
  about: Info,
};

export const sectionOf = (text: string | undefined): SectionId => sectionIds.find((id) => id === text) ?? 'server';
