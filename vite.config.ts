import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

/**
 * The page needs nothing from anywhere else and may run nothing but its own files. In the built page only: the
 * development server injects inline scripts.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

const contentSecurityPolicy: Plugin = {
  name: 'content-security-policy',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    handler: (html) =>
      html.replace('<head>', `<head>\n    <meta http-equiv="Content-Security-Policy" content="${POLICY}" />`),
  },
};

export default defineConfig({
  base: './',
  plugins: [react(), contentSecurityPolicy],
  build: { assetsInlineLimit: 0, target: 'es2022' },
  worker: { format: 'es' },
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'wasm/tests/**/*.test.ts'],
    testTimeout: 120_000,
  },
});
