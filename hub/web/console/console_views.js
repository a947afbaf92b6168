// SPDX-License-Identifier: Apache-2.0
// The views, in the order of the navigation. A view is a module of its own, loaded when it is first
// opened, that exports
//   title            what the page is called
//   open(root, params)   fills root; params: { path: ['…'], query: URLSearchParams, signal }
//   close()          stops what it started; `signal` was aborted before
//   update(params)   optional: the same view with another address; without it: close, open
// The address of a view is #/id, and #/id/anything/below for what is inside it. `key`: g, then it.
export const views = [
  { id: 'now', title: 'Now', icon: 'now', key: 'n', load: () => import('./console_now.js') },
  { id: 'order', title: 'Orders', icon: 'order', key: 'o',
    load: () => import('./console_order.js') },
  { id: 'reports', title: 'Reports', icon: 'reports', key: 'r',
    load: () => import('./console_reports.js') },
  { id: 'time', title: 'Time travel', icon: 'time', key: 't',
    load: () => import('./console_time.js') },
  { id: 'health', title: 'Health', icon: 'health', key: 'h',
    load: () => import('./console_health.js') },
  { id: 'setup', title: 'Set up', icon: 'setup', key: 's', load: () => import('./setup.js') },
];
