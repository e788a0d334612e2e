// A small static server for the built page: what any host of static files does, nothing more.
import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';
import { createGzip } from 'node:zlib';

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.wasm': 'application/wasm',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.heap': 'text/plain; charset=utf-8',
};

/** What hosts send compressed. */
const COMPRESSED = ['.html', '.js', '.css', '.json', '.webmanifest', '.svg', '.wasm', '.heap'];

/**
 * Serves `folder` under `prefix` (`/` or `/sub/path/`); files outside of it do not exist. `compress`: by gzip, as most hosts do.
 */
export function staticServer(folder, prefix = '/', { compress = false } = {}) {
  return createServer((request, response) => {
    const refuse = (status) => response.writeHead(status, { 'content-type': 'text/plain' }).end(`${status}\n`);
    let path;
    try {
      path = decodeURIComponent(new URL(request.url, 'http://host').pathname);
    } catch {
      return refuse(400);
    }
    if (!path.startsWith(prefix)) return refuse(404);
    path = path.slice(prefix.length);
    const file = normalize(join(folder, path === '' || path.endsWith('/') ? `${path}index.html` : path));
    if (!file.startsWith(folder + sep)) return refuse(404);
    const found = statSync(file, { throwIfNoEntry: false });
    if (!found?.isFile()) return refuse(404);
    const zipped = compress && COMPRESSED.includes(extname(file));
    response.writeHead(200, {
      'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
      ...(zipped ? { 'content-encoding': 'gzip' } : { 'content-length': found.size }),
      // Names in assets/ carry a hash of their content; all else is asked for again.
      'cache-control': path.startsWith('assets/') ? 'max-age=31536000, immutable' : 'no-cache',
    });
    if (request.method === 'HEAD') response.end();
    else if (zipped) createReadStream(file).pipe(createGzip()).pipe(response);
    else createReadStream(file).pipe(response);
  });
}

/** Listens on `port`, or on the first free one from it when `search`. Resolves to the port. */
export function listen(server, port, search) {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      if (error.code === 'EADDRINUSE' && search && port < 65_535) resolve(listen(server, port + 1, true));
      else if (error.code === 'EADDRINUSE')
        reject(new Error(`Port ${port} is in use. Set PORT to another one, or leave it out for the first free port.`));
      else reject(error);
    });
    server.listen(port, () => resolve(server.address().port));
  });
}
