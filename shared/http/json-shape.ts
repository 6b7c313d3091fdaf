import { atBody, type Fault } from './fault.ts';

/** An object or array that is open at this point of the text. */
interface Open {
  /** The names it has had so far; undefined in an array. */
  readonly names: Set<string> | undefined;
  at: string | number;
  awaitsName: boolean;
}

/**
 * What is wrong with the shape of a JSON text, found in one pass that builds nothing: nested deeper than `deepest`, or
 * a field that is there twice, which JSON.parse would settle in silence (RFC 8259 §4). Text that is not JSON may pass.
 */
export function shapeFault(text: string, deepest: number): Fault | undefined {
  const open: Open[] = [];
  const path = () => open.map(({ at }) => at);
  for (let i = 0; i < text.length; i++) {
    const top = open.at(-1);
    switch (text[i]) {
      case '"': {
        const end = endOfString(text, i);
        if (top?.names && top.awaitsName) {
          top.at = nameIn(text.slice(i, end + 1));
          top.awaitsName = false;
          if (top.names.has(top.at)) return atBody(path(), 'This field is there twice');
          top.names.add(top.at);
        }
        i = end;
        break;
      }
      case '{':
      case '[':
        if (open.length === deepest) return atBody(path().slice(0, 3), `Nested deeper than ${deepest} levels`);
        open.push(
          text[i] === '{'
            ? { names: new Set(), at: '', awaitsName: true }
            : { names: undefined, at: 0, awaitsName: false },
        );
        break;
      case '}':
      case ']':
        open.pop();
        break;
      case ',':
        if (top?.names) top.awaitsName = true;
        else if (top) top.at = Number(top.at) + 1;
        break;
    }
  }
  return undefined;
}

function endOfString(text: string, start: number): number {
  for (let i = start + 1; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === '"') return i;
  }
  return text.length;
}

/** The name behind a JSON string: `"\u0061"` and `"a"` are the same one. */
function nameIn(quoted: string): string {
  if (!quoted.includes('\\')) return quoted.slice(1, -1);
  try {
    return String(JSON.parse(quoted));
  } catch {
    return quoted;
  }
}
