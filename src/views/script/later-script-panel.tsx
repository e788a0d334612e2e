import { Suspense } from 'react';
import { laterPart } from '../shared/part.tsx';
import type { ScriptPanelProps } from './script-panel.tsx';

const ScriptPanel = laterPart(() => import('./script-panel.tsx').then((m) => m.ScriptPanel));

/** The script panel, which comes after the first map; its place is kept. */
export function LaterScriptPanel(props: ScriptPanelProps) {
  return (
    <Suspense fallback={<div className="script-panel" />}>
      <ScriptPanel {...props} />
    </Suspense>
  );
}

const ScriptText = laterPart(() => import('./script-panel.tsx').then((m) => m.ScriptText));

/** The editor alone, which comes after the first map; whoever shows it keeps its place. */
export function LaterScriptText() {
  return (
    <Suspense fallback={null}>
      <ScriptText />
    </Suspense>
  );
}
