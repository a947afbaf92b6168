// SPDX-License-Identifier: Apache-2.0
// What differs between two documents, and what becomes of three.
export const same = (a, b) => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));

function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key])]));
}

const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);

// Entries of a list go by what names them, so that one that moved is not two that changed.
const keyOf = (entry) => (isObject(entry) ? entry.id ?? entry.sku ?? entry.name : null);
function asObject(value) {
  if (isObject(value)) return value;
  if (!Array.isArray(value) || value.length === 0) return Array.isArray(value) ? {} : null;
  const keys = value.map(keyOf);
  const isNamed = keys.every((key) => typeof key === 'string' && key !== '')
    && new Set(keys).size === keys.length;
  return isNamed ? Object.fromEntries(value.map((one, i) => [keys[i], one])) : null;
}

// [{ path: ['stations', 'grill', 'name'], before, after }], undefined for what is not there.
export function differences(before, after, path = []) {
  if (same(before, after)) return [];
  const a = asObject(before);
  const b = asObject(after);
  if (!a || !b) return [{ path, before, after }];
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  return keys.flatMap((key) => {
    if (!(key in a) || !(key in b)) return [{ path: [...path, key], before: a[key],
      after: b[key] }];
    return differences(a[key], b[key], [...path, key]);
  });
}

// Three ways: what only one side changed is that side's; where both did, it is `mine`.
export function merged(base, mine, theirs) {
  if (same(base, mine)) return theirs;
  if (same(base, theirs)) return mine;
  const [b, m, o] = [base, mine, theirs].map(asObject);
  if (!b || !m || !o) return mine;
  const result = {};
  for (const key of new Set([...Object.keys(m), ...Object.keys(o)])) {
    const value = merged(b[key], m[key], o[key]);
    if (value !== undefined) result[key] = value;
  }
  return Array.isArray(mine) ? Object.values(result) : result;
}
