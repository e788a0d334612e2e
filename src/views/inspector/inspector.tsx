import { inspectorStrings as words } from '../../model/strings/inspector.ts';
import { useApp, useFact } from '../shared/app-context.tsx';
import { Splitter } from '../shared/splitter.tsx';
import { Contents } from './contents.tsx';
import './inspector.css';

/** What the selected page or block consists of, at the side of the lanes; under them on a narrow page. */
export function Inspector({ sheet }: { sheet: boolean }) {
  const { look } = useApp();
  const width = useFact((state) => state.inspectorWidth);
  return (
    <aside className="inspector" data-sheet={sheet || undefined} aria-label={words.label}>
      {!sheet && (
        <Splitter
          label={words.resize}
          axis="inline"
          sign={-1}
          value={width}
          least={220}
          most={420}
          onChange={look.setInspectorWidth}
        />
      )}
      <Contents onClose={look.toggleInspector} />
    </aside>
  );
}
