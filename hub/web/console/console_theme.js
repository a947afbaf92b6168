// SPDX-License-Identifier: Apache-2.0
// Before anything is painted: the colours that were chosen, so that a dark room is not lit up.
'use strict';
(() => {
  try {
    const chosen = localStorage.getItem('cf.theme');
    if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.theme = chosen;
  } catch { /* storage is off: the machine's colours it is */ }
})();
