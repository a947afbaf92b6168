// SPDX-License-Identifier: Apache-2.0
// What ledger and reports cost: how long the ledger takes to be made of a log, each report and
// search on it, and what the log's writer feels of it. Figures, no verdict.
#include "hub/reports/ledger.h"
#include "hub/log/sqlite_event_log.h"
#include "hub/log/sqlite_event_reader.h"
#include "hub/order/order_service.h"
#include "hub/reports/ledger_keeper.h"
#include "hub/reports/sqlite_ledger_reader.h"
#include "tests/support/fake_clock.h"
#include "tests/support/seeded_random.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QTemporaryDir>

#include <algorithm>
#include <array>
#include <cstdio>
#include <semaphore>

using namespace cf;
using namespace cf::hub;
using namespace cf::test;
using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock;

namespace {

constexpr std::array dishes = {"Cheeseburger", "Fries", "Cola",    "Caesar salad", "Ramen",
                               "炒饭",         "Steak", "Falafel", "Pizza",        "Brownie"};
constexpr std::array categories = {"grill", "fry",   "bar", "cold", "wok",
                                   "wok",   "grill", "fry", "oven", "sweets"};
constexpr std::array names = {"Ana", "Łukasz", "Zoë", "Mohamed", "李雷", "Chloé", "Ben", "Íñigo"};

double millisecondsSince(Steady::time_point began)
{
    return std::chrono::duration<double, std::milli>(Steady::now() - began).count();
}

struct Spread {
    std::vector<double> values;
    double at(double share)
    {
        if (values.empty())
            return 0;
        std::sort(values.begin(), values.end());
        const auto index = static_cast<size_t>(share * static_cast<double>(values.size()));
        return values[std::min(index, values.size() - 1)];
    }
};

// A restaurant's days, decided by the order service itself, in large batches.
class Restaurant
{
public:
    explicit Restaurant(const QString &dir) : m_random(1)
    {
        path = QDir(dir).filePath(logFileName);
        OpenOptions options;
        options.newRestaurantId = QStringLiteral("bench");
        log = SqliteEventLog::open(path, options, clock, m_random).value();
        service = std::make_unique<OrderService>(*log, clock, m_random);
        if (!service->load())
            qFatal("the log does not load");
    }

    void playDays(int days, int ordersADay)
    {
        for (int day = 0; day < days; ++day) {
            const Timestamp noon = first + std::chrono::hours(24) * day;
            for (int i = 0; i < ordersADay; ++i) {
                clock.setNow(noon + std::chrono::milliseconds(36'000'000LL * i / ordersADay));
                m_requests.push_back(placing());
                if (m_requests.size() >= 400)
                    commit();
            }
            commit();
            qInfo("day %d: position %lld", day + 1, log->head().pos);
        }
    }
    // One order placed and paid, in a transaction of its own; milliseconds until it was on disk.
    double placeOne()
    {
        clock.advance(1s);
        std::vector<Request> requests;
        requests.push_back(placing());
        const auto began = Steady::now();
        const BatchResult result = service->handle(std::move(requests));
        const double took = millisecondsSince(began);
        if (result.storageFailed)
            qFatal("the log does not take it");
        return took;
    }

    FakeClock clock;
    QString path;
    std::unique_ptr<SqliteEventLog> log;
    std::unique_ptr<OrderService> service;
    Timestamp first = *parseTimestamp(u"2026-10-01T09:00:00Z");

private:
    Request placing()
    {
        QJsonArray items;
        const int count = 1 + m_random.below(6);
        for (int i = 0; i < count; ++i) {
            const auto dish = static_cast<size_t>(m_random.below(std::ssize(dishes)));
            items.append(QJsonObject{{"line_id", QString::number(i + 1)},
                                     {"name", QString::fromUtf8(dishes[dish])},
                                     {"sku", QStringLiteral("SKU%1").arg(dish)},
                                     {"category", categories[dish]},
                                     {"quantity", 1 + m_random.below(2)},
                                     {"unit_price", 250 + 100 * m_random.below(10)}});
        }
        const QString till = QStringLiteral("T-%1").arg(++m_orders);
        const auto name = static_cast<size_t>(m_random.below(std::ssize(names)));
        const QJsonObject body{{"source", QJsonObject{{"name", m_random.oneIn(3) ? "web" : "till"},
                                                      {"external_id", till}}},
                               {"customer", QJsonObject{{"name", QString::fromUtf8(names[name])}}},
                               {"service_type", m_random.oneIn(2) ? "dine_in" : "takeaway"},
                               {"items", items},
                               {"payment", QJsonObject{{"method", "card"}}}};
        PlaceOrder place;
        place.request = parseOrderRequest(body).value();
        place.fingerprint = till.toUtf8();
        return {std::move(place), {ActorKind::Integration, QStringLiteral("till"), {}, {}}};
    }
    void playOrder() { m_requests.push_back(placing()); }
    // The batch's orders go through the kitchen in the minutes after the last of them was placed.
    void commit()
    {
        const BatchResult placed = handle(std::move(m_requests));
        m_requests.clear();
        std::vector<QUuid> orders;
        for (const CommittedEvent &event : placed.committed.events) {
            if (event.event.type == EventType::OrderPlaced)
                orders.push_back(event.event.orderId);
        }
        for (const EventType type :
             {EventType::OrderAccepted, EventType::OrderStarted, EventType::ItemReady,
              EventType::OrderReady, EventType::OrderCompleted}) {
            std::vector<Request> requests;
            for (const QUuid &order : orders) {
                AppendEvent append;
                append.command.orderId = order;
                append.command.type = type;
                if (type == EventType::ItemReady)
                    append.command.payload = linesPayload({QStringLiteral("1")});
                const QString cook = QStringLiteral("station-%1").arg(m_random.below(5));
                requests.push_back({std::move(append), {ActorKind::Kitchen, cook, {}, {}}});
            }
            clock.advance(std::chrono::milliseconds(30'000 + m_random.below(200'000)));
            handle(std::move(requests));
        }
    }
    BatchResult handle(std::vector<Request> requests)
    {
        BatchResult result = service->handle(std::move(requests));
        if (result.storageFailed)
            qFatal("the log does not take it");
        log->idle();
        return result;
    }

    SeededRandom m_random;
    std::vector<Request> m_requests;
    int m_orders = 0;
};

KitchenSettings kitchen()
{
    KitchenSettings settings;
    for (const char *id : {"grill", "fry", "bar", "cold", "wok", "oven"}) {
        Station station;
        station.id = QLatin1StringView(id);
        settings.stations.push_back(station);
        settings.routing.byCategory.insert(station.id, station.id);
    }
    return settings;
}

ReportRequest requestFor(const ReportKind &kind, const char *group, const Restaurant &restaurant,
                         int days)
{
    ReportRequest request;
    request.name = QLatin1StringView(kind.name);
    request.group = QLatin1StringView(group);
    request.days = LocalDays(QStringLiteral("Europe/Madrid"));
    request.from = restaurant.first - 9h;
    request.to = request.from + std::chrono::hours(24) * days;
    request.now = restaurant.clock.now();
    request.settings = kitchen();
    return request;
}

void makeLedger(const Restaurant &restaurant, const QString &ledgerPath)
{
    const auto reader = SqliteEventReader::open(restaurant.path).value();
    const auto ledger = Ledger::open(ledgerPath).value();
    const qint64 head = reader->head().value().pos;
    const auto began = Steady::now();
    while (ledger->follow(*reader, head).value() > 0) { }
    std::printf("ledger of %lld events: %.1f s; log %.1f MiB, ledger %.1f MiB\n", head,
                millisecondsSince(began) / 1'000,
                static_cast<double>(QFileInfo(restaurant.path).size()) / (1024 * 1024),
                static_cast<double>(QFileInfo(ledgerPath).size()) / (1024 * 1024));
}

void timeReports(const Restaurant &restaurant, const QString &ledgerPath, int days)
{
    const std::atomic<bool> stop = false;
    for (const ReportKind &kind : reportKinds()) {
        for (const char *group : kind.groups) {
            Spread spread;
            for (int i = 0; i < 5; ++i) {
                const auto began = Steady::now();
                const auto reader = SqliteLedgerReader::open(ledgerPath, stop).value();
                if (!reader->report(requestFor(kind, group, restaurant, days)))
                    qFatal("no report");
                spread.values.push_back(millisecondsSince(began));
            }
            std::printf("report %-13s by %-12s median %7.1f ms  longest %7.1f ms\n", kind.name,
                        group, spread.at(0.5), spread.at(1));
        }
    }
    for (const char *text : {"17", "lukasz", "炒", "T-29", "brownie zoe", "nothing like it"}) {
        OrderSearch search;
        search.text = QString::fromUtf8(text);
        search.limit = 50;
        const auto began = Steady::now();
        const auto reader = SqliteLedgerReader::open(ledgerPath, stop).value();
        const size_t found = reader->findOrders(search).value().orders.size();
        std::printf("search %-16s %3zu found %7.1f ms\n", text, found, millisecondsSince(began));
    }
}

enum class Beside : quint8 { Nothing, Ledger, Reports };

// Orders placed 50 times a second, each in a transaction of its own, as a busy hub's are.
void writeFor(Restaurant &restaurant, std::chrono::milliseconds time, LedgerKeeper *keeper,
              Spread &spread)
{
    const auto until = Steady::now() + time;
    std::binary_semaphore beat(0); // nobody releases it: the time does
    for (auto next = Steady::now(); next < until; next += 20ms) {
        (void)beat.try_acquire_until(next);
        spread.values.push_back(restaurant.placeOne());
        if (keeper)
            keeper->wake(restaurant.log->head().pos);
    }
}

void measure(Restaurant &restaurant, const QString &ledgerPath, int days, Beside beside,
             std::chrono::milliseconds time, Spread &spread)
{
    if (beside == Beside::Nothing) {
        writeFor(restaurant, time, nullptr, spread);
        return;
    }
    LedgerKeeper keeper(
        {restaurant.path, ledgerPath, {}, [](const char *event, const QString &why) {
             std::fprintf(stderr, "%s %s\n", event, qPrintable(why));
         }});
    keeper.start(restaurant.log->head().pos, [] {});
    std::atomic<bool> done = false;
    std::atomic<int> reports = 0;
    std::function<void(LedgerReader &)> again = [&](LedgerReader &reader) {
        const std::span<const ReportKind> kinds = reportKinds();
        const ReportKind &kind = kinds[static_cast<size_t>(reports++) % kinds.size()];
        if (reader.report(requestFor(kind, kind.groups.front(), restaurant, days)) && !done)
            keeper.ask(again);
    };
    if (beside == Beside::Reports)
        keeper.ask(again);
    writeFor(restaurant, time, &keeper, spread);
    done = true;
    keeper.stop();
    keeper.join();
}

void timeWriter(Restaurant &restaurant, const QString &ledgerPath, int days, int seconds)
{
    const std::array names = {"nothing beside it", "the ledger", "ledger and reports"};
    std::array<Spread, 3> spreads;
    // In turn, so that a slow minute of the machine is everybody's.
    constexpr int rounds = 5;
    for (int round = 0; round < rounds; ++round) {
        for (size_t i = 0; i < spreads.size(); ++i)
            measure(restaurant, ledgerPath, days, static_cast<Beside>(i),
                    std::chrono::milliseconds(1'000 * seconds / rounds), spreads[i]);
    }
    for (size_t i = 0; i < spreads.size(); ++i)
        std::printf("writer with %-18s %5zu commits: p50 %.2f ms  p90 %.2f ms  p99 %.2f ms\n",
                    names[i], spreads[i].values.size(), spreads[i].at(0.5), spreads[i].at(0.9),
                    spreads[i].at(0.99));
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.addOption({"days", "of service", "n", "30"});
    parser.addOption({"orders", "a day", "n", "1000"});
    parser.addOption({"seconds", "of writing, each way", "n", "20"});
    parser.addOption({"data", "an empty directory on the disk to be measured", "dir"});
    parser.addHelpOption();
    parser.process(application);
    const QTemporaryDir temporary;
    const QString dir = parser.isSet("data") ? parser.value("data") : temporary.path();
    const int days = parser.value("days").toInt();
    Restaurant restaurant(dir);
    restaurant.playDays(days, parser.value("orders").toInt());
    const QString ledgerPath = QDir(dir).filePath(ledgerFileName);
    makeLedger(restaurant, ledgerPath);
    timeReports(restaurant, ledgerPath, days);
    timeWriter(restaurant, ledgerPath, days, parser.value("seconds").toInt());
    return 0;
}
