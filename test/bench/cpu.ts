import { readFileSync } from 'node:fs';

/** Ticks a second in which Linux counts, whatever the machine. */
const TICKS = 100;

/** Seconds of processor time that a process has taken so far, on all its threads; elsewhere than on Linux not a number. */
export function processorSeconds(pid: number | undefined): number {
  try {
    const [, after = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
    const fields = after.split(' ');
    return (Number(fields[11]) + Number(fields[12])) / TICKS;
  } catch {
    return Number.NaN;
  }
}
