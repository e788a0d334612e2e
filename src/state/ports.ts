import type { LaneOpening, LogSlice, Reply, Request } from '../engine/protocol.ts';
import type { HeapFrame } from '../model/heap-frame.ts';
import type { Operations } from '../model/operations.ts';
import type { Addr, Bytes } from '../model/units.ts';

/** What the controller needs of the world; `main.tsx` puts the real ones in, tests their own. */
export interface Ports {
  readonly engine: EnginePort;
  /** Takes a run's operations and gives replays of its lanes. */
  readonly replay: (operations: Operations) => ReplayPort;
  /** The text of a file that belongs to the page, by its path under the page's address. */
  readonly fetchText: (path: string) => Promise<string>;
  /** Small settings; both may do nothing where storage is refused. */
  readonly remember: (key: string, value: string) => void;
  readonly recall: (key: string) => string | null;
}

export interface EnginePort {
  send(request: Request): void;
  subscribe(listener: (reply: Reply) => void): () => void;
  /** A new worker in the place of one that is lost or does not answer. */
  restart(): void;
}

export interface ReplayPort {
  lane(opening: LaneOpening, headerBytes: Bytes): LaneFrame;
  release(frame: HeapFrame): void;
  /** Ends all lanes. */
  dispose(): void;
}

/** A lane's frame while its log still arrives. */
export interface LaneFrame extends HeapFrame {
  append(slice: LogSlice): void;
  /** Where the next block of an arena lane goes; null in other lanes. */
  readonly bump: Addr | null;
}
