// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/guest.h"

#include "shared/base/limits.h"
#include "shared/protocol/json_codec.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace cf::sim {

using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr auto silenceMax = 40'000ms; // two heartbeats and some
constexpr auto retry = 1'000ms;
constexpr int failuresBeforePolling = 4;

QByteArray field(const QByteArray &text, const QByteArray &name)
{
    for (const QByteArray &line : text.split('\n')) {
        if (line.startsWith(name + ": "))
            return line.mid(name.size() + 2);
    }
    return {};
}

// A view without what no log decides: the estimate.
QJsonObject comparable(const QByteArray &json)
{
    QJsonObject view = QJsonDocument::fromJson(json).object();
    for (const auto name : {"eta"_L1, "eta_from"_L1, "eta_to"_L1, "overdue"_L1})
        view.remove(name);
    return view;
}

} // namespace

Guest::Guest(Agenda &agenda, Auditor &auditor, Dialer &dialer, const TillOrder &order, Dice dice)
    : m_agenda(agenda), m_auditor(auditor), m_dialer(dialer), m_order(order),
      m_name(QStringLiteral("guest of ") + order.externalId), m_dice(dice), m_turns(agenda)
{
}

Guest::~Guest()
{
    if (m_wire)
        m_wire->abort(End::Client);
}

void Guest::open()
{
    connect();
}

void Guest::connect()
{
    hub::HttpRequest request = getRequest("/v1/track/" + m_order.trackerToken + "/stream");
    request.headers.push_back({"accept", "text/event-stream"});
    if (!m_lastId.isEmpty())
        request.headers.push_back({"last-event-id", m_lastId});
    m_wire = m_dialer.dial(m_link, this, std::move(request));
    watchSilence();
}

void Guest::watchSilence()
{
    if (m_silence)
        m_turns.cancel(*m_silence);
    m_silence = m_turns.after(silenceMax, [this] {
        m_silence.reset();
        reconnect();
    });
}

void Guest::reconnect()
{
    if (m_wire)
        m_wire->abort(End::Client);
    m_wire.reset();
    if (m_silence)
        m_turns.cancel(*std::exchange(m_silence, std::nullopt));
    ++m_failures;
    m_turns.after(m_dice.between(retry, 2 * retry), [this] {
        if (m_failures % failuresBeforePolling == 0)
            poll();
        else
            connect();
    });
}

void Guest::poll()
{
    hub::HttpRequest request =
        getRequest("/v1/track/" + m_order.trackerToken + "/events", "wait=5&since=" + m_lastId);
    m_polling = std::make_unique<HttpCall>(
        m_dialer, m_link, m_agenda, std::move(request), 12'000ms,
        [this](const hub::HttpResponse *response) { onPolled(response); });
}

void Guest::onPolled(const hub::HttpResponse *response)
{
    const auto finished = std::move(m_polling);
    if (response && response->status == 200) {
        const QJsonObject body = QJsonDocument::fromJson(response->body).object();
        const QByteArray cursor = body.value("cursor"_L1).toString().toLatin1();
        const QByteArray epoch = cursor.left(cursor.indexOf('.'));
        for (const QJsonValue &view : body.value("events"_L1).toArray()) {
            const QByteArray seq = QByteArray::number(view.toObject().value("seq"_L1).toInt());
            onView(epoch + '.' + seq, QJsonDocument(view.toObject()).toJson(), false);
        }
        m_lastId = cursor;
    }
    connect();
}

void Guest::onMessage(const Message &message)
{
    if (message.response) {
        if (message.response->status == 404) {
            m_auditor.expect(m_auditor.lostEvents() > 0,
                             QStringLiteral("%1: its order is not known").arg(m_name));
            m_isGone = true;
            m_wire->abort(End::Client);
            m_wire.reset();
            m_turns.forget();
        } else if (message.response->status != 200) {
            reconnect();
        }
        return;
    }
    watchSilence();
    const QByteArray name = field(message.bytes, "event");
    if (!name.isEmpty())
        onEvent(name, field(message.bytes, "id"), field(message.bytes, "data"));
}

void Guest::onClosed()
{
    reconnect();
}

void Guest::onEvent(const QByteArray &name, const QByteArray &id, const QByteArray &data)
{
    if (name == "hb")
        return;
    m_failures = 0;
    onView(id, data, name == "snapshot");
    m_lastId = id;
}

void Guest::onView(const QByteArray &id, const QByteArray &data, bool isSnapshot)
{
    const QByteArray epoch = id.left(id.indexOf('.'));
    const int seq = id.mid(id.indexOf('.') + 1).toInt();
    const bool isNewEpoch = epoch != m_epoch;
    // Each in its turn; who is further behind than the hub keeps for him is shown the newest.
    const bool isNext = seq == m_seq + 1 || seq > m_seq + limits::trackerQueueMax;
    m_auditor.expect(
        isNewEpoch || isSnapshot || isNext || m_auditor.lostEvents() > 0,
        QStringLiteral("%1 was shown seq %2 after %3").arg(m_name).arg(seq).arg(m_seq));
    ++m_views;
    m_epoch = epoch;
    m_seq = seq;
    const auto events = m_auditor.orders().find(m_order.orderId);
    if (epoch != m_auditor.epoch() || events == m_auditor.orders().end())
        return; // of a log that is gone by now
    const auto known = static_cast<qsizetype>(events->second.size());
    m_auditor.expect(seq >= 1 && (seq <= known || m_auditor.lostEvents() > 0),
                     QStringLiteral("%1 was shown seq %2 of %3").arg(m_name).arg(seq).arg(known));
    if (seq < 1 || seq > known)
        return;
    const std::optional<OrderState> folded =
        foldOrder({events->second.begin(), events->second.begin() + seq});
    m_auditor.expect(folded
                         && (comparable(encodeTrackerView(*folded, {})) == comparable(data)
                             || m_auditor.lostEvents() > 0),
                     QStringLiteral("%1 was not shown its own order at seq %2: %3")
                         .arg(m_name)
                         .arg(seq)
                         .arg(QString::fromUtf8(data)));
}

QString Guest::notHealed() const
{
    const auto events = m_auditor.orders().find(m_order.orderId);
    if (m_isGone || events == m_auditor.orders().end())
        return {};
    const auto known = static_cast<int>(events->second.size());
    if (m_seq == known && m_epoch == m_auditor.epoch())
        return {};
    return QStringLiteral("%1 was shown seq %2, its order has %3")
        .arg(m_name)
        .arg(m_seq)
        .arg(known);
}

} // namespace cf::sim
