// What this lab does to its module (`wasm/labs/isolation.ts`), as it runs. All of it is exact and the same on every run.
import { type Borders, type Catch, type Guard, MISUSES, type Misuse, type Scene, type SceneData } from './data.ts';

export interface Program {
  readonly memory: WebAssembly.Memory;
  start(options: number): void;
  malloc(size: number): number;
  free(p: number): void;
  settle(): void;
  fault(): number;
  faultAt(): number;
  put(p: number, n: number, value: number): void;
  get(p: number): number;
  text(): number;
  limit(): number;
  frame(): number;
  call(n: number, value: number): number;
  churn(n: number): void;
}

/** Bits of `wasm/guard.ts`. */
export const OPTIONS: Readonly<Record<Guard, number>> = {
  none: 0,
  canary: 1,
  zones: 2,
  poison: 4,
  quarantine: 8,
  integrity: 16,
  all: 31,
};

/** What is thrown, in words; empty for nothing. */
function thrownBy(act: () => void): string {
  try {
    act();
    return '';
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  }
}

/** Writes in one instance, looks in both, then reads the last byte and the one behind it. */
export function borders(a: Program, b: Program): Borders {
  a.start(0);
  b.start(0);
  const p = a.malloc(16);
  a.put(p, 1, 65);
  const end = a.memory.buffer.byteLength;
  return {
    wrote: p,
    own: a.get(p),
    others: b.get(p),
    sameMemory: a.memory === b.memory,
    end,
    last: a.get(end - 1),
    past: thrownBy(() => a.get(end)),
  };
}

const SIZE = 28;

/** One overflow in a fresh instance without a guard. */
export function scene(id: Scene, program: Program): SceneData {
  program.start(0);
  switch (id) {
    case 'payload': {
      const a = program.malloc(SIZE);
      const b = program.malloc(SIZE);
      program.put(b, SIZE, 66);
      const seen = () => program.get(b);
      return watch(
        program,
        { id, from: a - 16, length: 96, target: a, size: SIZE, wrote: 40, over: [b, b + SIZE] },
        seen,
        () => program.put(a, 40, 65),
      );
    }
    case 'header': {
      const [a, b, c] = Array.from({ length: 5 }, () => program.malloc(SIZE)) as [number, number, number];
      program.put(a, SIZE, 65);
      program.put(c, SIZE, 67);
      let [first, again] = [b, 0];
      const data = watch(
        program,
        { id, from: a - 16, length: 112, target: a, size: SIZE, wrote: 29, over: [b - 4, b] },
        () => program.get(c),
        // 99 is a size of 96 bytes with the flags of a chunk in use.
        () => program.put(a, 29, 99),
        () => {
          first = b;
          program.free(b);
          again = program.malloc(88);
          program.put(again, 88, 70);
        },
      );
      return { ...data, twoOwners: again === first && again < c && c < again + 88 };
    }
    case 'static': {
      const text = program.text();
      return watch(
        program,
        { id, from: text, length: 32, target: text, size: 16, wrote: 20, over: [text + 16, text + 20] },
        program.limit,
        () => program.put(text, 20, 88),
      );
    }
    case 'stack': {
      const frame = program.frame();
      let saved = program.call(0, 0);
      return watch(
        program,
        { id, from: frame, length: 32, target: frame, size: 16, wrote: 20, over: [frame + 16, frame + 20] },
        () => saved,
        () => {
          saved = program.call(20, 88);
        },
      );
    }
  }
}

interface Watched {
  readonly id: Scene;
  readonly from: number;
  readonly length: number;
  readonly target: number;
  readonly size: number;
  readonly wrote: number;
  readonly over: readonly [from: number, to: number];
}

/** Bytes before and after `act`, and a value before and after all that follows from it. */
function watch(
  program: Program,
  { id, from, length, target, size, wrote, over }: Watched,
  value: () => number,
  act: () => void,
  then: () => void = () => {},
): SceneData {
  const bytes = () => Array.from(new Uint8Array(program.memory.buffer, from, length));
  const [before, first] = [bytes(), value()];
  let thrown = thrownBy(act);
  const after = bytes();
  thrown ||= thrownBy(then);
  return {
    id,
    from,
    target,
    size,
    wrote,
    before,
    after,
    parts: before.map((_, i) => {
      const at = from + i;
      return at >= target && at < target + size ? 1 : at >= over[0] && at < over[1] ? 2 : 0;
    }),
    value: [first, value()],
    twoOwners: false,
    thrown,
  };
}

/** From one block to the next. */
export function spacing(guard: Guard, program: Program): number {
  program.start(OPTIONS[guard]);
  const p = program.malloc(SIZE);
  return program.malloc(SIZE) - p;
}

/** Each mistake in an instance of its own. */
export function catches(guard: Guard, open: () => Program): Catch[] {
  return MISUSES.map((misuse) => {
    const program = open();
    program.start(OPTIONS[guard]);
    let seen = false;
    const thrown = thrownBy(() => {
      seen = misbehave(program, misuse);
      program.settle();
    });
    if (program.fault() !== 0) return 'reported';
    return thrown !== '' ? 'trapped' : seen ? 'seen' : 'missed';
  });
}

/** Does one thing wrong among five blocks and goes on; true where what it reads shows that something is wrong. */
function misbehave(program: Program, misuse: Misuse): boolean {
  const [a, b, c] = Array.from({ length: 5 }, () => program.malloc(SIZE)) as [number, number, number];
  program.put(b, SIZE, 66);
  program.put(c, SIZE, 67);
  switch (misuse) {
    case 'one':
      program.put(a + SIZE, 1, 99);
      break;
    case 'over':
      program.put(a, SIZE + 40, 65);
      break;
    case 'jump':
      // Into the middle of the neighbour, over all that lies between.
      program.put(b + 8, 4, 65);
      break;
    case 'before':
      program.put(b - 1, 1, 0);
      break;
    case 'write':
      program.free(b);
      program.put(b + 8, 4, 65);
      return false;
    case 'read':
      program.free(b);
      // What was there, or what poison left.
      return program.get(b + 20) !== 66;
    case 'twice':
      program.free(b);
      program.free(b);
      return false;
  }
  program.free(a);
  program.free(b);
  program.free(c);
  return false;
}
