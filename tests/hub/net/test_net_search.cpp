// SPDX-License-Identifier: Apache-2.0
#include "tests/hub/net/net_kit.h"
#include "tests/hub/net/wire.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>
#include <QUrl>

using namespace cf;
using namespace cf::test;

class TestNetSearch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_kit = std::make_unique<NetKit>(); }
    void cleanup() { m_kit.reset(); }

    void findsByWhatPeopleSay_data();
    void findsByWhatPeopleSay();
    void tellsAllOfAnOrder();
    void theNumberComesFirst();
    void pagesUntilTheEnd();
    void keepsToStatusSourceAndTime();
    void refusesWhatItCannotRead_data();
    void refusesWhatItCannotRead();
    void leavesTheBoardsAnswerAsItWas();
    void isBusyRatherThanWrong();
    void asksForAToken();

private:
    QByteArray get(const QByteArray &path) { return ask(m_kit->port(), getText(path)); }
    QJsonObject found(const QByteArray &query) { return jsonOf(get("/v1/orders?" + query)); }
    QStringList numbers(const QByteArray &query)
    {
        QStringList list;
        for (const QJsonValue &order : found(query)["orders"].toArray())
            list.append(order["number"].toString());
        return list;
    }
    QString place(const QString &number, const QString &name, const QString &dish,
                  const QString &source = QStringLiteral("till"),
                  const QString &externalId = QString())
    {
        QJsonObject source_{{"name", source}};
        if (!externalId.isEmpty())
            source_.insert("external_id", externalId);
        const QJsonObject body{
            {"number", number},
            {"source", source_},
            {"customer", QJsonObject{{"name", name}}},
            {"currency", "EUR"},
            {"items", QJsonArray{QJsonObject{{"name", dish}, {"quantity", 2}, {"unit_price", 950}},
                                 QJsonObject{{"name", "Bread"}, {"quantity", 1}}}},
            {"payment", QJsonObject{{"method", "card"}, {"amount", 2100}}}};
        const QByteArray answer =
            ask(m_kit->port(),
                postText("/v1/orders", QJsonDocument(body).toJson(QJsonDocument::Compact)));
        if (statusOf(answer) != 201)
            qFatal("not placed: %s", answer.constData());
        return jsonOf(answer)["order_id"].toString();
    }
    void move(const QString &id, const char *type, const QJsonObject &payload = {})
    {
        const QJsonObject body{{"type", type}, {"payload", payload}};
        const QByteArray answer =
            ask(m_kit->port(),
                postText("/v1/orders/" + id.toLatin1() + "/events", QJsonDocument(body).toJson()));
        QVERIFY2(statusOf(answer) == 201, answer.constData());
    }

    std::unique_ptr<NetKit> m_kit;
};

void TestNetSearch::findsByWhatPeopleSay_data()
{
    QTest::addColumn<QString>("asked");
    QTest::addColumn<QStringList>("numbers");
    const QStringList none;
    QTest::newRow("a number") << "47" << QStringList{"47"};
    QTest::newRow("as it is written") << "#47" << QStringList{"47"};
    QTest::newRow("the beginning of a name") << "luk" << QStringList{"47"};
    QTest::newRow("without its accents, in capitals") << "LUKASZ" << QStringList{"47"};
    QTest::newRow("within a name") << "wska" << QStringList{"12"};
    QTest::newRow("with accents that it has not") << "brëad" << QStringList{"8", "12", "47"};
    QTest::newRow("two characters of Chinese") << QStringLiteral("炒饭") << QStringList{"12"};
    QTest::newRow("one of them") << QStringLiteral("炒") << QStringList{"12"};
    QTest::newRow("of half the width") << QStringLiteral("ﾗｰﾒﾝ") << QStringList{"8"};
    QTest::newRow("Arabic without its vowels") << QStringLiteral("محمد") << QStringList{"8"};
    QTest::newRow("two words in any order") << "bread zofia" << QStringList{"12"};
    QTest::newRow("two words of which one is not there") << "bread zofia ramen" << none;
    QTest::newRow("the till's id") << "t-10" << QStringList{"12", "47"};
    QTest::newRow("no pattern of SQL") << "%" << none;
    QTest::newRow("nor another") << "_" << none;
    QTest::newRow("a quote") << "'; DROP TABLE orders; --" << none;
    QTest::newRow("white space is no question") << "  " << QStringList{"8", "12", "47"};
}

void TestNetSearch::findsByWhatPeopleSay()
{
    QFETCH(QString, asked);
    QFETCH(QStringList, numbers);
    place("47", QStringLiteral("Łukasz Żak"), QStringLiteral("Crème brûlée"), "till", "T-1047");
    place("12", QStringLiteral("Zofia Malinowska"), QStringLiteral("扬州炒饭"), "web", "T-1048");
    place("8", QStringLiteral("مُحَمَّد"), QStringLiteral("ラーメン"), "web", "W-9");
    QCOMPARE(this->numbers("q=" + QUrl::toPercentEncoding(asked)), numbers);
}

void TestNetSearch::tellsAllOfAnOrder()
{
    const QString id = place("47", "Ana", "Soup", "till", "T-1");
    move(id, "order_cancelled", {{"reason", "left"}});
    const QJsonObject answer = found("q=" + id.toLatin1());
    QCOMPARE(answer["as_of"].toInt(), 3);
    QCOMPARE(answer["more"], QJsonValue(false));
    QVERIFY(answer["next"].isNull());
    QCOMPARE(answer["orders"].toArray().size(), 1);
    QJsonObject order = answer["orders"].toArray().at(0).toObject();
    QVERIFY(parseTimestamp(order.take("placed_at").toString()));
    QVERIFY(parseTimestamp(order.take("closed_at").toString()));
    const QJsonObject expected{
        {"order_id", id},          {"number", "47"},        {"name", "Ana"},
        {"source", "till"},        {"external_id", "T-1"},  {"service_type", QJsonValue()},
        {"table", QJsonValue()},   {"status", "cancelled"}, {"currency", "EUR"},
        {"total", 2100},           {"items_count", 3},      {"recalls", 0},
        {"cancel_reason", "left"}, {"opened_pos", 1}};
    QCOMPARE(order, expected);
}

void TestNetSearch::theNumberComesFirst()
{
    place("47", "Ana", "Soup");
    place("147", "Ben", "Soup");
    place("1", "Room 47", "Soup");
    place("470", "Cleo", "Soup");
    QCOMPARE(numbers("q=47"), (QStringList{"47", "470", "1", "147"}));
}

void TestNetSearch::pagesUntilTheEnd()
{
    for (int i = 0; i < 4; ++i)
        place("7", "Ana", QStringLiteral("Soup"));
    for (int i = 0; i < 5; ++i)
        place(QString::number(71 + i), "Ben", "Soup");
    for (const QByteArray query : {"q=7", "status=open", "q=soup"}) {
        QSet<QString> seen;
        QByteArray before;
        int pages = 0;
        for (; pages < 10; ++pages) {
            const QJsonObject answer = found(query + "&limit=2" + before);
            for (const QJsonValue &order : answer["orders"].toArray())
                seen.insert(order["order_id"].toString());
            QCOMPARE(answer["more"].toBool(), !answer["next"].isNull());
            if (!answer["more"].toBool())
                break;
            QCOMPARE(answer["orders"].toArray().size(), 2);
            before = "&before=" + answer["next"].toString().toLatin1();
        }
        QVERIFY2(seen.size() == 9 && pages == 4,
                 qPrintable(QStringLiteral("%1: 9 orders on 5 pages expected, found %2 on %3")
                                .arg(QString::fromLatin1(query))
                                .arg(seen.size())
                                .arg(pages + 1)));
    }
}

void TestNetSearch::keepsToStatusSourceAndTime()
{
    const QString old = place("1", "Ana", "Soup", "till");
    move(old, "order_cancelled");
    const QByteArray then = formatTimestamp(SystemClock().now() + std::chrono::hours(1));
    m_kit->advance(std::chrono::hours(2));
    const QString young = place("2", "Ben", "Soup", QStringLiteral("Web Shop"));
    move(young, "order_accepted");
    place("3", "Cleo", "Soup", "till");
    QCOMPARE(numbers("status=open"), (QStringList{"3", "2"}));
    QCOMPARE(numbers("status=closed"), QStringList{"1"});
    QCOMPARE(numbers("status=cancelled"), QStringList{"1"});
    QCOMPARE(numbers("status=accepted,cancelled"), (QStringList{"2", "1"}));
    QCOMPARE(numbers("source=web%20shop"), QStringList{"2"});
    QCOMPARE(numbers("q=soup&source=till&status=paid"), QStringList{"3"});
    QCOMPARE(numbers("from=" + then), (QStringList{"3", "2"}));
    QCOMPARE(numbers("to=" + then), QStringList{"1"});
    QCOMPARE(numbers("from=2001-01-01&to=2001-01-02"), QStringList());
    QCOMPARE(numbers("q=soup&to=" + then), QStringList{"1"});
}

void TestNetSearch::refusesWhatItCannotRead_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<QString>("pointer");
    QTest::newRow("too long") << QByteArray("q=" + QByteArray(101, 'a')) << "/q";
    QTest::newRow("no status") << QByteArray("status=eaten") << "/status";
    QTest::newRow("no day") << QByteArray("from=yesterday") << "/from";
    QTest::newRow("no day either") << QByteArray("to=2026-02-30") << "/to";
    QTest::newRow("no number") << QByteArray("limit=many") << "/limit";
    QTest::newRow("none") << QByteArray("limit=0") << "/limit";
    QTest::newRow("too many") << QByteArray("limit=201") << "/limit";
    QTest::newRow("no place") << QByteArray("before=x") << "/before";
    QTest::newRow("nor this") << QByteArray("before=n") << "/before";
}

void TestNetSearch::refusesWhatItCannotRead()
{
    QFETCH(QByteArray, query);
    QFETCH(QString, pointer);
    const QByteArray answer = get("/v1/orders?" + query);
    QCOMPARE(statusOf(answer), 422);
    QCOMPARE(jsonOf(answer)["code"].toString(), QStringLiteral("validation_failed"));
    QCOMPARE(jsonOf(answer)["errors"][0]["pointer"].toString(), pointer);
}

void TestNetSearch::leavesTheBoardsAnswerAsItWas()
{
    place("1", "Ana", "Soup");
    QCOMPARE(found("open=1")["count"].toInt(), 1);
    QVERIFY(found("open=1").contains("digest"));
    QVERIFY(jsonOf(get("/v1/orders")).contains("recent"));
}

void TestNetSearch::isBusyRatherThanWrong()
{
    m_kit->setFull(true);
    QCOMPARE(statusOf(get("/v1/orders?q=1")), 503);
}

void TestNetSearch::asksForAToken()
{
    NetKit guarded(NetKit::guarded());
    QCOMPARE(statusOf(ask(guarded.port(), getText("/v1/orders?q=1"))), 401);
    for (const QByteArray role : {"kitchen", "manager", "integration"}) {
        const QByteArray token = "Authorization: Bearer " + role + "-token\r\n";
        QCOMPARE(statusOf(ask(guarded.port(), getText("/v1/orders?q=1", token))), 200);
    }
}

QTEST_GUILESS_MAIN(TestNetSearch)
#include "test_net_search.moc"
