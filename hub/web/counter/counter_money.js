// SPDX-License-Identifier: Apache-2.0
// Amounts: minor units within, what people write outside.
export function decimalsOf(currency) {
  try {
    return new Intl.NumberFormat('en', { style: 'currency', currency })
      .resolvedOptions().maximumFractionDigits;
  } catch {
    return 2;
  }
}

// '9.50', '9,5', '9' -> 950; null for what is no amount. No thousands are parted: '1.250' would
// mean two things.
export function parseMoney(text, currency) {
  const decimals = decimalsOf(currency);
  const bare = text.replace(/[\s\p{Sc}]/gu, '').replace(',', '.');
  const match = /^(\d{1,10})(?:\.(\d+))?$/.exec(bare);
  if (!match || (match[2] || '').length > decimals) return null;
  return Number(match[1]) * 10 ** decimals + Number((match[2] || '').padEnd(decimals, '0') || 0);
}

export function plainMoney(minor, currency) {
  const decimals = decimalsOf(currency);
  return (minor / 10 ** decimals).toFixed(decimals);
}
