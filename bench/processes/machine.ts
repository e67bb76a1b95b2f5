import { readFileSync } from 'node:fs';

/** Processor time of a process so far in milliseconds, and its resident memory in MB. Linux only. */
export function usage(pid: number): { readonly cpuMs: number; readonly memoryMb: number } {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  const memory = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  // utime and stime are in ticks of 10 ms.
  return { cpuMs: (Number(fields[11]) + Number(fields[12])) * 10, memoryMb: Number(memory) / 1024 };
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
