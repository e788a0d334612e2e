// What every command needs before it can do its own work: packages installed, Wasm and grammar built.
// Only Node's own modules may be imported at the top: this runs on a fresh clone.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
const OLDEST_NODE = [20, 19];

/** Hash of files' contents and names; folders are read through. Missing paths count as empty. */
export function fingerprint(...paths) {
  const hash = createHash('sha256');
  const add = (path) => {
    if (!existsSync(path)) return;
    const entries = readdirSyncOrNull(path);
    if (entries === null) hash.update(path.slice(root.length)).update(readFileSync(path));
    else for (const name of entries.sort()) add(join(path, name));
  };
  for (const path of paths) add(join(root, path));
  return hash.digest('hex');
}

function readdirSyncOrNull(path) {
  try {
    return readdirSync(path);
  } catch {
    return null;
  }
}

/** Runs a command to its end; throws with its output when it fails. `quiet` keeps standard output clean. */
export function run(command, args, { quiet = false, env = {} } = {}) {
  const result = spawnSync(command, args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (result.status !== 0) {
    const said = quiet ? `\n${result.stdout ?? ''}${result.stderr ?? ''}` : '';
    throw new Error(`${command} ${args.join(' ')} failed.${said}`);
  }
}

/** Installs the packages when node_modules is missing or was installed from another lock file. */
export function ensurePackages({ quiet = false } = {}) {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1])) {
    throw new Error(`Heapscape needs Node ${OLDEST_NODE.join('.')} or newer; this is ${process.versions.node}.`);
  }
  const stampFile = join(root, 'node_modules', '.heapscape-installed');
  const stamp = fingerprint('package.json', 'package-lock.json');
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  run('npm', ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel', 'error'], { quiet });
  writeFileSync(stampFile, stamp);
}

/** Packages, grammar, Wasm modules and the gallery's pictures, each only if stale. */
export async function ensureBuilt({ quiet = false } = {}) {
  ensurePackages({ quiet });
  const { generate } = await import('./grammar.mjs');
  await generate();
  const { build } = await import('../../wasm/build.mjs');
  await build({ quiet });
  const { generatePictures } = await import('./pictures.mjs');
  await generatePictures();
}

/** Runs a command's main function; a failure is one message and exit code 1. */
export async function task(main) {
  try {
    await main();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}
