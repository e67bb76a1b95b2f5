/** What was set for one model by name, without regard to case. */
export function ownSetting<T>(models: Readonly<Record<string, T>>, id: string): T | undefined {
  const name = id.toLowerCase();
  return Object.entries(models).find(([key]) => key.toLowerCase() === name)?.[1];
}
