import type { Driven } from './driver.js';
import type { Scenario } from './scenarios.js';

export interface Measured {
  readonly scenario: Scenario;
  readonly statements: number;
  readonly product: Figures;
  readonly bare: Figures;
}

export interface Figures {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
}

export function figuresOf(rounds: readonly Driven[]): Figures {
  const latencies = Float64Array.from(rounds.flatMap((round) => round.latencies)).sort();
  const seconds = rounds.reduce((sum, round) => sum + round.seconds, 0);
  const at = (share: number) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0;
  return { perSecond: latencies.length / seconds, p50: at(0.5), p99: at(0.99) };
}

const HEAD = ['', 'req/s', 'p50 ms', 'p99 ms', 'bare req/s', 'p50 ms', 'p99 ms', 'ratio', 'statements', 'aim'];

export function printTable(title: string, measured: readonly Measured[]): void {
  const cells = measured.map(({ scenario, statements, product, bare }) => [
    scenario.name,
    ...figures(product),
    ...figures(bare),
    (product.perSecond / bare.perSecond).toFixed(2),
    String(statements),
    scenario.aim ?? '',
  ]);
  const widths = HEAD.map((head, i) => Math.max(head.length, ...cells.map((row) => row[i]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row.map((cell, i) => (i === 0 || i === HEAD.length - 1 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  ');
  console.log(`\n${title}\n${line(HEAD)}`);
  for (const row of cells) console.log(line(row).trimEnd());
}

const figures = ({ perSecond, p50, p99 }: Figures): string[] => [perSecond.toFixed(0), p50.toFixed(1), p99.toFixed(1)];
