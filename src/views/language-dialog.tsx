import { viewsStrings as words } from '../model/strings/views.ts';
import { REFERENCE, REFERENCE_MESSAGES } from '../script/reference.ts';
import { LanguageReference } from './reference/language-reference.tsx';
import { useApp } from './shared/app-context.tsx';

/** The language reference; an example that is tried becomes the script. */
export function LanguageDialog({ onClose }: { onClose: () => void }) {
  const { runs, look } = useApp();
  return (
    <LanguageReference
      sections={REFERENCE}
      messages={REFERENCE_MESSAGES}
      onClose={onClose}
      onTry={(text) => {
        look.leaveGuide();
        runs.open({ kind: 'script', name: words.bar.own, text, origin: { kind: 'own' } });
      }}
    />
  );
}
