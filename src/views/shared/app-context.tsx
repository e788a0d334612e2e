import { createContext, type ReactNode, useContext } from 'react';
import { useStore } from 'zustand';
import type { App } from '../../state/app.ts';
import type { AppState } from '../../state/store.ts';

const AppContext = createContext<App | null>(null);

export function AppProvider({ app, children }: { app: App; children: ReactNode }) {
  return <AppContext value={app}>{children}</AppContext>;
}

/** The page's commands and records. */
export function useApp(): App {
  const app = useContext(AppContext);
  if (app === null) throw new Error('A view stands outside of AppProvider');
  return app;
}

/** A fact of the store; the component renders again when it changes. Never for the position: that is `useFrame`'s. */
export function useFact<T>(select: (state: AppState) => T): T {
  return useStore(useApp().store, select);
}
