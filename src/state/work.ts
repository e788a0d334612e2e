import type { Document } from './store.ts';

/** A name for a piece of work, never given twice. */
export function newWork(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** What a lesson runs: no work of the visitor's, and never kept. */
export const LESSON_WORK = 'lesson';

/** Is there something in a document that the visitor made or brought, and would miss? */
export function isOwnWork(document: Document): boolean {
  if (document.origin.kind === 'gallery') return false;
  return document.kind === 'recording' || document.text.trim() !== '';
}
