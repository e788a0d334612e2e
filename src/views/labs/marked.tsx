/** A sentence with code in backticks and the number that matters in asterisks. */
export function Marked({ text }: { text: string }) {
  return text.split(/(`[^`]+`|\*[^*]+\*)/).map((part, i) => {
    const inner = part.slice(1, -1);
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of one sentence never move
    if (part.startsWith('`')) return <code key={i}>{inner}</code>;
    // biome-ignore lint/suspicious/noArrayIndexKey: as above
    if (part.startsWith('*') && inner !== '') return <strong key={i}>{inner}</strong>;
    return part;
  });
}
