/**
 * What the page's main thread does while something runs in it, in the processor's time: what other programs of the machine
 * take meanwhile is not counted, which a clock on the wall cannot tell apart.
 */
const CATEGORIES = ['toplevel', 'devtools.timeline', 'v8', 'cc'];
/** All that is JavaScript: calls into it, its microtasks, and collecting what it leaves. */
const SCRIPT = /^(v8\.|V8\.|FunctionCall$|EvaluateScript$|RunMicrotasks$|MinorGC$|MajorGC$)/;

/** Milliseconds of JavaScript of each frame while `work` runs, and of the longest task. */
export async function processorTime(page, work) {
  const session = await page.context().browser().newBrowserCDPSession();
  const events = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(...value));
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: CATEGORIES },
  });
  await work();
  const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
  await session.send('Tracing.end');
  await complete;
  await session.detach();
  return framesOf(busiestMainThread(events));
}

/** Events of the page itself: other renderers (spare ones, frames) have next to none. */
function busiestMainThread(events) {
  let busiest = [];
  for (const { pid, tid, name, args } of events) {
    if (name !== 'thread_name' || args.name !== 'CrRendererMain') continue;
    const own = events.filter((event) => event.pid === pid && event.tid === tid && event.ph === 'X');
    if (own.length > busiest.length) busiest = own;
  }
  return busiest.sort((a, b) => a.ts - b.ts || b.dur - a.dur);
}

function framesOf(events) {
  const frames = [];
  let spent = -1;
  let longest = 0;
  // Calls lie within calls: only the outermost counts.
  let scriptEnd = 0;
  for (const { name, ts, dur, tdur = 0 } of events) {
    if (name === 'ThreadControllerImpl::RunTask') longest = Math.max(longest, tdur / 1000);
    if (name === 'ProxyMain::BeginMainFrame') {
      if (spent >= 0) frames.push(spent);
      spent = 0;
    }
    if (!SCRIPT.test(name) || ts < scriptEnd) continue;
    scriptEnd = ts + dur;
    if (spent >= 0) spent += tdur / 1000;
  }
  return { spent: frames, longest };
}
