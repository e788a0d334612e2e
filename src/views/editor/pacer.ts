export interface Pacer {
  /** Calls the task now, or as soon as its pause is over; many requests in a pause make one call. */
  request(): void;
  stop(): void;
}

/** Holds a task to at most one call in `everyMs`. The last request is always served, so the end state is never missed. */
export function paced(everyMs: number, task: () => void): Pacer {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let waiting = false;
  const serve = () => {
    timer = setTimeout(() => {
      timer = null;
      if (!waiting) return;
      waiting = false;
      serve();
    }, everyMs);
    task();
  };
  return {
    request() {
      if (timer === null) serve();
      else waiting = true;
    },
    stop() {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      waiting = false;
    },
  };
}
