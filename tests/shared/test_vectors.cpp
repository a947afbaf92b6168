// SPDX-License-Identifier: Apache-2.0
// The published vectors, which a reference in another language computed, hold for this code.
#include "shared/base/ids.h"
#include "shared/order/board.h"
#include "shared/protocol/canonical_json.h"
#include "shared/protocol/chain.h"
#include "shared/protocol/cursor.h"
#include "shared/protocol/json_codec.h"

#include <QFile>
#include <QJsonArray>
#include <QTest>

using namespace cf;

class TestVectors : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QFile file(QStringLiteral(CF_VECTORS));
        QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(file.errorString()));
        const auto json = parseJsonObject(file.readAll());
        QVERIFY2(json, json ? "" : qPrintable(json.error().detail));
        m_vectors = *json;
    }

    void canonicalBytesAndChain()
    {
        ChainHash chain{};
        const QJsonArray events = m_vectors.value(QStringLiteral("events")).toArray();
        QVERIFY(events.size() >= 6);
        for (const QJsonValue &entry : events) {
            const QJsonObject vector = entry.toObject();
            const auto event = eventFromJson(vector.value(QStringLiteral("event")).toObject());
            QVERIFY2(event, event ? "" : qPrintable(event.error().detail));
            const QByteArray canonical = canonicalBytes(*event);
            QCOMPARE(QString::fromUtf8(canonical),
                     vector.value(QStringLiteral("canonical")).toString());
            chain = nextChain(chain, canonical);
            QCOMPARE(QString::fromLatin1(
                         QByteArray(reinterpret_cast<const char *>(chain.data()), 32).toHex()),
                     vector.value(QStringLiteral("chain")).toString());
            const Cursor cursor{QByteArray(32, '0'), event->pos, chainPrefix(chain)};
            QCOMPARE(QString::fromLatin1(cursor.text()),
                     vector.value(QStringLiteral("cursor")).toString());
        }
    }

    void digests()
    {
        const QJsonArray digests = m_vectors.value(QStringLiteral("digests")).toArray();
        QVERIFY(digests.size() >= 4);
        for (const QJsonValue &entry : digests) {
            quint64 digest = 0;
            for (const QJsonValue &order : entry[QStringLiteral("orders")].toArray()) {
                digest += digestTerm(*parseUuid(order[QStringLiteral("order_id")].toString()),
                                     order[QStringLiteral("seq")].toInt());
            }
            QCOMPARE(QString::fromLatin1(digestText(digest)),
                     entry[QStringLiteral("digest")].toString());
        }
    }

private:
    QJsonObject m_vectors;
};

QTEST_GUILESS_MAIN(TestVectors)
#include "test_vectors.moc"
