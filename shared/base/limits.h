// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtGlobal>

#include <chrono>

// Every bound in CounterFire, with its reason. Sizes in bytes unless the name says otherwise.
namespace cf::limits {

using namespace std::chrono_literals;

// --- An order -----------------------------------------------------------------------------------
// The wire contract's own bound on one request.
inline constexpr int itemsPerRequestMax = 200;
// A party that keeps adding for a whole evening stays far below; a fold stays cheap.
inline constexpr int linesPerOrderMax = 1'000;
// A folded order, as JSON, beyond which no lines are added to it. Notes and messages come on top: a
// display must be able to take it in one message (displayMessageBytesMax).
inline constexpr qint64 orderBytesMax = 2 * 1024 * 1024;
inline constexpr int quantityMax = 999;
inline constexpr int modifiersPerItemMax = 50;
inline constexpr int allergensPerItemMax = 50;
// Names are shown on tickets, notes are read by cooks; both in UTF-16 code units.
inline constexpr int nameLengthMax = 200;
inline constexpr int noteLengthMax = 1'000;
inline constexpr int keyLengthMax = 200;
inline constexpr int numberLengthMax = 32;
inline constexpr int notesPerOrderMax = 200;
inline constexpr int coversMax = 999;
inline constexpr int courseMax = 99;
// Discounts, and taxes, of one payment: a bill has some.
inline constexpr int chargesPerPaymentMax = 20;
// 10^12 minor units: above any bill, and exact in an IEEE 754 double for every JSON reader.
inline constexpr qint64 moneyMax = 1'000'000'000'000;
// Bench and integration data travelling with an order or an event.
inline constexpr int metaBytesMax = 4 * 1024;
inline constexpr int payloadBytesMax = 256 * 1024;
// QJsonDocument stops at 1024 levels; nothing of ours is deeper than 8.
inline constexpr int jsonDepthMax = 32;
// Of what tills and displays send: it goes on to the kitchen some levels deeper within a frame, and
// whoever reads that must not be stopped by it.
inline constexpr int inputDepthMax = 16;
// A tired order cannot grow for ever: it is cheaper to place a new one.
inline constexpr int eventsPerOrderMax = 10'000;

// --- A kitchen's settings -----------------------------------------------------------------------
inline constexpr int stationsMax = 64;
// An address or a footer on a receipt.
inline constexpr int restaurantLinesMax = 10;
// Revisions in one answer.
inline constexpr int settingsHistoryMax = 200;
inline constexpr int settingsHistoryDefault = 50;

// --- A browser's session ------------------------------------------------------------------------
// A shift: who opens the page in the morning is not asked again that day.
inline constexpr std::chrono::hours sessionMax{12};
// A role, a name and a time; far above any that the hub seals.
inline constexpr qsizetype sessionBytesMax = 2'048;
// A board's cells: more on a wall could not be read two metres away.
inline constexpr int boardColumnsMax = 12;
inline constexpr int boardRowsMax = 6;
// Of the type: less cannot be read, of more nothing fits beside it.
inline constexpr int textPercentMin = 75;
inline constexpr int textPercentMax = 175;
// Of each kind; a large menu has some hundred dishes.
inline constexpr int routingRulesMax = 2'000;
// A day: above any age that says something.
inline constexpr qint64 settingSecondsMax = 86'400;

// --- Receipts and printers ----------------------------------------------------------------------
// A roll has 50 to 80 m; nobody takes a receipt longer than this home.
inline constexpr int receiptMillimetresMax = 20'000;
inline constexpr int printersMax = 16;
inline constexpr int publicUrlLengthMax = 200;
// Finished jobs kept, so that an order is known to have its receipt: weeks of a busy place.
inline constexpr int printJobsKept = 20'000;
// A receipt that could not be printed for a day is nobody's any more, a kitchen's ticket sooner.
inline constexpr auto receiptJobAgeMax = 24h;
inline constexpr auto ticketJobAgeMax = 2h;
// Cut connections in the middle of one job before it is given up: each may have used paper.
inline constexpr int printAttemptsMax = 10;
inline constexpr auto printerConnectMax = 5'000ms;
inline constexpr auto printerAnswerMax = 3'000ms;
inline constexpr auto printerPollEvery = 1'000ms;
// Nothing taken and nothing said for so long: the printer is gone, whatever the connection says.
inline constexpr auto printerSilenceMax = 20'000ms;
// Ready, and never done: it does not know the question.
inline constexpr auto printerDoneMax = 60'000ms;
inline constexpr auto printerRetryMin = 1'000ms;
inline constexpr auto printerRetryMax = 10'000ms;
// How often a printer with nothing to print is asked how it is.
inline constexpr auto printerLookEvery = 30'000ms;

// --- Board and replay ---------------------------------------------------------------------------
// Beyond these a snapshot is cheaper than a replay.
inline constexpr qint64 gapEventsMax = 5'000;
inline constexpr qint64 gapBytesMax = 2 * 1024 * 1024;
// Encoded events held in memory for subscribers; who is further behind reads the log.
inline constexpr qint64 tailEventsMax = 1'000;
inline constexpr qint64 tailBytesMax = 1024 * 1024;
// One `ev` frame: small enough to paint between two, large enough to be few.
inline constexpr int frameEventsMax = 200;
inline constexpr int frameBytesMax = 256 * 1024;
inline constexpr int snapshotPartBytesMax = 256 * 1024;
inline constexpr int recentOrdersMax = 50;
// Commands one writer transaction takes: bounds the time to the first answer of a burst.
inline constexpr int batchCommandsMax = 512;
// Commands waiting for the writer: beyond it callers are told to come back, and nothing is kept.
inline constexpr int writerQueueMax = 16'384;
inline constexpr int readerQueueMax = 16'384;
inline constexpr int trackerQueueMax = 64;
// Answers to one display's commands that wait for its socket; what is lost by closing then is given
// again as a duplicate.
inline constexpr int resultQueueMax = 4'096;
// Delivery times kept for the percentiles: a steady p99, and half a minute of a rush.
inline constexpr int deliverySamplesMax = 4'096;
// Fewer closed orders than this say nothing about how long the next will take.
inline constexpr int estimateOrdersMin = 5;
// What is recent in a kitchen whose tickets are never closed: twice the closed ones remembered.
inline constexpr int estimateSamplesMax = 100;
// The times of a kitchen do not change faster; a rush of events costs one look a second.
inline constexpr auto estimateLearnEvery = 1'000ms;
// How long before its due time an order is taken up: longer than any dish, shorter than an evening.
inline constexpr auto dueAhead = 30min;

// On the screen at the counter, in each column: more than a hall can collect; the rest is counted.
inline constexpr int pickupOrdersMax = 200;
// An evening: what nobody has fetched by then is not going to be.
inline constexpr qint64 pickupReadyMinutesMax = 240;
// How exactly an order leaves the screen when its time is over.
inline constexpr auto pickupTick = 5'000ms;
// Between two pictures of it: below what an eye in a queue notices, above what a rush would cost.
inline constexpr auto pickupPause = 250ms;

// --- Time ---------------------------------------------------------------------------------------
inline constexpr auto heartbeatInterval = 5'000ms;
inline constexpr auto deadInterval = 12'000ms;
inline constexpr auto noProgressMax = 10'000ms;
// A display that has acknowledged before, was sent more, and says nothing of it for five times
// dead_ms: it is gone, or it hangs, whatever the kernel still takes for it. Longer than the largest
// frame needs on a link of some kilobytes a second, which would otherwise never get past it.
inline constexpr auto ackSilenceMax = 60'000ms;
// New epochs because a display claims to have seen more than there is: the second in a row not
// sooner than this, then twice as long each time. Each one costs every display a snapshot, and the
// claim cannot be checked: whoever has the kitchen's token can make it.
inline constexpr auto epochRenewalMin = 60'000ms;
inline constexpr auto epochRenewalMax = 3'600'000ms;
inline constexpr auto trackerHeartbeat = 15'000ms;
inline constexpr auto pollWaitMax = 25'000ms;
inline constexpr int pollEventsMax = 1'000;
inline constexpr int pollEventsDefault = 200;
// A display that polls asks again when it has its answer; one that has not for this long is gone.
inline constexpr auto pollAbsentAfter = pollWaitMax + deadInterval;
// Positions that a station has not shown yet, with their times: enough to tell the time of the
// oldest to an eighth of what raises the alarm.
inline constexpr int alarmMarksMax = 16;
inline constexpr auto stationCheckEvery = 1'000ms;
inline constexpr auto reconnectMin = 100ms;
inline constexpr auto reconnectMax = 5'000ms;

// --- HTTP ---------------------------------------------------------------------------------------
inline constexpr int defaultPort = 7300;
inline constexpr int headerBytesMax = 16 * 1024;
inline constexpr int bodyBytesMax = 256 * 1024;
inline constexpr int connectionsMax = 12'000;
// One address may hold this many: a dining room behind one NAT, not a whole hub.
inline constexpr int connectionsPerAddressMax = 4'000;
inline constexpr auto requestReadMax = 15'000ms; // first byte of a request to its last
inline constexpr auto keepAliveIdleMax = 60'000ms;
inline constexpr auto writeStallMax = 10'000ms;
// A stream that does not introduce itself holds a connection for nothing.
inline constexpr auto helloMax = 10'000ms;
// From the goodbye to the end of every connection: less than service managers wait.
inline constexpr auto stopMax = 2'000ms;
// Commands of one display on their way through the writer before its socket is not read on.
inline constexpr int commandsInFlightMax = 256;
// Output waiting on one connection before its subscriber stops being asked for more.
inline constexpr qint64 outputBytesMax = 1024 * 1024;
// A message from a display: one command or acknowledgement.
inline constexpr int wsMessageBytesMax = 256 * 1024;

// --- Display ------------------------------------------------------------------------------------
// Commands waiting for the hub on a display; a cook makes some hundreds in a long outage.
inline constexpr int outboxMax = 10'000;
// Orders that the hub has found for recall: more is scrolled through by nobody.
inline constexpr int olderOrdersMax = 12;
// From the last letter that was typed until the hub is asked.
inline constexpr std::chrono::milliseconds olderOrdersAfter{350};
// Finished commands kept so that a restored hub can be offered them again.
inline constexpr int outboxFinishedKept = 2'000;
inline constexpr qint64 displayMessageBytesMax = 8 * 1024 * 1024;
// 64 MiB of folded orders at 256 KiB a part: no kitchen has them, a tablet survives them.
inline constexpr int snapshotPartsMax = 256;
// Commands on their way at once: keeps one Wi-Fi round trip busy, bounds what is sent again.
inline constexpr int commandWindow = 32;
// Attempts at the stream before plain HTTP is tried, and how often the stream is tried from there.
inline constexpr int streamAttemptsBeforePolling = 3;
inline constexpr auto streamRetryWhilePolling = 30'000ms;
// Longest wait after a snapshot that did not help, and after another display took this identity.
inline constexpr auto resyncBackoffMax = 60'000ms;
inline constexpr auto supersededBackoff = 60'000ms;
// Reaching the hub and shaking hands: on a local network a second is long already.
inline constexpr auto connectTimeoutMax = 5'000ms;
// A poller whose hub answers at once with nothing asks this often at most.
inline constexpr auto pollPause = 1'000ms;
// While catching up the board is shown in steps of this, not event by event.
inline constexpr auto catchUpPaintEvery = 200ms;
// How old the "as of" of a display that is killed while nothing happens may be.
inline constexpr auto asOfSavedEvery = 30'000ms;
inline constexpr int deviceIdLengthMax = 64;
inline constexpr int deviceNameLengthMax = 64;
// Displays remembered for /v1/displays; a restaurant has tens.
inline constexpr int displaysKnownMax = 256;
// What was shown when, of all displays: 4 MiB; two days of ten displays and 1,000 orders a day.
inline constexpr int shownStepsMax = 262'144;
// How much of it one answer tells, events times displays: an order with thousands of events is one
// that somebody plays with.
inline constexpr int shownAnswersMax = 20'000;
// The console is told what has changed at most this often: faster than anybody looks.
inline constexpr auto nowPauseMin = 250ms;
// Positions of displays, and what only the time changes.
inline constexpr auto nowLookEvery = 1'000ms;
// Refusals and cancellations a cook has not dismissed yet; more cannot be read one by one anyway.
inline constexpr int noticesMax = 100;
// How long the way back from a tap is offered: long enough to notice, short enough to be meant.
inline constexpr auto undoOffered = 8'000ms;
// A key that bounces, or was meant for the ticket that has just gone, comes sooner than this.
inline constexpr auto bumpGuard = 450ms;
// The longest alert: the next is not heard over it.
inline constexpr auto soundLength = 1'300ms;
// A lost connection that comes back sooner is not worth an alarm.
inline constexpr auto lostUnheard = 3'000ms;
// What nobody has seen is heard again: often enough to be heard, seldom enough to be borne.
inline constexpr auto soundRepeat = 10'000ms;
// Four times a second, so that a shown second is never skipped.
inline constexpr auto ageTick = 250ms;

// --- Event log on disk --------------------------------------------------------------------------
// Only an administrator's own tool can hold the log's lock; longer than this and he wants it so.
inline constexpr auto logBusyTimeout = 5'000ms;
// With less than this in the WAL an idle moment is not worth two more syncs.
inline constexpr qint64 walIdleBytes = 1024 * 1024;
// A WAL this large is written back after a commit even if the log never gets an idle moment: it
// bounds disk use and the time to open after a power cut.
inline constexpr qint64 walBytesMax = 16 * 1024 * 1024;
// Events a verifying or scanning reader takes per read, so that it never pins the WAL for long.
inline constexpr int logScanEvents = 500;
// Events between two keyframes of what was open: a board of the past costs at most as many reads
// as this, beside its own orders. With more open orders they are further apart, so that they stay
// small beside the log.
inline constexpr qint64 keyframeEvery = 1'000;
// Events that are read for a board of the past where a keyframe is missing, as after an update,
// until the log was walked: below half a second.
inline constexpr qint64 pastReplayMax = 20'000;
// Orders that a board of the past shows, the newest ones; the count and the digest are of all.
inline constexpr int pastOrdersMax = 1'000;
// Steps of one answer that plays the past forward, and parts of its timeline.
inline constexpr int pastStepsMax = 200;
inline constexpr int pastBucketsMax = 500;
// Problems a verification lists before it stops: the first one is what matters.
inline constexpr int verifyProblemsMax = 20;

// --- Health -------------------------------------------------------------------------------------
// Log lines kept in memory for the console and the diagnostic bundle: a bad day's, 300 KiB.
inline constexpr int logLinesKept = 500;
// Files, disk and backup are looked at this often; nobody who asks waits for a disk.
inline constexpr auto healthLookEvery = 10'000ms;
// The log is proven again from its first event when the last time is this long ago.
inline constexpr auto proofAgainAfter = 24h;
// Of the time, the share that the proof leaves to others: nine tenths by itself, a half when asked.
inline constexpr int proofRestFactor = 9;
inline constexpr int proofRestFactorAsked = 1;
// Less than this free is a finding; a log grows some 10 MB a day in a busy restaurant.
inline constexpr qint64 diskFreeLow = 1024LL * 1024 * 1024;
// A backup of yesterday is a backup, one of last week is a hope.
inline constexpr auto backupOld = 48h;
inline constexpr int epochsTold = 20;
// Events whose outlines a diagnostic bundle carries.
inline constexpr int bundleEvents = 1'000;

} // namespace cf::limits
