// SPDX-License-Identifier: Apache-2.0
#include "tests/hub/app/pipeline_fixture.h"

#include "hub/app/storage.h"

#include <QTest>

namespace cf::test {

using namespace cf::hub;

PipelineFixture::PipelineFixture()
{
    open();
}

PipelineFixture::~PipelineFixture()
{
    stop();
}

void PipelineFixture::open()
{
    Result<Storage> storage =
        openStorage(m_dir.path(), QStringLiteral("test"), 2, m_clock, m_random);
    if (!storage)
        qFatal("cannot open the log: %s", qPrintable(storage.error().detail));
    PipelineParts parts;
    parts.log = std::make_unique<GatedLog>(std::move(storage->log), m_control);
    parts.readers = std::move(storage->readers);
    parts.clock = &m_clock;
    parts.random = &m_random;
    parts.logWriter = &m_logWriter;
    parts.post = [this](std::function<void()> work) {
        QMetaObject::invokeMethod(&m_netThread, std::move(work), Qt::QueuedConnection);
    };
    parts.logBytes = [path = storage->path] { return storedBytes(path); };
    m_pipeline = std::make_unique<Pipeline>(std::move(parts));
    if (const Status started = m_pipeline->start(); !started)
        qFatal("cannot start: %s", qPrintable(started.error().detail));
}

void PipelineFixture::beginStop(std::function<void()> onDrained)
{
    m_stopping = true;
    m_pipeline->stop([this, onDrained = std::move(onDrained)] {
        onDrained();
        m_drained = true;
    });
}

void PipelineFixture::stop()
{
    if (!m_pipeline)
        return;
    m_control.open();
    if (!m_stopping)
        beginStop([] {});
    if (!QTest::qWaitFor([this] { return m_drained; }, 30'000))
        qFatal("the pipeline was not drained");
    m_pipeline.reset();
    m_stopping = m_drained = false;
}

void PipelineFixture::restart()
{
    stop();
    open();
}

std::vector<OrderEvent> PipelineFixture::storedEvents() const
{
    SystemRandom random;
    std::vector<OrderEvent> events;
    Result<Storage> storage = openStorage(m_dir.path(), QString(), 1, m_clock, random);
    if (!storage)
        qFatal("cannot read the log: %s", qPrintable(storage.error().detail));
    auto logged =
        storage->readers.front()->events(0, storage->log->head().pos, 1'000'000, qint64(1) << 40);
    if (!logged)
        qFatal("cannot read the log: %s", qPrintable(logged.error().detail));
    for (LoggedEvent &event : *logged)
        events.push_back(std::move(event.event));
    return events;
}

Request placeOrder(const QString &name)
{
    const QJsonObject item{{QStringLiteral("name"), name}, {QStringLiteral("quantity"), 1}};
    const QJsonObject body{{QStringLiteral("items"), QJsonArray{item}}};
    PlaceOrder place;
    place.request = parseOrderRequest(body).value();
    place.fingerprint = name.toUtf8();
    return {place, {ActorKind::Integration, QStringLiteral("test"), {}, {}}};
}

Request appendTo(const QUuid &orderId, EventType type)
{
    AppendEvent append;
    append.command.orderId = orderId;
    append.command.type = type;
    return {append, {ActorKind::Kitchen, QStringLiteral("test"), {}, {}}};
}

} // namespace cf::test
