import type { LabReply, LabRequest } from './protocol.ts';

/** Starts one run in a worker of its own. The function that it returns ends the worker, whatever it is doing. */
export function startLab(request: LabRequest, listen: (reply: LabReply) => void): () => void {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'lab' });
  const end = () => {
    worker.onmessage = worker.onerror = null;
    worker.terminate();
  };
  worker.onmessage = ({ data }: MessageEvent<LabReply>) => {
    if (data.type !== 'progress') end();
    listen(data);
  };
  worker.onerror = (event) => {
    event.preventDefault();
    end();
    listen({ type: 'failed', message: event.message ?? '' });
  };
  worker.postMessage(request);
  return end;
}
