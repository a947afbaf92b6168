// SPDX-License-Identifier: Apache-2.0
// Every word of Set up; another language is another member.
import { wordsOf } from './console_words.js';

export const t = wordsOf({ en: {
  title: 'Set up', kitchen: 'Stations', displays: 'Displays', menu: 'Menu',
  restaurant: 'Restaurant',
  staff: 'Staff', history: 'History', parts: 'What to set up',
  save: 'Save', saved: 'Saved.', discard: 'Discard', unsaved: 'Not saved yet', unchanged: 'Saved',
  wrong: { one: 'One field is not right yet.', other: '{n} fields are not right yet.' },
  add: 'Add', remove: 'Remove', removeNamed: 'Remove {name}', everyone: 'All', none: 'None',
  // somebody else was faster
  changedTitle: 'Somebody else has changed this meanwhile',
  changedText: 'What you typed is still here. This is what they changed:', where: 'What',
  was: 'Was',
  theirs: 'Theirs', mine: 'Yours', noChange: 'Nothing that shows here.',
  merge: 'Take their changes too', mergeHint: 'Where both changed the same, yours stays.',
  takeTheirs: 'Drop mine, take theirs', nothing: '(nothing)', entries: '{n} entries',
  // stations
  stations: 'Stations', stationsText: 'Who makes what. Without a station, every display shows all.',
  id: 'Id', idHint: 'short, stays the same', name: 'Name', addStation: 'Add a station',
  asks: 'Allergens must be acknowledged', alarm: 'Alarm after (seconds)',
  routing: 'Where items go', routingText: 'The first that fits decides: the item itself, then its '
    + 'category, then how the order is served.', bySku: 'Items (SKU)', byCategory: 'Categories',
  byType: 'Service types', goesTo: 'made at', what: 'What', needStation: 'Add a station first.',
  tryIt: 'Where would this item show?',
  tryText: 'Answered by the hub, with what stands here, saved '
    + 'or not.', item: 'Item', category: 'Category', served: 'Served as', ask: 'Show me',
  sku: 'SKU', madeAt: 'Made at {name}', madeBy_sku: 'because of its SKU',
  madeBy_category: 'because of its category', madeBy_service_type: 'because of how it is served',
  madeBy_order: 'because the order says so', madeNowhere: 'No rule knows it',
  nowhereText: 'It shows on every prep display, marked, so that nobody overlooks it.',
  shows_yes: 'Shows it', shows_no: 'Does not show it', shows_unrouted: 'Shows it, marked',
  offline: 'not connected', noDisplays: 'No display is set up, and none has been here.',
  ages: 'When a ticket is late', agesText: 'Minutes after which a ticket is pointed out, and after '
    + 'which it counts as late.', warning: 'Warning', late: 'Late', minutes: 'minutes',
  rules: 'How the kitchen works', expoWaits: 'The pass completes only what prep has finished',
  holds: 'Courses after the first wait until they are fired',
  combines: 'Lines that are the same are shown as one',
  staggers: 'What is quick to make starts later, so that all is ready at once',
  prepTimes: 'Times to make', prepText: 'Minutes; for starting in time. What is not here starts at '
    + 'once.', time: 'Minutes',
  // displays
  displaysText: 'A display is known by the name it was started with. One that is not listed is a '
    + 'prep display of all stations.', addDisplay: 'Add a display', role: 'Role', layout: 'Layout',
  flow: 'As tall as needed', grid: 'Fixed grid', columns: 'Columns',
  columnsHint: '0: as many as fit',
  rows: 'Rows', theme: 'Look', dark: 'Dark', light: 'Light', contrast: 'High contrast',
  textPercent: 'Type size (%)', language: 'Language', machines: 'The machine\'s own',
  volume: 'Volume (%)', repeats: 'Repeat what asks for something', connected: 'connected',
  ofStations: 'Stations', ofStationsHint: 'None chosen: all', noneListed: 'No display is listed',
  noneListedText: 'Every display shows everything. List one to say what it is for.',
  // menu
  menuText: 'What the counter sells.', importTitle: 'From a spreadsheet',
  importText: 'A table with '
    + 'a column called name; price, category, sku, allergens and others if you like. It '
    + 'replaces the '
    + 'menu; you see what would change first.', choose: 'Choose a CSV file …',
    exportComma: 'Download '
    + 'as CSV', exportSemicolon: 'with semicolons', importAsk: 'Import this table?',
  importYes: 'Import', importNone: 'The table is the menu as it is.', added: 'Added',
  changed: 'Changed', removed: 'Removed', same: '{n} stay as they are', items: 'Items',
  categories: 'Categories', groups: 'Choices', ignored: 'Columns that are not used: {names}',
  importBad: 'The table was not taken',
  importBadText: 'Nothing was changed. Mend these, then choose '
    + 'it again:', imported: 'The menu was imported.', andMore: '… and {n} more',
  saveFirst: 'Save or discard what you changed first.', searchItems: 'Search the items',
  price: 'Price', allergens: 'Allergens', soldOut: 'Sold out', addItem: 'Add an item',
  addCategory: 'Add a category', order: 'Order', listHint: 'parted by commas', choices: 'Choices',
  shownOf: '{n} of {all} items; search for the others', noItems: 'No items yet',
  noItemsText: 'Add one, or import a table.', groupsText: 'What a guest chooses with an item.',
  addGroup: 'Add a choice', least: 'At least', most: 'At most', options: 'Options',
  optionsHint: 'One a line, with what it costs: Bacon 1.50', badPrice: 'must be an amount',
  // restaurant
  texts: 'Name and texts', restaurantName: 'Name', address: 'Address', addressHint: 'a line each',
  phone: 'Phone', taxId: 'Tax number', currency: 'Currency', currencyHint: 'ISO 4217, such as EUR',
  welcome: 'Welcome on the guest\'s page', footer: 'Last lines of a receipt', timeZone: 'Time zone',
  timeZoneHint: 'Empty: the hub\'s own', colour: 'Colour', colourText: 'Of the guest\'s page.',
  accent: 'Accent', onLight: 'On white', onDark: 'On dark',
  contrastGood: '{ratio}: good to read',
  contrastLow: '{ratio}: hard to read as small text; the page '
    + 'makes it darker or lighter where it must', languages: 'Languages of guests',
  languagesText: 'A guest sees the page in the language of the phone, if it is one of these.',
  otherwise: 'Otherwise', services: 'How orders are served',
  servicesText: 'What the counter offers.',
  // staff
  staffText: 'Who signs in with a PIN. What they do stands in their name in every order\'s '
    + 'timeline.',
  addPerson: 'Add somebody', pin: 'PIN', pinSet: 'set; type to change', pinNone: 'not set',
  endSessions: 'Sign out everywhere', roleCounter: 'Counter', roleKitchen: 'Kitchen',
  roleManager: 'Manager', pinHint: '4 to 12 digits, a manager\'s at least 6', noStaff: 'Nobody yet',
  noStaffText: 'Without PINs, people sign in with the hub\'s tokens.', ends: 'will be signed out',
  // history
  historyText: 'Every change, with who made it and when.', noHistory: 'Nothing was changed yet',
  by: 'by {who}', first: 'set up for the first time', changes: { one: '{n} change',
    other: '{n} changes' }, all: 'Everything', which: 'Which settings', noDetail: 'Set anew',
  older: 'Show older ones',
} });
