import { modulesFromPage } from './modules-page.ts';
import { HEARTBEAT, REST, type Request } from './protocol.ts';
import { Session } from './session.ts';

const scope = self as unknown as DedicatedWorkerGlobalScope;
let rest: () => void = () => {};
const told = new Promise<void>((resolve) => {
  rest = resolve;
});
const session = new Session((reply, transfer = []) => scope.postMessage(reply, transfer), modulesFromPage, told);

scope.onmessage = ({ data }: MessageEvent<Request | typeof HEARTBEAT | typeof REST>) => {
  if (data === HEARTBEAT) scope.postMessage(HEARTBEAT);
  else if (data === REST) rest();
  else session.receive(data);
};
