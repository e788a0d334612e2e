/**
 * Canvases lose what is on them: when the graphics process ends, and in browsers that say nothing of it while the page was
 * out of sight. And what is written on them is out of date when a typeface arrives. Everything that is kept between frames (pictures of maps, still layers, labels) is kept for one generation.
 */
let generation = 0;
const listeners = new Set<() => void>();

/** Another number than before: what was drawn may be gone, and is drawn anew. */
export function canvasGeneration(): number {
  return generation;
}

/** Calls when canvases may have lost what was on them. Returns a way to stop that. */
export function onCanvasLoss(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function lost(): void {
  generation++;
  for (const listener of listeners) listener();
}

/**
 * Listens to all canvases of a document. Safari tells of no loss; so a page that comes into sight again draws itself anew,
 * which costs one frame and needs no look at a pixel.
 */
export function watchCanvases(document: Document): void {
  // What was written in the face that stood in for another is written anew.
  document.fonts.addEventListener('loadingdone', lost);
  // The event does not bubble.
  document.addEventListener('contextrestored', lost, true);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') lost();
  });
}
