import type { Provenance } from '../../labs/protocol.ts';
import { duration, labsStrings as words } from '../../model/strings/labs.ts';

/** Where, when and how this was measured. */
export function ProvenanceNote({ provenance: p }: { provenance: Provenance }) {
  const { provenance: say } = words;
  const time = new Date(p.startedAt).toLocaleTimeString('en-GB');
  return (
    <section className="lab-provenance" aria-labelledby="lab-provenance">
      <h3 id="lab-provenance">{say.title}</h3>
      <p>
        {say.when(time, duration(p.tookMs * 1e6))} {say.machine(p.browser, p.system, p.cores)}{' '}
        {say.clock(duration(p.tickMs * 1e6), p.isolated)}{' '}
        {p.measures > 0 && (
          <>
            {p.batchMs > 0 && `${say.batch(duration(p.batchMs * 1e6))} `}
            {say.runs(p.fewestRuns, p.mostRuns)} {say.gap}{' '}
          </>
        )}
        {say.exact}
      </p>
    </section>
  );
}
