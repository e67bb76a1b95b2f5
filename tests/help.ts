/** Says how a script is used and ends, where that is asked for: before it starts anything. */
export function helpIfAsked(usage: string, argv: readonly string[] = process.argv.slice(2)): void {
  if (!argv.some((argument) => argument === '--help' || argument === '-h')) return;
  console.log(usage.trim());
  process.exit(0);
}
