const WIDTH = 30;
/** Where nothing can be drawn over, a line is written each time that so much more is done. */
const STEP = 0.1;

export interface Progress {
  /** From 0 to 1; `undefined` while the whole is not known. */
  readonly share: number | undefined;
  readonly rows: number;
  /** Of all rows; `null` while it is not known. */
  readonly total: number | null;
  readonly failed: number;
  readonly rowsPerSecond: number | null;
  readonly secondsLeft: number | null;
}

/** One line: the bar, the counts, the speed and the rest of the time. */
export function barOf({ share, rows, total, failed, rowsPerSecond, secondsLeft }: Progress): string {
  const full = Math.round((share ?? 0) * WIDTH);
  const parts = [
    `[${'#'.repeat(full)}${'.'.repeat(WIDTH - full)}]`,
    ...(share === undefined ? [] : [`${Math.floor(share * 100)} %`]),
    total === null ? `${rows} rows` : `${rows} of ${total} rows`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(rowsPerSecond === null ? [] : [`${Math.round(rowsPerSecond)} rows/s`]),
    ...(secondsLeft === null ? [] : [`${secondsLeft} s left`]),
  ];
  return parts.join('  ');
}

/** Shows how a run gets on, in place on a terminal. */
export class ProgressBar {
  private shown = -1;

  constructor(private readonly out: NodeJS.WriteStream) {}

  show(progress: Progress): void {
    if (this.out.isTTY) this.out.write(`\r\u001b[2K${barOf(progress).slice(0, this.out.columns - 1)}`);
    else if ((progress.share ?? 0) >= this.shown + STEP) {
      this.shown = progress.share ?? 0;
      this.out.write(`${barOf(progress)}\n`);
    }
  }

  end(): void {
    if (this.out.isTTY) this.out.write('\n');
  }
}
