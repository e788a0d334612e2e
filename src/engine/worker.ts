import { modulesFromPage } from './modules-page.ts';
import { AHEAD, HEARTBEAT, REST, type Request } from './protocol.ts';
import { Session } from './session.ts';

const scope = self as unknown as DedicatedWorkerGlobalScope;
let rest: () => void = () => {};
const told = new Promise<void>((resolve) => {
  rest = resolve;
});
const session = new Session((reply, transfer = []) => scope.postMessage(reply, transfer), modulesFromPage, told);

scope.onmessage = ({ data }: MessageEvent<Request | typeof AHEAD | typeof HEARTBEAT | typeof REST>) => {
  if (data === HEARTBEAT) scope.postMessage(HEARTBEAT);
  else if (data === REST) rest();
  else if (data === AHEAD) import('./fetch-ahead.ts').then((m) => m.fetchAhead(modulesFromPage)).catch(() => {});
  else session.receive(data);
};
