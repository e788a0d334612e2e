import { workStrings as words } from '../../model/strings/work.ts';
import type { NoticeWay } from '../../state/store.ts';
import { useApp, useFact } from '../shared/app-context.tsx';

/** What the buttons of notices do. */
const WAYS: Readonly<Record<NoticeWay, () => void>> = { reload: () => location.reload() };

/** What stays until it is read: one line each, what can be done about it beside it. */
export function Notices() {
  const { look } = useApp();
  const notices = useFact((state) => state.notices);
  return notices.map(({ key, text, alert, ways: offered }) => (
    <div key={key} className="status-line status-notice" role={alert ? 'alert' : 'status'}>
      <p>{text}</p>
      {offered.map((way) => (
        <button key={way} type="button" className="button" onClick={() => WAYS[way]()}>
          {words.ways[way]}
        </button>
      ))}
      <button type="button" className="button" data-kind="plain" onClick={() => look.dismiss(key)}>
        {words.dismiss}
      </button>
    </div>
  ));
}
