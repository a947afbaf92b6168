// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtGlobal>

#include <chrono>

// The bounds of ledger and reports, with their reasons.
namespace cf::hub::report_limits {

using namespace std::chrono_literals;

// One transaction of the ledger: some milliseconds of work, and little to do again after a kill.
inline constexpr int ledgerBatchEvents = 500;
inline constexpr qint64 ledgerBatchBytes = 1024 * 1024;
// Between two batches while events keep coming: a rush is taken in few, and the disk is left alone.
inline constexpr auto ledgerPause = 20ms;
// Orders remembered between batches; a full house has some hundred open.
inline constexpr qsizetype ledgerOrdersHeld = 2'000;
// Written back when its WAL is this large: seldom enough for the syncs not to matter.
inline constexpr qint64 ledgerWalBytes = 4 * 1024 * 1024;
// Looked through for damage at every start up to here: a fifth of a second.
inline constexpr qint64 ledgerCheckedBytes = 64 * 1024 * 1024;
// After a failure of the ledger's file, or of reading the log, doubling.
inline constexpr auto ledgerRetryMin = 1'000ms;
inline constexpr auto ledgerRetryMax = 60'000ms;

// How long a question waits for the ledger to have what was committed before it was asked; a
// ledger that is further behind than this many events is being made again, and is not waited for.
inline constexpr auto freshWaitMax = 1'000ms;
inline constexpr qint64 freshWaitEvents = 2'000;
// Questions that wait: each is answered in under a second, and a manager asks one by one.
inline constexpr int questionsMax = 64;
// A question that takes longer is given up: no honest one does.
inline constexpr auto questionTimeMax = 10'000ms;

// Orders that one request looks through, newest first; the next page goes on from there. More than
// a year of a thousand a day.
inline constexpr int searchOrdersMax = 400'000;
// Of what is asked for: UTF-16 code units, and words that must each be there.
inline constexpr int searchLengthMax = 100;
inline constexpr int searchWordsMax = 8;
// Of an order, what is looked through: some hundred different dishes.
inline constexpr int searchTextBytesMax = 8 * 1024;
inline constexpr int searchPageDefault = 50;
inline constexpr int searchPageMax = 200;

// A year and a little: longer reports are asked for year by year.
inline constexpr int reportDaysMax = 400;
// Of the rules for bumps: an hour says everything.
inline constexpr qint64 bumpRuleSecondsMax = 3'600;
inline constexpr qint64 massOrdersMax = 100;
// Names that a report tells apart; a large menu has some hundred dishes. A chart shows ten.
inline constexpr qsizetype groupsMax = 1'000;
inline constexpr size_t distributionsMax = 100;
// Single bumps and recalls that are listed, the newest: more is read by nobody.
inline constexpr qint64 listRowsMax = 500;
// An order is placed this long before it is bumped at most, or its bump is in no prep time.
inline constexpr auto bumpedAfterPlacedMax = 48h;

// The helper that writes Parquet: a table of some thousand rows takes it a tenth of a second.
inline constexpr auto parquetTimeMax = 20'000ms;
inline constexpr qsizetype parquetErrorBytesMax = 2'000;

} // namespace cf::hub::report_limits
