import { lessonStrings as words } from '../../model/strings/lessons.ts';
import { chunkOf, inspectedOf } from '../../state/inspections.ts';
import { PagePicture } from '../inspector/page-picture.tsx';
import { useApp, useFact } from '../shared/app-context.tsx';
import { laneLetter } from '../shared/lane-letter.ts';
import { usePosition } from '../shared/use-position.ts';
import '../inspector/inspector.css';

/** One page block by block: the selected one, else where the needle's operation was. Small heaps are seen here, not on the map. */
export function PageToScale() {
  const { store, records } = useApp();
  usePosition();
  useFact((state) => state.lanes);
  useFact((state) => state.link.selected);
  useFact((state) => state.focusedLane);
  const { page: known } = useFact((state) => state.inspect);
  const state = store.getState();
  const target = inspectedOf(state, records);
  const reading =
    target !== null && known?.lane === target.lane.key && known.reading.page === target.page ? known.reading : null;
  if (target === null || reading === null || reading.spans.kind.length === 0) return null;
  const letter = laneLetter(target.index);
  return (
    <section className="lesson-page" data-lane={letter} aria-label={words.page(target.page, letter)}>
      <h3>{words.page(target.page, letter)}</h3>
      <PagePicture target={target} reading={reading} chunk={chunkOf(state, records, target)} />
    </section>
  );
}
