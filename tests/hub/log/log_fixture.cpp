// SPDX-License-Identifier: Apache-2.0
#include "tests/hub/log/log_fixture.h"

#include "shared/order/payload.h"
#include "shared/protocol/chain.h"

#include <QFile>

#include <algorithm>

namespace cf::test {

void CountingRandom::fill(std::span<quint8> bytes)
{
    for (quint8 &byte : bytes) {
        m_state = m_state * 6364136223846793005ULL + 1442695040888963407ULL;
        byte = static_cast<quint8>(m_state >> 56);
    }
}

void BatchMaker::start(const hub::LogHead &head, const std::vector<OrderState> &orders)
{
    m_head = head;
    m_nextPos = head.pos + 1;
    m_batch = {};
    m_touched.clear();
    if (m_all.size() > static_cast<size_t>(head.pos))
        m_all.resize(static_cast<size_t>(head.pos));
    m_orders.clear();
    for (const OrderState &order : orders)
        m_orders.insert(order.id, order);
}

QUuid BatchMaker::place(const QString &number, bool withTracker)
{
    OrderState order;
    order.number = number;
    order.currency = QStringLiteral("EUR");
    order.serviceType = ServiceType::Takeaway;
    for (const char *name : {"Cheeseburger", "Fries"}) {
        OrderLine line;
        line.item.lineId = QString::number(order.lines.size() + 1);
        line.item.name = QString::fromLatin1(name);
        line.item.quantity = 2;
        line.item.unitPrice = 950;
        order.lines.push_back(line);
    }
    const QUuid id = makeUuidV7(m_clock.now(), m_random);
    add(id, EventType::OrderPlaced, placedPayload(order));
    if (withTracker)
        m_batch.trackers.push_back({randomHex(16, m_random), id});
    return id;
}

OrderEvent &BatchMaker::add(const QUuid &orderId, EventType type, const QJsonObject &payload)
{
    m_clock.advance(std::chrono::milliseconds{10});
    OrderEvent event;
    event.pos = m_nextPos++;
    event.id = makeUuidV7(m_clock.now(), m_random);
    event.orderId = orderId;
    event.seq = m_orders.value(orderId).seq + 1;
    event.type = type;
    event.at = m_clock.now();
    event.actor = {ActorKind::Kitchen, QStringLiteral("grill-1"), QStringLiteral("10.0.0.5"),
                   QStringLiteral("test/1")};
    event.payload = payload;
    fold(event);
    m_batch.events.push_back({event, {}});
    return m_batch.events.back().event;
}

void BatchMaker::addUnknown(const QUuid &orderId, const QString &type, const QJsonObject &payload)
{
    OrderEvent &event = add(orderId, EventType::Unknown, payload);
    event.unknownType = type;
    event.v = 7;
}

QUuid BatchMaker::placeAndComplete(const QString &number)
{
    const QUuid id = place(number);
    for (const EventType type : {EventType::OrderPaid, EventType::OrderAccepted,
                                 EventType::OrderReady, EventType::OrderCompleted})
        add(id, type);
    return id;
}

void BatchMaker::fold(const OrderEvent &event)
{
    applyEvent(m_orders[event.orderId], event);
    if (std::find(m_touched.begin(), m_touched.end(), event.orderId) == m_touched.end())
        m_touched.push_back(event.orderId);
}

hub::LogBatch BatchMaker::take()
{
    for (hub::LoggedEvent &logged : m_batch.events) {
        m_head.chain = nextChain(m_head.chain, canonicalBytes(logged.event));
        m_head.pos = logged.event.pos;
        logged.chain = m_head.chain;
        m_all.push_back(logged);
    }
    for (const QUuid &id : m_touched)
        m_batch.orders.push_back(m_orders.value(id));
    m_touched.clear();
    return std::exchange(m_batch, {});
}

LogFixture::LogFixture() = default;

QString LogFixture::path() const
{
    return dir.filePath(hub::logFileName);
}

Result<std::unique_ptr<hub::SqliteEventLog>> LogFixture::tryOpen(hub::OpenOptions options)
{
    if (options.restaurantId.isEmpty())
        options.restaurantId = QStringLiteral("bistro");
    return hub::SqliteEventLog::open(path(), options, clock, random);
}

void LogFixture::open(hub::OpenOptions options)
{
    Result<std::unique_ptr<hub::SqliteEventLog>> opened = tryOpen(std::move(options));
    if (!opened)
        qFatal("the log did not open: %s", qUtf8Printable(opened.error().detail));
    log = std::move(*opened);
    if (maker.all().empty())
        maker.start(log->head());
}

namespace {

QByteArray run(const QString &path, const QByteArray &sql, QString &error)
{
    sqlite3 *db = nullptr;
    QByteArray value;
    sqlite3_open_v2(QFile::encodeName(path).constData(), &db, SQLITE_OPEN_READWRITE, nullptr);
    sqlite3_busy_timeout(db, 5000);
    // A checkpoint of our own on close could meet the hub's.
    sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    const auto first = [](void *into, int, char **columns, char **) {
        auto *text = static_cast<QByteArray *>(into);
        if (text->isEmpty())
            *text = QByteArray(columns[0]);
        return 0;
    };
    if (sqlite3_exec(db, sql.constData(), first, &value, nullptr) != SQLITE_OK)
        error = QString::fromUtf8(sqlite3_errmsg(db));
    sqlite3_close_v2(db);
    return value;
}

} // namespace

QString rawSql(const QString &path, const QByteArray &sql)
{
    QString error;
    run(path, sql, error);
    return error;
}

QByteArray rawValue(const QString &path, const QByteArray &sql)
{
    QString error;
    const QByteArray value = run(path, sql, error);
    return error.isEmpty() ? value : "error: " + error.toUtf8();
}

bool copyLog(const QString &from, const QString &to)
{
    for (const char *suffix : {"", "-wal", ".lock"}) {
        const QString end = QString::fromLatin1(suffix);
        QFile::remove(to + end);
        if (QFile::exists(from + end) && !QFile::copy(from + end, to + end))
            return false;
    }
    return true;
}

QString problemsOf(const hub::VerifyReport &report)
{
    QStringList lines;
    for (const hub::VerifyProblem &problem : report.problems)
        lines += QStringLiteral("%1: %2").arg(problem.pos).arg(problem.what);
    return lines.join("; ");
}

bool hasProblem(const hub::VerifyReport &report, qint64 pos, const QString &what)
{
    return std::any_of(
        report.problems.begin(), report.problems.end(),
        [&](const hub::VerifyProblem &p) { return p.pos == pos && p.what.contains(what); });
}

} // namespace cf::test
