import type { Scenario } from '../model/scenario.ts';
import { traceStrings as strings } from '../model/strings/trace.ts';
import { type Bytes, LIMITS } from '../model/units.ts';
import type { LineReader } from './line-reader.ts';
import { type FeedProblem, LineFeed, SLICE_BYTES } from './lines.ts';
import { MtraceReader } from './mtrace.ts';
import { OperationListReader } from './operation-list.ts';
import { Recorder } from './recorder.ts';
import { RepReader } from './rep.ts';
import { HEAD_BYTES, type RecordingFormat, sniff } from './sniff.ts';
import { ValgrindReader } from './valgrind.ts';
import { WeeTraceReader } from './wee-trace.ts';

export interface ReadOptions {
  /** What the file is called; only for messages, never to tell what it is. */
  readonly name: string;
  /** Called every few milliseconds, and once at the end. */
  onProgress(doneBytes: Bytes, totalBytes: Bytes, operations: number): void;
  /** Aborted: reading stops within a slice, and what was read is kept. */
  readonly signal: AbortSignal;
}

export type RecordingResult =
  /** A recording, or as much of it as was read before the visitor stopped it. */
  | { readonly kind: 'scenario'; readonly scenario: Scenario; readonly cancelled: boolean }
  /** No recording that is known: the text of a scenario. */
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'refused'; readonly message: string };

const READERS: Readonly<Record<RecordingFormat, (recorder: Recorder) => LineReader>> = {
  operations: (recorder) => new OperationListReader(recorder),
  rep: (recorder) => new RepReader(recorder),
  mtrace: (recorder) => new MtraceReader(recorder),
  valgrind: (recorder) => new ValgrindReader(recorder),
  'wee-trace': (recorder) => new WeeTraceReader(recorder),
};

/**
 * Longest line of each format, in bytes. Names of C++ functions in the recordings that have a caller or a command line on
 * each line can be many thousand letters long.
 */
const LINE_BYTES: Readonly<Record<RecordingFormat, number>> = {
  operations: 4_096,
  rep: 4_096,
  mtrace: 65_536,
  valgrind: 65_536,
  'wee-trace': 4_096,
};

/** How long reading goes on before messages, for example one that cancels it, get in. */
const TASK_MILLISECONDS = 12;

/**
 * Reads a file of up to 256 MiB: a recording in any of the five formats becomes a scenario, anything else that is text
 * is handed back as the text of a script. Streams: memory goes with the operations, not with the bytes. Never throws for
 * what is in the file or for a file that cannot be read; whatever does not fit in a recording is an anomaly of it.
 */
export async function readRecording(
  data: Blob | AsyncIterable<Uint8Array>,
  totalBytes: Bytes,
  options: ReadOptions,
): Promise<RecordingResult> {
  if (totalBytes > LIMITS.traceBytes) return refused(strings.refused.bytes(totalBytes));
  const source = new SliceSource(data);
  try {
    return await read(source, totalBytes, options);
  } catch (error) {
    if (error instanceof UnreadableError) return refused(strings.refused.unreadable(error.message));
    throw error;
  } finally {
    await source.close();
  }
}

async function read(source: SliceSource, totalBytes: Bytes, options: ReadOptions): Promise<RecordingResult> {
  const head: Uint8Array[] = [];
  let headBytes = 0;
  let whole = false;
  while (headBytes < HEAD_BYTES && !whole) {
    const slice = await source.next();
    if (slice === null) whole = true;
    else {
      head.push(slice);
      headBytes += slice.length;
    }
  }
  const start = joined(head, headBytes);
  const sniffed = sniff(start.subarray(0, HEAD_BYTES), whole && headBytes <= HEAD_BYTES);
  switch (sniffed.kind) {
    case 'refused':
      return sniffed;
    case 'text':
      return readText(source, start);
    case 'recording':
      return new RecordingRun(sniffed.format, totalBytes, options).read(source, start);
  }
}

/** The lines of one recording on their way to the recorder. */
class RecordingRun {
  private readonly recorder = new Recorder();
  private readonly reader: LineReader;
  private readonly feed: LineFeed;
  private readonly format: RecordingFormat;
  private readonly totalBytes: Bytes;
  private readonly options: ReadOptions;
  private doneBytes = 0;
  /** Lines after the limit was passed that look like operations. */
  private counted = 0;
  private resumed = performance.now();

  constructor(format: RecordingFormat, totalBytes: Bytes, options: ReadOptions) {
    this.format = format;
    this.totalBytes = totalBytes;
    this.options = options;
    this.reader = READERS[format](this.recorder);
    this.feed = new LineFeed(LINE_BYTES[format]);
  }

  async read(source: SliceSource, start: Uint8Array): Promise<RecordingResult> {
    const { signal } = this.options;
    for (let at = 0; at < start.length; at += SLICE_BYTES) {
      const problem = await this.take(start.subarray(at, at + SLICE_BYTES));
      if (problem !== null) return refused(problem);
      if (signal.aborted) return this.finish(true);
    }
    for (let slice = await source.next(); slice !== null; slice = await source.next()) {
      const problem = await this.take(slice);
      if (problem !== null) return refused(problem);
      if (signal.aborted) return this.finish(true);
    }
    const lines = this.feed.line;
    this.recorder.unfinished = true;
    const problem = this.feed.end(this.onLine);
    if (problem !== null) return refused(this.describe(problem));
    this.recorder.unfinished = this.feed.line > lines;
    this.reader.end();
    return this.finish(false);
  }

  private readonly onLine = (bytes: Uint8Array, from: number, to: number, line: number): void => {
    if (this.recorder.beyond === 0) this.reader.line(bytes, from, to, line);
    else if (this.reader.looksLikeOperation(bytes, from, to)) this.counted++;
  };

  /** Reads a slice; a message if the file cannot be taken. */
  private async take(slice: Uint8Array): Promise<string | null> {
    this.doneBytes += slice.length;
    if (this.doneBytes > LIMITS.traceBytes) return strings.refused.bytes(this.doneBytes);
    const problem = this.feed.push(slice, this.onLine);
    if (problem !== null) return this.describe(problem);
    if (performance.now() - this.resumed > TASK_MILLISECONDS) {
      this.options.onProgress(this.doneBytes, this.totalBytes, this.recorder.count);
      await nextTask();
      this.resumed = performance.now();
    }
    return null;
  }

  private finish(cancelled: boolean): RecordingResult {
    const { count, beyond } = this.recorder;
    if (beyond > 0) return refused(strings.refused.operations(count + beyond + this.counted));
    this.options.onProgress(this.doneBytes, this.totalBytes, count);
    return { kind: 'scenario', scenario: this.recorder.finish(this.format), cancelled };
  }

  private describe({ kind, at }: FeedProblem): string {
    switch (kind) {
      case 'nul':
        return strings.refused.nul(at);
      case 'utf8':
        return strings.refused.utf8(at);
      case 'line':
        return strings.refused.line(at, LINE_BYTES[this.format]);
    }
  }
}

/** The text of a scenario: at most as long as a script may be. */
async function readText(source: SliceSource, start: Uint8Array): Promise<RecordingResult> {
  const parts = [start];
  let bytes = start.length;
  for (;;) {
    if (bytes > LIMITS.scriptBytes) return refused(strings.refused.scenarioBytes(LIMITS.scriptBytes));
    const slice = await source.next();
    if (slice === null) break;
    parts.push(slice);
    bytes += slice.length;
  }
  const whole = joined(parts, bytes);
  const feed = new LineFeed(LIMITS.scriptBytes);
  const ignore = () => {};
  for (let at = 0; at < whole.length; at += SLICE_BYTES) {
    const problem = feed.push(whole.subarray(at, at + SLICE_BYTES), ignore);
    if (problem?.kind === 'nul') return refused(strings.refused.nul(problem.at));
    if (problem?.kind === 'utf8') return refused(strings.refused.utf8(problem.at));
  }
  const problem = feed.end(ignore);
  if (problem !== null) return refused(strings.refused.utf8(problem.at));
  return { kind: 'text', text: new TextDecoder().decode(whole) };
}

/** The file could not be read to its end: moved, changed, or no longer allowed. */
class UnreadableError extends Error {}

/** Hands out a file's bytes in slices of at most `SLICE_BYTES`, whatever the pieces are in which they arrive. */
class SliceSource {
  private readonly chunks: AsyncIterator<Uint8Array>;
  private chunk = new Uint8Array(0);
  private at = 0;

  constructor(data: Blob | AsyncIterable<Uint8Array>) {
    this.chunks = data instanceof Blob ? chunksOf(data) : data[Symbol.asyncIterator]();
  }

  /** The next slice, null at the end. */
  async next(): Promise<Uint8Array | null> {
    while (this.at === this.chunk.length) {
      try {
        const { done, value } = await this.chunks.next();
        if (done === true) return null;
        this.chunk = value as Uint8Array<ArrayBuffer>;
        this.at = 0;
      } catch (error) {
        throw new UnreadableError(error instanceof Error ? error.message : String(error));
      }
    }
    const slice = this.chunk.subarray(this.at, this.at + SLICE_BYTES);
    this.at += slice.length;
    return slice;
  }

  /** Lets go of the file; what goes wrong in that concerns nobody any more. */
  async close(): Promise<void> {
    try {
      await this.chunks.return?.();
    } catch {
      // The file was read or refused already.
    }
  }
}

/** A blob's pieces. (Its stream can be iterated over directly in some browsers only.) */
async function* chunksOf(data: Blob): AsyncGenerator<Uint8Array> {
  const reader = data.stream().getReader();
  try {
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) yield piece.value;
  } finally {
    await reader.cancel();
  }
}

function joined(parts: readonly Uint8Array[], bytes: number): Uint8Array {
  const whole = new Uint8Array(bytes);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function refused(message: string): RecordingResult {
  return { kind: 'refused', message };
}

/** Lets the event loop have a turn. Not by a timer, which browsers slow down to 4 ms after the fifth. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      channel.port1.close();
      resolve();
    };
    channel.port2.postMessage(null);
  });
}
