import type { ReactNode } from 'react';

/** A button and no link: what follows the # of the address is a shared link's. */
export function SkipLink({ to, children }: { to: string; children: ReactNode }) {
  return (
    <button type="button" className="skip-link" onClick={() => document.getElementById(to)?.focus()}>
      {children}
    </button>
  );
}
