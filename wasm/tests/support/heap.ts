import { ALLOCATORS, type AllocatorId, type LaneAllocator, parseLaneName } from '../../../src/model/lanes.ts';
import { PAGE_BYTES } from '../../../src/model/units.ts';
import { type AllocatorExports, loadModule } from './modules.ts';

/** The break, where every allocator keeps it: `wasm/allocators/pages.ts`. */
const BREAK_ADDRESS = 16;

export interface HeapSettings {
  readonly base?: number;
  readonly initial?: number;
  readonly max?: number;
  /** Prefix or suffix of another build: `debug/NAME`, `NAME.counted`. */
  readonly build?: 'plain' | 'debug' | 'counted';
  /** Stands in for the engine's memory: refuses growth when it says so. */
  readonly memory?: WebAssembly.Memory;
}

/** One allocator on a memory of its own, driven call by call. Slow and plain: the driver in Wasm is held against it. */
export class Heap {
  readonly lane: LaneAllocator;
  readonly align: number;

  private constructor(
    readonly name: string,
    readonly exports: AllocatorExports,
    readonly memory: WebAssembly.Memory,
    readonly base: number,
  ) {
    this.lane = parseLaneName(name)!;
    this.align = ALLOCATORS[this.lane.id].align;
  }

  /** `name` is a lane's name: `wee-noclasses-repaired`. */
  static async open(name: string, settings: HeapSettings = {}): Promise<Heap> {
    const { base = PAGE_BYTES, initial = 1, max = 65_536, build = 'plain' } = settings;
    const { id, options } = parseLaneName(name)!;
    const file = build === 'debug' ? `debug/${id}` : build === 'counted' ? `${id}.counted` : id;
    const module = await loadModule(file);
    const memory = settings.memory ?? new WebAssembly.Memory({ initial, maximum: max });
    const instance = new WebAssembly.Instance(module, { env: { memory, abort: abortHere } });
    const exports = instance.exports as unknown as AllocatorExports;
    exports.init(base, initial, options);
    return new Heap(name, exports, memory, base);
  }

  /** Pages committed in this run: the break. */
  get pages(): number {
    return new DataView(this.memory.buffer).getUint32(BREAK_ADDRESS, true);
  }

  alloc(size: number, align = 0): number {
    return this.exports.alloc(size, align) >>> 0;
  }

  dealloc(block: number, size: number, align = 0): void {
    this.exports.dealloc(block, size, align);
  }

  usable(block: number, size: number, align = 0): number {
    return this.exports.usable(block, size, align) >>> 0;
  }

  /** As a driver serves it: some know only their own alignment in realloc, so a stricter one is alloc, copy, dealloc. */
  realloc(block: number, size: number, align: number, newSize: number): number {
    if (!reallocForgetsAlign(this.lane.id) || align <= this.align || block === 0)
      return this.exports.realloc(block, size, align, newSize) >>> 0;
    const moved = this.alloc(newSize, align);
    if (moved !== 0) {
      new Uint8Array(this.memory.buffer).copyWithin(moved, block, block + Math.min(size, newSize));
      this.dealloc(block, size, align);
    }
    return moved;
  }
}

/** Does `realloc` keep no alignment but the allocator's own, as C's does? The others keep any. */
export function reallocForgetsAlign(id: AllocatorId): boolean {
  return ALLOCATORS[id].kind === 'dlmalloc' || ALLOCATORS[id].kind === 'tlsf';
}

function abortHere(_message: number, _file: number, line: number, column: number): never {
  throw new Error(`assertion failed in an allocator, line ${line}:${column}`);
}
