/** Runs before the page's own scripts: adds up the JavaScript of each frame, wherever it runs, and notes long tasks. */
export function watchFrames() {
  localStorage.setItem('heapscape.guide', 'seen');
  const frames = { now: -1, spent: 0, depth: 0, all: [], longest: 0 };
  window.benchFrames = frames;
  const timed = (call) =>
    function (...values) {
      frames.depth++;
      const start = performance.now();
      try {
        return call.apply(this, values);
      } finally {
        // What is called within what is measured is measured with it.
        if (--frames.depth === 0) frames.spent += performance.now() - start;
      }
    };
  window.benchTimed = timed;
  const request = window.requestAnimationFrame.bind(window);
  window.requestAnimationFrame = (callback) => {
    const measured = timed(callback);
    return request((now) => {
      if (now !== frames.now) {
        if (frames.now >= 0) frames.all.push(frames.spent);
        frames.now = now;
        frames.spent = 0;
      }
      measured(now);
    });
  };
  const later = window.setTimeout.bind(window);
  window.setTimeout = (call, ...rest) => later(typeof call === 'function' ? timed(call) : call, ...rest);
  for (const kind of [MessagePort, Worker]) {
    const { set, get } = Object.getOwnPropertyDescriptor(kind.prototype, 'onmessage');
    Object.defineProperty(kind.prototype, 'onmessage', {
      get,
      set(listener) {
        set.call(this, listener === null ? null : timed(listener));
      },
    });
  }
  const listen = Worker.prototype.addEventListener;
  Worker.prototype.addEventListener = function (type, listener, ...rest) {
    return listen.call(this, type, type === 'message' ? timed(listener) : listener, ...rest);
  };
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) frames.longest = Math.max(frames.longest, duration);
  }).observe({ type: 'longtask' });
}

/** Opens a scenario in lanes of its own and waits until it is all recorded and read. */
export async function openScenario(page, { script, lanes }) {
  await page.evaluate(
    ({ text, names }) => {
      const { app } = window.heapscape;
      window.benchGeneration = app.store.getState().generation;
      for (const { key } of app.store.getState().lanes) app.lanes.remove(key);
      for (const name of names) app.lanes.add(name);
      app.runs.open({ kind: 'script', name: 'bench', text, origin: { kind: 'own' } });
    },
    { text: script, names: lanes },
  );
  await page.waitForFunction(
    () => {
      const { generation, status, lanes: shown } = window.heapscape.app.store.getState();
      return (
        generation > window.benchGeneration && status.kind === 'done' && shown.every((lane) => lane.result !== null)
      );
    },
    null,
    { timeout: 240_000 },
  );
  await page.evaluate(() => window.heapscape.whenIdle());
}

/** The playhead jumps about for so many frames: milliseconds of JavaScript of each, and the longest task. */
export function scrub(page, count) {
  return page.evaluate(async (jumps) => {
    const { app } = window.heapscape;
    const frames = window.benchFrames;
    const { count: operations } = app.records.operations;
    const seek = window.benchTimed((position) => app.playback.seek(position));
    frames.all.length = 0;
    frames.longest = 0;
    let seed = 1;
    for (let k = 0; k < jumps; k++) {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
      seek(Math.floor((seed / 2 ** 32) * operations));
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    return { spent: [...frames.all], longest: frames.longest };
  }, count);
}
