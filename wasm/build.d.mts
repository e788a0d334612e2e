/** Each module: its entry file, its options, how the released build is optimised. */
export const MODULES: Readonly<Record<string, { entry: string; options: string[]; optimise: string[] }>>;
/** Changes whenever a build could come out differently. */
export function fingerprint(): string;
/** Builds what is missing or stale; false if nothing was. `names` narrows it to some modules. */
export function build(options?: { names?: string[]; quiet?: boolean }): Promise<boolean>;
/** Compiles one AssemblyScript file; paths are relative to the project's folder. Throws with the compiler's messages. */
export function compileEntry(entry: string, file: string, options: readonly string[]): Promise<void>;
