// SPDX-License-Identifier: Apache-2.0
#include "hub/net/embedded_files.h"
#include "hub/net/guest_words.h"
#include "hub/net/theme.h"
#include "tests/hub/net/net_kit.h"
#include "tests/hub/net/wire.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QTest>
#include <QTimeZone>

#include <cmath>

using namespace cf;
using namespace cf::hub;
using namespace cf::test;

namespace {

const QByteArray manager = "Authorization: Bearer manager-token\r\n";

// WCAG's contrast of two `#rrggbb`.
double contrast(const QString &a, const QString &b)
{
    const auto luminance = [](const QString &colour) {
        const double weights[] = {0.2126, 0.7152, 0.0722};
        double sum = 0;
        for (int i = 0; i < 3; ++i) {
            const double share = colour.mid(1 + 2 * i, 2).toInt(nullptr, 16) / 255.0;
            const double linear =
                share <= 0.04045 ? share / 12.92 : std::pow((share + 0.055) / 1.055, 2.4);
            sum += weights[i] * linear;
        }
        return sum + 0.05;
    };
    return std::max(luminance(a), luminance(b)) / std::min(luminance(a), luminance(b));
}

// The values of a variable, in the order of the style sheet: light, then dark.
QStringList variable(const QByteArray &css, const QString &name)
{
    QStringList values;
    const QRegularExpression pattern("--" + name + ":(#[0-9a-f]{6})");
    auto matches = pattern.globalMatch(QString::fromLatin1(css));
    while (matches.hasNext())
        values.append(matches.next().captured(1));
    return values;
}

} // namespace

class TestNetGuest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_kit = std::make_unique<NetKit>(NetKit::guarded()); }
    void cleanup() { m_kit.reset(); }

    void everyWordIsThereInEveryLanguage();
    void everyPlaceOfAPageHasItsWord();
    void speaksTheLanguageThatWasAskedFor_data();
    void speaksTheLanguageThatWasAskedFor();
    void anyColourCanBeRead_data();
    void anyColourCanBeRead();
    void aPageIsTheRestaurants();
    void timesAreTheRestaurants();
    void theThemeFollowsItsDocument();

private:
    QByteArray get(const QByteArray &path, const QByteArray &headers = {})
    {
        return ask(m_kit->port(), getText(path, headers));
    }
    QByteArray place(QJsonObject body, const QByteArray &serviceType = "takeaway")
    {
        if (!serviceType.isEmpty())
            body.insert("service_type", QString::fromLatin1(serviceType));
        m_placed = jsonOf(
            ask(m_kit->port(), postText("/v1/orders", QJsonDocument(body).toJson(), manager)));
        return m_placed.value("order_id").toString().toUtf8();
    }
    QByteArray put(const QByteArray &document, const QJsonObject &settings)
    {
        const QJsonObject now = jsonOf(get("/v1/settings/" + document, manager));
        QByteArray request = postText(
            "/v1/settings/" + document,
            QJsonDocument(QJsonObject{{"rev", now.value("rev")}, {"settings", settings}}).toJson(),
            manager);
        return ask(m_kit->port(), request.replace(0, 4, "PUT"));
    }

    std::unique_ptr<NetKit> m_kit;
    QJsonObject m_placed;
};

void TestNetGuest::everyWordIsThereInEveryLanguage()
{
    const QByteArrayList languages = GuestWords::languages();
    QCOMPARE(languages, (QByteArrayList{"ar", "en", "es", "zh"}));
    const GuestWords &english = GuestWords::in("en");
    QVERIFY(english.all().size() > 50);
    const QRegularExpression place("\\{\\w+\\}");
    for (const QByteArray &language : languages) {
        const GuestWords &words = GuestWords::in(language);
        QVERIFY2(words.all().size() == english.all().size(), language.constData());
        for (const auto &[name, text] : english.all()) {
            const QString other = words.text(name);
            QVERIFY2(!other.trimmed().isEmpty(), (language + ": " + name).constData());
            // What is filled in is filled in in every language.
            auto it = place.globalMatch(text);
            while (it.hasNext())
                QVERIFY2(other.contains(it.next().captured()),
                         (language + ": " + name).constData());
            QVERIFY2(language == "en" || name == "dir" || other != text,
                     (language + ": " + name + " is not translated").constData());
        }
    }
    QCOMPARE(GuestWords::in("xx").text("language"), QStringLiteral("English"));
    QCOMPARE(statusOf(get("/web/guest_words.json")), 404);
}

void TestNetGuest::everyPlaceOfAPageHasItsWord()
{
    const QRegularExpression place("\\{\\{t\\.(\\w+)\\}\\}");
    int places = 0;
    for (const QByteArrayView page : {"tracker.html", "not_found.html", "pickup.html"}) {
        const QByteArrayView html = embeddedFile(page);
        QVERIFY2(!html.isEmpty(), page.data());
        auto it = place.globalMatch(QString::fromUtf8(html));
        for (; it.hasNext(); ++places) {
            const QByteArray name = it.next().captured(1).toLatin1();
            QVERIFY2(!GuestWords::in("en").text(name).isEmpty(), name.constData());
        }
    }
    QVERIFY(places > 50);
}

void TestNetGuest::speaksTheLanguageThatWasAskedFor_data()
{
    QTest::addColumn<QByteArray>("lang");
    QTest::addColumn<QByteArray>("accept");
    QTest::addColumn<QByteArray>("spoken");
    const QByteArray none;
    QTest::newRow("the address says so")
        << QByteArray("es") << QByteArray("zh") << QByteArray("es");
    QTest::newRow("one it does not speak")
        << QByteArray("fr") << QByteArray("zh") << QByteArray("zh");
    QTest::newRow("a region") << none << QByteArray("zh-Hant-TW, en") << QByteArray("zh");
    QTest::newRow("by weight") << none << QByteArray("es;q=0.5, zh;q=0.9, fr") << QByteArray("zh");
    QTest::newRow("first of equals") << none << QByteArray("es,zh") << QByteArray("es");
    QTest::newRow("refused") << none << QByteArray("es;q=0, de") << QByteArray("en");
    QTest::newRow("any") << none << QByteArray("*") << QByteArray("en");
    QTest::newRow("nonsense") << none << QByteArray(",;q=,;;=q-\x01") << QByteArray("en");
    QTest::newRow("nothing") << none << none << QByteArray("en");
    QTest::newRow("not spoken here") << QByteArray("ar") << QByteArray("ar") << QByteArray("en");
}

void TestNetGuest::speaksTheLanguageThatWasAskedFor()
{
    QFETCH(QByteArray, lang);
    QFETCH(QByteArray, accept);
    QFETCH(QByteArray, spoken);
    QCOMPARE(languageFor(lang, accept, {"en", "es", "zh"}, "en"), spoken);
}

void TestNetGuest::anyColourCanBeRead_data()
{
    QTest::addColumn<QString>("accent");
    for (const char *colour : {"#b83a12", "#000000", "#ffffff", "#ffe000", "#777777", "#00ff00",
                               "#0000ff", "#ff00ff", "#0b5fa5", "#808000", "#ABCDEF"})
        QTest::newRow(colour) << QString::fromLatin1(colour);
}

void TestNetGuest::anyColourCanBeRead()
{
    QFETCH(QString, accent);
    const QByteArray css = themeCss(accent);
    const QStringList accents = variable(css, "accent");
    QCOMPARE(accents.size(), 2);
    QCOMPARE(variable(css, "brand"), (QStringList{accent.toLower(), accent.toLower()}));
    // The papers of tracker.css.
    for (const char *paper : {"#ffffff", "#f6f2ec"})
        QVERIFY2(contrast(accents[0], paper) >= 4.5, css.constData());
    for (const char *paper : {"#201b18", "#14110f"})
        QVERIFY2(contrast(accents[1], paper) >= 4.5, css.constData());
    for (int i = 0; i < 2; ++i) {
        QVERIFY(contrast(accents[i], variable(css, "on-accent")[i]) >= 4.5);
        QVERIFY(contrast(accent, variable(css, "on-brand")[i]) >= 4.5);
    }
    for (const char *bad : {"", "red", "#12345", "#12345g", "#1234567", "}body{"})
        QCOMPARE(themeCss(bad), themeCss("#b83a12"));
}

void TestNetGuest::aPageIsTheRestaurants()
{
    place(orderBody("47"));
    const QByteArray path = m_placed.value("tracker_url").toString().toUtf8();
    const QByteArray page = path.mid(path.indexOf("/t/"));
    QVERIFY2(!bodyOf(get(page)).contains("class=\"place\""), "nothing said, nothing shown");
    QCOMPARE(statusOf(put("restaurant", {{"name", "Bar <Sol> & 'Mar'"},
                                         {"welcome", "¡Hola!"},
                                         {"language", "es"},
                                         {"languages", QJsonArray{"es", "ar"}}})),
             200);
    const QByteArray spanish = bodyOf(get(page, "Accept-Language: en\r\n"));
    QVERIFY(spanish.contains("Bar &lt;Sol&gt; &amp; &#39;Mar&#39;</p>"));
    QVERIFY(spanish.contains("¡Hola!</p>"));
    QVERIFY(spanish.contains("<html lang=\"es\" dir=\"ltr\">") && spanish.contains("Tu pedido"));
    QVERIFY(spanish.contains("<a href=\"?lang=ar\" lang=\"ar\" hreflang=\"ar\">العربية</a>"));
    QVERIFY(!spanish.contains("hreflang=\"zh\""));
    const QByteArray arabic = bodyOf(get(page + "?lang=ar"));
    QVERIFY(arabic.contains("<html lang=\"ar\" dir=\"rtl\">"));
    const QByteArray none = get("/t/" + QByteArray(32, '0'), "Accept-Language: ar\r\n");
    QCOMPARE(statusOf(none), 404);
    QVERIFY(bodyOf(none).contains("dir=\"rtl\""));
    put("restaurant", {{"language", "zh"}, {"languages", QJsonArray{"zh"}}});
    QVERIFY2(!bodyOf(get(page)).contains("class=\"languages\""), "nothing to choose");
    QVERIFY(bodyOf(get("/pickup", "Accept-Language: es\r\n")).contains("<html lang=\"zh\""));
}

void TestNetGuest::timesAreTheRestaurants()
{
    place(orderBody("47"));
    const QByteArray path = "/t/" + m_placed.value("tracker_token").toString().toUtf8();
    const auto received = [&] {
        const QRegularExpression pattern(
            "class=\"s-received\".*?<time datetime=\"([^\"]+)\">(\\d\\d:\\d\\d)</time>");
        const auto match = pattern.match(QString::fromUtf8(bodyOf(get(path))));
        const QDateTime utc = QDateTime::fromString(match.captured(1), Qt::ISODateWithMs);
        return qMakePair(utc, match.captured(2));
    };
    for (const char *zone : {"Asia/Shanghai", "America/New_York", "Asia/Kathmandu"}) {
        put("restaurant", {{"time_zone", zone}});
        const auto [utc, shown] = received();
        QVERIFY(utc.isValid());
        QCOMPARE(shown, utc.toTimeZone(QTimeZone(zone)).toString("HH:mm"));
    }
}

void TestNetGuest::theThemeFollowsItsDocument()
{
    const QByteArray first = get("/web/theme.css");
    QCOMPARE(headerOf(first, "content-type"), "text/css; charset=utf-8");
    QVERIFY(bodyOf(first).contains("--brand:#b83a12"));
    const QByteArray tag = headerOf(first, "etag");
    QCOMPARE(statusOf(get("/web/theme.css", "If-None-Match: " + tag + "\r\n")), 304);
    put("restaurant", {{"accent", "#0B5FA5"}});
    const QByteArray next = get("/web/theme.css", "If-None-Match: " + tag + "\r\n");
    QCOMPARE(statusOf(next), 200);
    QVERIFY(bodyOf(next).contains("--brand:#0b5fa5"));
}

QTEST_GUILESS_MAIN(TestNetGuest)
#include "test_net_guest.moc"
