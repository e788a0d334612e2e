// What the prover is given: an allocator, its reader, and a ledger that is the reader's sink, all on one memory.

export declare function alloc(size: u32, align: u32): u32;
export declare function dealloc(block: u32, size: u32, align: u32): void;
export declare function realloc(block: u32, size: u32, align: u32, newSize: u32): u32;
export declare function usable(block: u32, size: u32, align: u32): u32;
export declare function walk(): void;
export declare function lists(): void;
export declare function wrongWhat(): u32;
export declare function liveCount(): u32;
export declare function liveAt(index: u32): u32;
export declare function enter(id: u32, address: u32, size: u32, align: u32, usable: u32): void;
export declare function leave(id: u32): void;
export declare function addressOf(id: u32): u32;
export declare function sizeOf(id: u32): u32;
export declare function alignOf(id: u32): u32;
export declare function write(id: u32): void;
export declare function expectPattern(id: u32, size: u32, bytes: u32): void;
export declare function expectAllPatterns(): void;
export declare function beginWalk(): void;
export declare function endWalk(): void;
