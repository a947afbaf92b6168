// SPDX-License-Identifier: Apache-2.0
// Every word of the counter; another language is another member.
import { wordsOf } from './console_words.js';

export const t = wordsOf({ en: {
  title: 'Counter', newOrder: 'New order', orders: 'Orders', signOut: 'Sign out', keys: 'Keys',
  search: 'Search the menu', searchHint: 'Name or SKU. Enter adds the first.', all: 'All',
  noCategory: 'Other', soldOut: 'Sold out', askPrice: 'Price?', freeItem: 'Free item',
  emptyMenu: 'There is no menu yet',
  emptyMenuText: 'Orders can be taken all the same: type what was ordered and its price. A manager '
    + 'sets up a menu, or imports it from a spreadsheet, in the console under Set up.',
  nothingFound: 'Nothing on the menu is called that', nothingFoundText: 'Take it as a free item, '
    + 'with a name and a price of its own.',
  contains: 'Contains {what}', addNamed: 'Add {name}',
  // the ticket
  ticket: 'Order', emptyTicket: 'Nothing ordered yet', emptyTicketText: 'Tap what the guest wants.',
  addingTo: 'Adding to order {number}', stopAdding: 'Leave it as it is',
  addItems: 'Add to the order',
  clear: 'Clear', cleared: 'The order was cleared.', undo: 'Put it back',
  service: 'How it is served', table: 'Table', guest: 'Guest\'s name', phone: 'Phone',
  due: 'Wanted at', dueHint: 'Empty: as soon as it can be', note: 'Note for the kitchen',
  more: 'Guest, time, note', edit: 'Change', fewer: 'One less {name}',
  oneMore: 'One more {name}', remove: 'Take off {name}', total: 'Total', viewOrder: 'View order',
  things: { one: '{n} item', other: '{n} items' },
  payNow: 'Paid', cash: 'Cash', card: 'Card', bill: 'On the bill', unpaid: 'Not paid yet',
  payment: 'Payment', billHint: 'The kitchen starts now; the guest pays at the end.',
  unpaidHint: 'The kitchen starts when it has been paid.',
  send: 'Send to the kitchen', sendUnpaid: 'Place, to be paid', sending: 'Sending…',
  needItems: 'Add something first.', needPayment: 'How is it paid?',
  tooMany: 'An order may have {n} lines; take the rest as another.',
  // after sending
  sent: 'Sent', waitsFor: 'Waiting for the hub',
  waitsText: 'It is kept on this device and sent by itself, once.', guestPage: 'The guest\'s page',
  guestPageText: 'Scan to follow the order.',
  onlyHere: 'This page was opened as {host}, an address '
    + 'that only this machine knows: a phone cannot follow the code. Open the counter by '
    + 'the hub\'s '
    + 'address on the network.',
  next: 'Next order', qrOf: 'QR code of the page of order {number}',
  // choices
  choose: 'Choose', chooseOne: 'Choose one', chooseMany: 'Choose {min} to {max}',
  chooseUpTo: 'Up to {max}', chooseExactly: 'Choose {min}', required: 'needed',
  quantity: 'Quantity', lineNote: 'Note', lineNoteHint: 'well done, no salt …', add: 'Add',
  save: 'Change', price: 'Price', name: 'Name', freeHint: 'Goes to the kitchen as it is typed.',
  category: 'Kind', categoryHint: 'Decides which station makes it', none: 'None',
  badPrice: 'An amount such as {example}.', badName: 'What is it called?',
  tooFew: 'Choose at least {min}.', tooMuch: 'Choose at most {max}.',
  // outbox
  away: 'The hub does not answer since {time}. Orders are kept here and sent when it is back.',
  outboxTitle: { one: '{n} order is waiting to be sent',
  other: '{n} orders are waiting to be sent' },
  outboxText: 'Nothing is lost, and nothing will be sent twice.', sendNow: 'Try now',
  refused: 'The hub refused this', discard: 'Discard', openAgain: 'Change it',
  discardTitle: 'Discard it?', discardText: 'It was not taken by the hub and will not be '
    + 'made.',
  discardWaitingText: 'It may already have reached the hub. Look among the orders before '
    + 'you take it '
    + 'again.',
  noStorage: 'This browser keeps nothing: if this page is closed before the hub has answered, the '
    + 'order is lost.', signInFirst: 'Sign in to send it.',
  placing: 'Order', eventOf: '{what}, order {number}',
  order_paid: 'Payment', order_cancelled: 'Cancellation', item_voided: 'Item taken off',
  items_added: 'Late addition',
  // orders
  recent: 'Orders of late', noOrders: 'No orders yet',
  noOrdersText: 'What is sent from here, and from anywhere else, shows here.',
  openOrders: 'Open', closedOrders: 'Closed', toBePaid: 'To be paid', orderNumber: 'Order {number}',
  pay: 'Paid', payTitle: 'Order {number}: {total}', payHow: 'How was it paid?',
  cancelOrder: 'Cancel order', cancelTitle: 'Cancel order {number}?',
  cancelText: 'The kitchen stops, and the guest\'s page says so.', cancelYes: 'Cancel the order',
  keep: 'Keep it', reason: 'Reason', reasonNeeded: 'Say why: it is kept with the order.',
  guestLeft: 'Guest changed their mind', wrongOrder: 'Taken by mistake', outOfStock: 'Out of stock',
  tooLong: 'Waited too long', voidLine: 'Take off', voidTitle: 'Take {name} off order {number}?',
  voidText: 'The rest of the order goes on.', voidYes: 'Take it off', later: 'Add items',
  showCode: 'Guest\'s page', placedAt: 'Placed', dueAt: 'Wanted at {time}',
  closed: 'This order is closed.',
  done: 'Done', waiting: 'Waiting', copyLink: 'Copy the link',
  // sign in
  signIn: 'Sign in', lead: 'The counter of this restaurant', pin: 'PIN', pinHint: 'Type your PIN.',
  token: 'Token', tokenHint: 'The hub\'s integration token, or the manager\'s.',
  usePin: 'Use a PIN',
  useToken: 'Use a token', wrong: 'That is not known here.', tries: 'Too many tries. Wait {s} s.',
  notHere: 'This opens the kitchen\'s displays, not the counter.', needed: 'Fill this in first.',
  erase: 'Erase', busy: 'Signing in…',
} });
