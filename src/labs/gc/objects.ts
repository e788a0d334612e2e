// The program of the lab about WasmGC as plain JavaScript objects: a balanced tree of n nodes, a list of n records, a
// string in each.

interface Node {
  value: number;
  left: Node | null;
  right: Node | null;
}

interface Record {
  id: number;
  score: number;
  name: string;
  next: Record | null;
}

function tree(from: number, to: number): Node | null {
  if (from >= to) return null;
  const middle = (from + to) >>> 1;
  return { value: middle, left: tree(from, middle), right: tree(middle + 1, to) };
}

const sum = (node: Node | null): number => (node === null ? 0 : node.value + sum(node.left) + sum(node.right));

/** What the modules export, as closures over one tree and one list. */
export function plainObjects() {
  let root: Node | null = null;
  let list: Record | null = null;
  return {
    build(n: number): void {
      root = tree(0, n);
      for (let i = 0; i < n; i++) {
        list = { id: i, score: (i * 7919) % 1000, name: String(i).padStart(12, '0'), next: list };
      }
    },
    walk(): number {
      let total = sum(root);
      for (let record = list; record !== null; record = record.next) {
        total += record.id + record.score;
        for (let at = 0; at < record.name.length; at++) total += record.name.charCodeAt(at);
      }
      return total | 0;
    },
    drop(): void {
      root = null;
      list = null;
    },
    root: () => root,
    value: (node: Node) => node.value,
  };
}
