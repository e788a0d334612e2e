import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { buildDrivers, contestants, OUR_DLMALLOC, REAL_DLMALLOC } from './contestants.ts';
import { measure, Track } from './measure.ts';
import { picture } from './picture.ts';
import { programs } from './programs.ts';
import { type Outcome, placed, tables } from './report.ts';

/** An odd number, so that a median is a round that was run. */
const ROUNDS = Number(process.env.HEAPSCAPE_BENCH_ROUNDS ?? 21);

/** The last address of every block on ours and on the real one must be the same: else other work was timed. */
function checkAddresses({ program, measured }: Outcome): void {
  const [ours, real] = [OUR_DLMALLOC, REAL_DLMALLOC].map(
    (name) => measured.find(({ contestant }) => contestant.name === name)?.facts,
  );
  if (!real || !ours) return;
  const at = ours.addresses.findIndex((address, slot) => address !== real.addresses[slot]);
  if (at >= 0 || ours.grown !== real.grown)
    throw new Error(`${program.name}: dlmalloc and the real one differ, first in block ${at}.`);
}

/** Measures, prints, and writes figures and picture into `wasm/README.md` and `wasm/bench.svg` under `root`. */
export async function main(root: string): Promise<void> {
  const drivers = await buildDrivers();
  const all = await contestants();
  const outcomes: Outcome[] = [];
  for (const program of programs()) {
    const track = new Track(program, drivers);
    console.log(`${program.name}, ${track.operations} operations: ${program.what}`);
    const outcome = { program, measured: measure(track, all, ROUNDS) };
    checkAddresses(outcome);
    outcomes.push(outcome);
  }
  const machine = `${cpus()[0]!.model.trim()}, Node ${process.versions.node}`;
  const written = tables(outcomes, machine, ROUNDS);
  console.log(`\n${written}\n`);
  const drawing = picture(outcomes);
  if (drawing === null) {
    console.log(
      'The real dlmalloc did not run, so wasm/README.md stays as it was. It is linked by clang-14: ' +
        '`apt-get install wasi-libc clang-14 lld-14 libclang-rt-14-dev-wasm32` on Debian 12.',
    );
    return;
  }
  writeFileSync(join(root, 'wasm', 'bench.svg'), drawing);
  const readme = join(root, 'wasm', 'README.md');
  writeFileSync(readme, placed(readFileSync(readme, 'utf8'), written));
  console.log('Written into wasm/README.md and wasm/bench.svg.');
}
