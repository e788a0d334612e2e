/** Recordings of real programs: read in five formats, saved in two. Pure data in, plain data out; runs in a worker and in Node. */
export { RECORDING_HELP, type RecordingHelp } from './help.ts';
export { type ReadOptions, type RecordingResult, readRecording } from './read.ts';
export { type Saved, saveOperations, saveRep } from './save.ts';
export type { RecordingFormat } from './sniff.ts';
