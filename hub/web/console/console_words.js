// SPDX-License-Identifier: Apache-2.0
// The words of a view are one table, { en: { key: 'text {name}', many: { one: '…', other: '…' } }
// }; another language is another member. wordsOf(table) gives t(key, values): a plural is chosen
// by values.n.
export const language = document.documentElement.lang || 'en';
const plural = new Intl.PluralRules(language);

export function wordsOf(table) {
  const words = { ...table.en, ...table[language] };
  return (key, values = {}) => {
    let text = words[key];
    if (text === undefined) return key;
    if (typeof text === 'object') text = text[plural.select(values.n)] ?? text.other;
    return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  };
}

// What an order, a line or a role is called everywhere.
export const common = wordsOf({ en: {
  placed: 'Placed', paid: 'Paid', accepted: 'Accepted', in_kitchen: 'In kitchen', ready: 'Ready',
  completed: 'Completed', cancelled: 'Cancelled',
  dine_in: 'Dine in', takeaway: 'Takeaway', delivery: 'Delivery', drive_thru: 'Drive-through',
  curbside: 'Curbside',
  open: 'Open', started: 'Started', voided: 'Voided',
  customer: 'Customer', kitchen: 'Kitchen', manager: 'Manager', system: 'Hub',
  integration: 'Ordering system', counter: 'Counter',
  prep: 'Prep', expo: 'Pass', runner: 'Runner',
  close: 'Close', cancel: 'Cancel', again: 'Try again', copy: 'Copy', copied: 'Copied',
  loading: 'Loading…', failed: 'That did not work', unreachable: 'The hub does not answer',
  nothing: 'Nothing here', details: 'Details', more: 'Show more',
} });
