import { useId, useMemo, useState } from 'react';
import { paletteStrings as words } from '../../model/strings/palette.ts';
import { viewsStrings } from '../../model/strings/views.ts';
import type { App } from '../../state/app.ts';
import { operationCount } from '../../state/store.ts';
import { DialogFrame } from '../reference/dialog-frame.tsx';
import { useApp } from '../shared/app-context.tsx';
import { type Command, commandsOf } from './commands.ts';
import { type Destination, destinations, type Extent } from './destinations.ts';
import './palette.css';

/** Goes to a page, an address, an operation, a line or a scenario, and does what the page can do, all by typing. */
export function Palette({ onClose }: { onClose: () => void }) {
  const app = useApp();
  const commands = useMemo(() => commandsOf(app), [app]);
  const extent = useMemo(() => extentOf(app), [app]);
  const [query, setQuery] = useState('');
  const [active, setActive] = useState(0);
  const list = useId();
  const found = destinations(
    query,
    extent,
    commands.map(({ name }) => name),
  );
  const choose = (destination: Destination | undefined) => {
    if (destination === undefined) return;
    onClose();
    app.look.leaveGuide();
    go(app, destination, commands);
  };
  const move = (to: number) => {
    setActive(to);
    document.getElementById(`${list}-${to}`)?.scrollIntoView({ block: 'nearest' });
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    const last = found.length - 1;
    switch (event.key) {
      case 'ArrowDown':
        move(active >= last ? 0 : active + 1);
        break;
      case 'ArrowUp':
        move(active <= 0 ? Math.max(0, last) : active - 1);
        break;
      case 'Enter':
        choose(found[active]);
        break;
      default:
        return;
    }
    event.preventDefault();
  };
  return (
    <DialogFrame title={words.title} onClose={onClose} className="palette-frame">
      <input
        data-autofocus=""
        className="palette-query"
        type="text"
        role="combobox"
        spellCheck={false}
        autoComplete="off"
        aria-label={words.label}
        placeholder={words.label}
        aria-expanded={found.length > 0}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={found.length > 0 ? `${list}-${active}` : undefined}
        value={query}
        onChange={(event) => {
          setQuery(event.target.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
      />
      {found.length === 0 && (
        <p className="palette-none" role="status">
          {words.none(query.trim())}
        </p>
      )}
      <div role="listbox" id={list} className="palette-list" aria-label={words.results} tabIndex={-1}>
        {found.map((destination, index) => {
          const { name, note } = textOf(destination, commands, extent);
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the field's
            // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus and says which option is active
            <div
              key={`${destination.kind} ${name}`}
              id={`${list}-${index}`}
              role="option"
              className="palette-option"
              aria-selected={index === active}
              onPointerMove={() => setActive(index)}
              onClick={() => choose(destination)}
            >
              <span>{name}</span>
              <span className="palette-note">{note}</span>
            </div>
          );
        })}
      </div>
    </DialogFrame>
  );
}

function extentOf({ store, records }: App): Extent {
  const state = store.getState();
  const pages = state.lanes.map(({ key }) => records.lane(key).frame?.finalPages ?? 0);
  const lines = state.format === 'script' ? new Set(records.operations?.line ?? []) : new Set<number>();
  return {
    pages: Math.max(0, ...pages),
    operations: operationCount(state),
    lines: [...lines].filter((line) => line > 0).sort((a, b) => a - b),
  };
}

function textOf(destination: Destination, commands: readonly Command[], extent: Extent) {
  switch (destination.kind) {
    case 'page':
      return { name: words.page(destination.page), note: words.pageAt(destination.page) };
    case 'address':
      return { name: words.address(destination.address), note: words.addressIn(destination.page) };
    case 'operation':
      return { name: words.operation(destination.operation), note: words.operationOf(extent.operations) };
    case 'line':
      return { name: words.line(destination.line), note: words.lineFirst };
    case 'named':
      return commands[destination.index]!;
  }
}

function go(app: App, destination: Destination, commands: readonly Command[]): void {
  const { store, records, point, playback, look } = app;
  if (destination.kind === 'named') {
    commands[destination.index]!.run();
    return;
  }
  look.show('compare');
  switch (destination.kind) {
    case 'page':
    case 'address': {
      const { focusedLane } = store.getState();
      const frame = records.lane(focusedLane).frame;
      const block = destination.kind === 'address' ? (frame?.blockAt(destination.address) ?? 0) : 0;
      const { page } = destination;
      point.select(
        block === 0
          ? { kind: 'page', lane: focusedLane, page }
          : { kind: 'block', lane: focusedLane, operation: block, page },
      );
      look.announce(viewsStrings.address(page * 65_536));
      break;
    }
    case 'operation':
      playback.seek(destination.operation);
      break;
    case 'line': {
      const first = records.operations?.line.indexOf(destination.line) ?? -1;
      if (first >= 0) playback.seek(first + 1);
      point.select({ kind: 'line', line: destination.line });
      break;
    }
  }
}
