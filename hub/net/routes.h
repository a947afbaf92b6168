// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/net/exchange.h"
#include "hub/net/services.h"

// Every handler of the router's table, by family. Each answers its exchange exactly once, now or
// later; none blocks.
namespace cf::hub {

// orders_api: placing, moving and reading orders.
void postOrder(Services &services, const ExchangePtr &exchange);
void postEvent(Services &services, const ExchangePtr &exchange);
void getOrder(Services &services, const ExchangePtr &exchange);
void getOrders(Services &services, const ExchangePtr &exchange);

// search_api: orders long gone, from the ledger; getOrders() hands on what isSearch().
bool isSearch(const HttpRequest &request);
void searchOrders(Services &services, const ExchangePtr &exchange);

// reports_api
void getReports(Services &services, const ExchangePtr &exchange);
void getReport(Services &services, const ExchangePtr &exchange);

// timeline_api
void getTimeline(Services &services, const ExchangePtr &exchange);

// kitchen_api: the stream in its three forms, and the snapshot.
void getKitchenStream(Services &services, const ExchangePtr &exchange);
void getKitchenEvents(Services &services, const ExchangePtr &exchange);
void getKitchenSnapshot(Services &services, const ExchangePtr &exchange);

// settings_api: the kitchen's, or those of the document that the path names.
void getSettings(Services &services, const ExchangePtr &exchange);
void putSettings(Services &services, const ExchangePtr &exchange);
void getSettingsHistory(Services &services, const ExchangePtr &exchange);

// menu_api: the menu as a table.
void postMenuImport(Services &services, const ExchangePtr &exchange);
void getMenuExport(Services &services, const ExchangePtr &exchange);

// route_test_api
void postRouteTest(Services &services, const ExchangePtr &exchange);

// staff_api
void putStaff(Services &services, const ExchangePtr &exchange);

// session_api: who a browser acts for.
void postSession(Services &services, const ExchangePtr &exchange);
void getSession(Services &services, const ExchangePtr &exchange);
void deleteSession(Services &services, const ExchangePtr &exchange);

// board_api: the board of any moment.
void getBoard(Services &services, const ExchangePtr &exchange);
void getBoardEvents(Services &services, const ExchangePtr &exchange);
void getBoardDensity(Services &services, const ExchangePtr &exchange);

// health_api
void getHealthReport(Services &services, const ExchangePtr &exchange);
void postHealthVerify(Services &services, const ExchangePtr &exchange);
void getHealthBundle(Services &services, const ExchangePtr &exchange);

// tracker_api
void getTracker(Services &services, const ExchangePtr &exchange);
void getTrackerStream(Services &services, const ExchangePtr &exchange);
void getTrackerEvents(Services &services, const ExchangePtr &exchange);
void getTrackerPage(Services &services, const ExchangePtr &exchange);

// pickup_api: the screen at the counter.
void getPickup(Services &services, const ExchangePtr &exchange);
void getPickupStream(Services &services, const ExchangePtr &exchange);
void getPickupPage(Services &services, const ExchangePtr &exchange);

// now_api: the kitchen as it is, and what each display had shown of an order.
void getNow(Services &services, const ExchangePtr &exchange);
void getNowStream(Services &services, const ExchangePtr &exchange);
void getOrderShown(Services &services, const ExchangePtr &exchange);

// receipts_api
void getReceipt(Services &services, const ExchangePtr &exchange);
void getTrackerReceipt(Services &services, const ExchangePtr &exchange);
void postReceiptPrint(Services &services, const ExchangePtr &exchange);
void getPrinters(Services &services, const ExchangePtr &exchange);

// ops_api
void getHealth(Services &services, const ExchangePtr &exchange);
void getReady(Services &services, const ExchangePtr &exchange);
void getMetrics(Services &services, const ExchangePtr &exchange);
void getStats(Services &services, const ExchangePtr &exchange);
void getDisplays(Services &services, const ExchangePtr &exchange);

// pages
void getIndex(Services &services, const ExchangePtr &exchange);
void getConsolePage(Services &services, const ExchangePtr &exchange);
void getCounterPage(Services &services, const ExchangePtr &exchange);
void getOpenApi(Services &services, const ExchangePtr &exchange);
void getFavicon(Services &services, const ExchangePtr &exchange);
void getAsset(Services &services, const ExchangePtr &exchange);

} // namespace cf::hub
