import { useMemo } from 'react';
import { workStrings as words } from '../../model/strings/work.ts';
import type { NoticeWay } from '../../state/store.ts';
import { download } from '../recordings/download.ts';
import { useApp } from '../shared/app-context.tsx';

/** What the buttons of notices do. */
export function useNoticeWays(): Readonly<Record<NoticeWay, () => void>> {
  const app = useApp();
  return useMemo(
    () => ({
      file: () => app.look.open('share'),
      restore: () => {
        app.look.dismiss('kept');
        void app.keeper?.list().then(([newest]) => newest && app.keeper?.reopen(newest));
      },
      export: () => void app.keeper?.export().then((all) => download(all, words.rawFile)),
      reload: () => location.reload(),
    }),
    [app],
  );
}
