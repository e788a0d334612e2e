import { workStrings as words } from '../../model/strings/work.ts';
import { useApp, useFact } from '../shared/app-context.tsx';
import { useNoticeWays } from './use-notice-ways.ts';

/** What stays until it is read: one line each, what can be done about it beside it. */
export function Notices() {
  const { look } = useApp();
  const notices = useFact((state) => state.notices);
  const ways = useNoticeWays();
  return notices.map(({ key, text, alert, ways: offered }) => (
    <div key={key} className="status-line status-notice" role={alert ? 'alert' : 'status'}>
      <p>{text}</p>
      {offered.map((way) => (
        <button key={way} type="button" className="button" onClick={() => ways[way]()}>
          {words.ways[way]}
        </button>
      ))}
      <button type="button" className="button" data-kind="plain" onClick={() => look.dismiss(key)}>
        {words.dismiss}
      </button>
    </div>
  ));
}
