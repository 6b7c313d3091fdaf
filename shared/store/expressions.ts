import { FACT, NO_FACT } from './names.ts';
import type { Change, Condition, Conditions, Path } from './table.ts';

/** A DynamoDB expression with its names and values, built up piece by piece. */
export class Expressions {
  readonly names: Record<string, string> = {};
  readonly values: Record<string, unknown> = {};
  readonly #aliases = new Map<string, string>();

  path(path: Path): string {
    return path.map((name) => this.#name(name)).join('.');
  }

  value(value: unknown): string {
    const alias = `:v${Object.keys(this.values).length}`;
    this.values[alias] = value;
    return alias;
  }

  #name(name: string): string {
    const known = this.#aliases.get(name);
    if (known) return known;
    const alias = `#n${this.#aliases.size}`;
    this.#aliases.set(name, alias);
    this.names[alias] = name;
    return alias;
  }
}

/** The condition expression of these conditions; undefined when there are none. */
export function conditionExpression(conditions: Conditions, into: Expressions): string | undefined {
  return conditions.length === 0 ? undefined : conditions.map((each) => one(each, into)).join(' AND ');
}

function one(condition: Condition, into: Expressions): string {
  switch (condition.is) {
    case 'there':
      return `attribute_exists(${into.path(['pk'])})`;
    case 'absent':
      return `attribute_not_exists(${into.path(condition.path ?? ['pk'])})`;
    case 'present':
      return `attribute_exists(${into.path(condition.path)})`;
    case 'equal':
      return `${into.path(condition.path)} = ${into.value(condition.value)}`;
    case 'differs': {
      const path = into.path(condition.path);
      return `(attribute_not_exists(${path}) OR ${path} <> ${into.value(condition.value)})`;
    }
    case 'one-of':
      return `${into.path(condition.path)} IN (${condition.values.map((value) => into.value(value)).join(', ')})`;
    case 'below':
      return `${into.path(condition.path)} < ${into.value(condition.value)}`;
    case 'in-set':
      return `contains(${into.path(condition.path)}, ${into.value(condition.value)})`;
    case 'any':
      return `(${condition.of.map((each) => one(each, into)).join(' OR ')})`;
  }
}

/** The update expression of a change that states `fact`. */
export function updateExpression(change: Change, fact: string | undefined, into: Expressions): string {
  const set = [...(change.set ?? []), [[FACT], fact ?? NO_FACT] as const];
  const clauses: [string, string[]][] = [
    ['SET', set.map(([path, value]) => `${into.path(path)} = ${into.value(value)}`)],
    ['REMOVE', (change.remove ?? []).map((path) => into.path(path))],
    ['ADD', (change.add ?? []).map(([path, by]) => `${into.path(path)} ${into.value(by)}`)],
  ];
  return clauses
    .filter(([, parts]) => parts.length > 0)
    .map(([verb, parts]) => `${verb} ${parts.join(', ')}`)
    .join(' ');
}
