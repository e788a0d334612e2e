import { open } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import type { Diagnostic } from '../model/diagnostics.ts';
import type { Scenario } from '../model/scenario.ts';
import { cliStrings as say } from '../model/strings/cli.ts';
import { compile, startRun } from '../script/index.ts';
import { readRecording } from '../trace/index.ts';
import { BadInput } from './arguments.ts';

/** The file as a scenario, whatever it holds. Relative names count from where the command was called. */
export async function readScenario(file: string): Promise<Scenario> {
  const path = isAbsolute(file) ? file : join(process.env.INIT_CWD ?? process.cwd(), file);
  let handle: Awaited<ReturnType<typeof open>>;
  try {
    handle = await open(path);
  } catch (error) {
    throw new BadInput(say.cannotRead(file, (error as Error).message));
  }
  try {
    const { size } = await handle.stat();
    const read = await readRecording(handle.createReadStream({ autoClose: false }), size, {
      name: file,
      onProgress: () => {},
      signal: new AbortController().signal,
    });
    switch (read.kind) {
      case 'scenario':
        return read.scenario;
      case 'text':
        return runScript(file, read.text);
      case 'refused':
        throw new BadInput(`${file}: ${read.message}`);
    }
  } catch (error) {
    if (error instanceof BadInput) throw error;
    // A folder opens but does not read; a disk may fail half-way.
    throw new BadInput(say.cannotRead(file, (error as Error).message));
  } finally {
    await handle.close();
  }
}

/** A script as a scenario. */
export function runScript(file: string, text: string): Scenario {
  const { program, diagnostics } = compile(text);
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (program === null) throw new BadInput(errors.map((error) => place(file, error)).join('\n'));
  const run = startRun(program);
  while (run.advance(Number.MAX_SAFE_INTEGER) === 'more');
  return run.finish();
}

/** A message with the place it speaks of. */
export function place(file: string, { line, column, code, message }: Diagnostic): string {
  return say.atLine(file, line, column, code, message);
}
