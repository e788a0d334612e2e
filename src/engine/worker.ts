import { modulesFromPage } from './modules-page.ts';
import { HEARTBEAT, type Request } from './protocol.ts';
import { Session } from './session.ts';

const scope = self as unknown as DedicatedWorkerGlobalScope;
const session = new Session((reply, transfer = []) => scope.postMessage(reply, transfer), modulesFromPage);

scope.onmessage = ({ data }: MessageEvent<Request | typeof HEARTBEAT>) => {
  if (data === HEARTBEAT) scope.postMessage(HEARTBEAT);
  else session.receive(data);
};
