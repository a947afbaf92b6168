// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shared/base/limits.h"

// Every bound of what a menu and a staff list may hold, with its reason.
namespace cf::limits {

// The largest restaurant menus have some hundred dishes; a food hall's counter some more.
inline constexpr int menuItemsMax = 1'000;
inline constexpr int menuCategoriesMax = 100;
inline constexpr int menuGroupsMax = 300;
inline constexpr int menuModifiersPerGroupMax = modifiersPerItemMax;
// The choices of one item must fit into one line of an order.
inline constexpr int menuGroupsPerItemMax = 20;
inline constexpr int menuSortMax = 99'999;
// As canonical JSON: it must come back in one request, with room for what is around it.
inline constexpr int menuBytesMax = bodyBytesMax - 16 * 1024;
// Mistakes told of one table: whoever mends these sees the rest the next time.
inline constexpr int importErrorsMax = 100;

// Everybody of a large restaurant.
inline constexpr int staffMax = 200;
// Four digits are what people remember; the bounds on tries make them enough.
inline constexpr int pinDigitsMin = 4;
inline constexpr int pinDigitsMax = 12;
inline constexpr int managerPinDigitsMin = 6;
// Wrong PINs from one address before it has to wait, then twice as long each time: a person
// mistypes twice, and a guesser gets some dozen tries an hour.
inline constexpr int pinTriesFree = 3;
inline constexpr auto pinWaitMin = 1'000ms;
inline constexpr auto pinWaitMax = 300'000ms;
// An address that was quiet for so long begins anew.
inline constexpr auto pinForgiveAfter = 3'600'000ms;
// Wrong PINs from everywhere before addresses that never gave a right one have to wait: who has
// many addresses is no better off.
inline constexpr int pinTriesFreeInAll = 20;
inline constexpr auto pinWaitInAllMax = 60'000ms;
inline constexpr auto pinForgiveInAllAfter = 600'000ms;
// Addresses remembered; a restaurant has tens, and the bound in all holds beyond.
inline constexpr int pinAddressesMax = 1'024;
// PINs hashed at once: each takes 32 MiB and a tenth of a second of a reader thread.
inline constexpr int pinChecksAtOnce = 2;
// New PINs in one change: two seconds of hashing.
inline constexpr int pinsPerChangeMax = 20;

} // namespace cf::limits
