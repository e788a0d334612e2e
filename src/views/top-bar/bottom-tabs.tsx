import { grouped } from '../../model/strings/numbers.ts';
import { viewsStrings as words } from '../../model/strings/views.ts';
import type { PhoneTab } from '../../state/store.ts';
import { failedChecks, findingsOf } from '../lanes/findings-of.ts';
import { useApp, useFact } from '../shared/app-context.tsx';
import { usePhoneWidth } from '../shared/use-media.ts';
import { SECTIONS } from './top-bar.tsx';

const PHONE_TABS: readonly PhoneTab[] = ['map', 'script', 'metrics', 'findings'];

/** The parts of the page under 900 px: a thumb's reach away. A phone parts the comparison further, one thing at a time. */
export function BottomTabs() {
  const { look } = useApp();
  const section = useFact((state) => state.section);
  const tab = useFact((state) => state.phoneTab);
  const phone = usePhoneWidth();
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
            {name === 'findings' && <FindingCount />}
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

/** Says on the tab how many wait behind it. */
function FindingCount() {
  const scenario = useFact((state) => state.scenario);
  const lanes = useFact((state) => state.lanes);
  const many = findingsOf(scenario, lanes).length + (scenario?.findingsLeftOut ?? 0) + failedChecks(lanes);
  return many === 0 ? null : <b className="tab-count">{grouped(many)}</b>;
}
