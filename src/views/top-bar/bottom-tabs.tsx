import { viewsStrings as words } from '../../model/strings/views.ts';
import type { PhoneTab } from '../../state/store.ts';
import { useApp, useFact } from '../shared/app-context.tsx';
import { useMedia } from '../shared/use-media.ts';
import { SECTIONS } from './top-bar.tsx';

const PHONE_TABS: readonly PhoneTab[] = ['map', 'script', 'metrics'];

/** The parts of the page under 900 px: a thumb's reach away. A phone parts the comparison further, one thing at a time. */
export function BottomTabs() {
  const { look } = useApp();
  const section = useFact((state) => state.section);
  const tab = useFact((state) => state.phoneTab);
  const phone = useMedia('(width < 700px)');
  return (
    <nav className="bottom-tabs" aria-label={words.sections.label}>
      {phone &&
        PHONE_TABS.map((name) => (
          <button
            key={name}
            type="button"
            className="bottom-tab"
            aria-current={section === 'compare' && name === tab ? 'page' : undefined}
            onClick={() => {
              look.show('compare');
              look.showTab(name);
            }}
          >
            {words.phone[name]}
          </button>
        ))}
      {SECTIONS.filter((name) => !phone || name !== 'compare').map((name) => (
        <button
          key={name}
          type="button"
          className="bottom-tab"
          aria-current={section === name ? 'page' : undefined}
          onClick={() => look.show(name)}
        >
          {words.sections[name]}
        </button>
      ))}
    </nav>
  );
}
