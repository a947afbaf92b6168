// SPDX-License-Identifier: Apache-2.0
const ends = new WeakMap(); // test -> what is to be done at its end

// At the end of the test, the last first: a page is gone before its hub is. Each is done, whatever
// the others do; the first failure is the test's.
export function atEnd(t, end) {
  if (!ends.has(t)) {
    ends.set(t, []);
    t.after(async () => {
      const failures = [];
      for (const one of ends.get(t).reverse())
        await Promise.resolve().then(one).catch((error) => failures.push(error));
      if (failures.length > 0) throw failures[0];
    });
  }
  ends.get(t).push(end);
}
